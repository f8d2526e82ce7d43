import {
  chmodSync,
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
import { openContext } from "@countersign/git/internal";
import { afterEach, beforeEach, expect, it } from "vitest";
import { apply } from "./apply.ts";
import type { Workplace } from "./grounds.ts";
import type { Entry } from "./journal.ts";
import { Plan } from "./plan.ts";
import { undo } from "./undo.ts";

let place: Workplace;

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "countersign-apply-"));
  place = { root, commonDir: join(root, ".git"), context: openContext(root, {}) };
});
afterEach(() => rmSync(place.root, { recursive: true, force: true }));

const at = (path: string): string => join(place.root, path);
const paths = (): readonly string[] => readdirSync(place.root, { recursive: true, encoding: "utf8" }).sort();
const modeOf = (path: string): number => statSync(at(path)).mode & 0o777;

it("puts back what was done before the step that fails", async () => {
  writeFileSync(at("old"), "old\n");
  chmodSync(at("old"), 0o640);
  mkdirSync(at("a"));
  writeFileSync(at("a/gone"), "gone\n");
  const plan = new Plan(place);
  plan.edit("old", "", () => "new\n");
  plan.remove("a/gone", "");
  plan.create("made/deep/file", "", "made\n");
  plan.create("stuck", "", "x");
  // What came in the way since.
  mkdirSync(at("stuck/file"), { recursive: true });
  await expect(apply(place, plan.steps())).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
  expect(paths()).toEqual(["a", "a/gone", "old", "stuck", "stuck/file"]);
  expect([readFileSync(at("old"), "utf8"), modeOf("old")]).toEqual(["old\n", 0o640]);
});

it.each<[what: string, meanwhile: () => void, reason: RegExp]>([
  ["a file that was changed", () => writeFileSync(at("a"), "theirs\n"), /changed after the plan/],
  ["a file that was made", () => writeFileSync(at("b"), "theirs\n"), /changed after the plan/],
  ["a link", () => symlinkSync("a", at("b")), /symbolic link/],
])("does nothing where %s came in the way since the plan was made", async (_, meanwhile, reason) => {
  writeFileSync(at("a"), "ours\n");
  const plan = new Plan(place);
  plan.create("first", "", "x");
  plan.edit("a", "", (text) => `${text}more\n`);
  plan.create("b", "", "b");
  meanwhile();
  const before = paths().map((path) => readFileSync(at(path), "utf8"));
  await expect(apply(place, plan.steps())).rejects.toThrow(reason);
  expect(paths().map((path) => readFileSync(at(path), "utf8"))).toEqual(before);
});

it("puts back what was done where that does not do", async () => {
  const plan = new Plan(place);
  plan.create("made/file", "", "made\n");
  const prove = () => Promise.reject(new Error("no"));
  await expect(apply(place, plan.steps(), { prove })).rejects.toThrow("no");
  expect(paths()).toEqual([]);
});

it("removes the folders that a file leaves empty, and none that holds something else", async () => {
  mkdirSync(at("a/b/c"), { recursive: true });
  writeFileSync(at("a/b/c/file"), "");
  writeFileSync(at("a/other"), "");
  const plan = new Plan(place);
  plan.remove("a/b/c/file", "");
  await apply(place, plan.steps());
  expect(paths()).toEqual(["a", "a/other"]);
});

it("leaves no temporary file behind", async () => {
  const plan = new Plan(place);
  plan.create("a/file", "", "x");
  await apply(place, plan.steps());
  expect(paths()).toEqual(["a", "a/file"]);
});

it("notes what was done, so that all of it can be undone", async () => {
  writeFileSync(at("old"), "a\r\nb\r\n");
  writeFileSync(at("gone"), "gone\n");
  const plan = new Plan(place);
  plan.edit("old", "", (text) => text.replace("b", "c"), { executable: true });
  plan.edit("new/file", "", () => "new\n");
  plan.remove("gone", "");
  let noted: readonly Entry[] = [];
  await apply(place, plan.steps(), {
    note: (entries) => {
      noted = entries;
    },
  });
  expect(paths()).toEqual(["new", "new/file", "old"]);
  expect(modeOf("old") & 0o111).not.toBe(0);
  await undo(place, noted);
  expect(paths()).toEqual(["gone", "old"]);
  expect([readFileSync(at("old"), "utf8"), modeOf("old") & 0o111]).toEqual(["a\r\nb\r\n", 0]);
});
