import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceMessage } from "./message-file.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-message-"));
  file = join(folder, "COMMIT_EDITMSG");
  writeFileSync(file, "old\n", { mode: 0o640 });
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The id of a process that has ended: none can have it. */
const ENDED = 2 ** 22 + 1;

describe("replacing a message", () => {
  it("keeps its permissions, and leaves nothing beside it", () => {
    replaceMessage(file, Buffer.from("new\n"));
    expect(readFileSync(file, "utf8")).toBe("new\n");
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["COMMIT_EDITMSG"]);
  });

  it("goes through a link to the file that it names", () => {
    const link = join(folder, "link");
    symlinkSync("COMMIT_EDITMSG", link);
    replaceMessage(link, Buffer.from("new\n"));
    expect(readFileSync(file, "utf8")).toBe("new\n");
  });

  it.each([
    ["an ended process", ENDED],
    ["one that had our own id", process.pid],
  ])("removes the copy of %s", (_, pid) => {
    writeFileSync(`${file}.countersign-${pid}`, "torn");
    replaceMessage(file, Buffer.from("new\n"));
    expect(readFileSync(file, "utf8")).toBe("new\n");
    expect(readdirSync(folder)).toEqual(["COMMIT_EDITMSG"]);
  });

  it.each([
    ["the copy of a process that is at work", `COMMIT_EDITMSG.countersign-${process.ppid}`],
    ["the copy of another message", `MERGE_MSG.countersign-${ENDED}`],
    ["what is no copy", "COMMIT_EDITMSG.countersign-note"],
  ])("leaves %s alone", (_, name) => {
    writeFileSync(join(folder, name), "");
    replaceMessage(file, Buffer.from("new\n"));
    expect(readdirSync(folder)).toContain(name);
  });

  it("says why it could not", () => {
    rmSync(file);
    expect(() => replaceMessage(file, Buffer.from("new\n"))).toThrow(`${file} could not be replaced: ENOENT`);
  });
});
