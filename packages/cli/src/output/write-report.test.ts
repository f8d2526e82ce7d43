import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appendReport, writeReport } from "./write-report.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-report-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a report's file", () => {
  it("is made, and nothing is left beside it", async () => {
    await writeReport(join(folder, "a"), "text\n", "/nowhere");
    expect(readdirSync(folder)).toEqual(["a"]);
    expect(readFileSync(join(folder, "a"), "utf8")).toBe("text\n");
  });

  it("takes the place of an older one as a new file, with its mode", async () => {
    const file = join(folder, "a");
    writeFileSync(file, "an older and longer report\n", { mode: 0o640 });
    const { ino } = statSync(file);
    await writeReport(file, "text\n", "/nowhere");
    expect(readFileSync(file, "utf8")).toBe("text\n");
    expect(statSync(file).ino).not.toBe(ino);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("behind a link is replaced, and the link stays", async () => {
    mkdirSync(join(folder, "b"));
    writeFileSync(join(folder, "b/c"), "older\n");
    symlinkSync("b/c", join(folder, "a"));
    await writeReport(join(folder, "a"), "text\n", "/nowhere");
    expect(lstatSync(join(folder, "a")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "b/c"), "utf8")).toBe("text\n");
  });

  it("that the work tree ships as a link takes the link's place, and what it led to stays", async () => {
    mkdirSync(join(folder, "tree"));
    writeFileSync(join(folder, "bashrc"), "# my shell\n");
    symlinkSync("../bashrc", join(folder, "tree/countersign.sarif"));
    await writeReport(join(folder, "tree/countersign.sarif"), "text\n", join(folder, "tree"));
    expect(readFileSync(join(folder, "bashrc"), "utf8")).toBe("# my shell\n");
    expect(lstatSync(join(folder, "tree/countersign.sarif")).isFile()).toBe(true);
    expect(readFileSync(join(folder, "tree/countersign.sarif"), "utf8")).toBe("text\n");
  });

  it.each([
    ["a folder outside", "..", /a link on the way to it leads out of the work tree$/],
    ["git's own folder", ".git", /a link on the way to it leads into git's folder$/],
  ])("is not written through a link of the work tree to %s", async (_, target, reason) => {
    const tree = join(folder, "tree");
    mkdirSync(join(tree, ".git"), { recursive: true });
    symlinkSync(target, join(tree, "reports"));
    await expect(writeReport(join(tree, "reports/config"), "text\n", tree)).rejects.toMatchObject({
      code: "OUTPUT_UNWRITABLE",
      message: expect.stringMatching(reason),
    });
    expect([readdirSync(folder), readdirSync(join(tree, ".git"))]).toEqual([["tree"], []]);
  });

  it("is written through a link of the work tree to another of its folders, and in a tree that is reached by a link", async () => {
    mkdirSync(join(folder, "tree/build"), { recursive: true });
    symlinkSync("build", join(folder, "tree/reports"));
    symlinkSync("tree", join(folder, "short"));
    await writeReport(join(folder, "short/reports/a"), "text\n", join(folder, "short"));
    expect(readFileSync(join(folder, "tree/build/a"), "utf8")).toBe("text\n");
  });

  it("can be a device, which stays one", async () => {
    await writeReport("/dev/null", "text\n", "/nowhere");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it.each<[what: string, name: string, reason: RegExp]>([
    ["in a folder that is not there", "none/a", /ENOENT: no such file or directory$/],
    ["a folder itself", ".", /EISDIR/],
    ["below a file", "file/a", /ENOTDIR/],
    ["of a name that is too long", "x".repeat(300), /ENAMETOOLONG/],
  ])("cannot be %s, and nothing changes", async (_, name, reason) => {
    writeFileSync(join(folder, "file"), "as it was\n");
    await expect(writeReport(join(folder, name), "text\n", "/nowhere")).rejects.toMatchObject({
      code: "OUTPUT_UNWRITABLE",
      message: expect.stringMatching(reason),
    });
    expect(readdirSync(folder)).toEqual(["file"]);
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("as it was\n");
  });
});

describe("a file that others add to", () => {
  it("keeps what is in it", async () => {
    const file = join(folder, "a");
    writeFileSync(file, "before\n");
    await appendReport(file, "text\n");
    expect(readFileSync(file, "utf8")).toBe("before\ntext\n");
  });

  it("that cannot be written is told", async () => {
    await expect(appendReport(join(folder, "none/a"), "x")).rejects.toMatchObject({ code: "OUTPUT_UNWRITABLE" });
  });
});
