import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readWorkTreeFile } from "./work-tree-file.ts";
import { writeFiles } from "./write-files.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "countersign-write-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const text = (path: string): string => readFileSync(join(root, path), "utf8");
const after = (contents: string) => ({ bytes: Buffer.from(contents), mode: 0o666 });
const paths = () => readdirSync(root, { recursive: true, encoding: "utf8" }).sort();

it("puts back what was written before the file that fails", () => {
  writeFileSync(join(root, "old"), "old\n");
  chmodSync(join(root, "old"), 0o640);
  writeFileSync(join(root, "gone"), "gone\n");
  mkdirSync(join(root, "stuck/file"), { recursive: true });
  const changes = [
    { ...readWorkTreeFile(root, "old"), after: after("new\n") },
    readWorkTreeFile(root, "gone"),
    { ...readWorkTreeFile(root, "made/deep/file"), after: after("made\n") },
    { path: "stuck", after: after("x") },
  ];
  expect(() => writeFiles(root, changes)).toThrow(expect.objectContaining({ code: "AGENT_FILE_UNUSABLE" }));
  expect(paths()).toEqual(["gone", "old", "stuck", "stuck/file"]);
  expect([text("old"), text("gone"), statSync(join(root, "old")).mode & 0o777]).toEqual(["old\n", "gone\n", 0o640]);
});

it("removes the folders that a file leaves empty, and none that holds something else", () => {
  mkdirSync(join(root, "a/b/c"), { recursive: true });
  writeFileSync(join(root, "a/b/c/file"), "");
  writeFileSync(join(root, "a/other"), "");
  writeFiles(root, [readWorkTreeFile(root, "a/b/c/file")]);
  expect(paths()).toEqual(["a", "a/other"]);
});

it("leaves no temporary file behind", () => {
  writeFiles(root, [{ path: "a/file", after: after("x") }]);
  expect(paths()).toEqual(["a", "a/file"]);
});
