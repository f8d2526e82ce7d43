import { expect, it } from "vitest";
import { addTomlTable, addToTomlList } from "./edit-toml.ts";

it.each<[what: string, before: string, after: string]>([
  ["an empty file", "", 'l = ["b"]\n'],
  ["a file with tables", "[t]\nl = [1]\n", 'l = ["b"]\n[t]\nl = [1]\n'],
  ["a list", 'x = 1\nl = ["a"] # keep\n', 'x = 1\nl = ["b", "a"] # keep\n'],
  ["an empty list", "l = []\n", 'l = ["b"]\n'],
  ["a list on lines", 'l = [\n  "a",\n]\n', 'l = ["b", \n  "a",\n]\n'],
])("adds text to the list of %s and leaves the rest", (_, before, after) => {
  expect(addToTomlList("x.toml", before, "l", ["b"])).toBe(after);
});

it.each([
  ["no TOML", "l = ["],
  ["a table where the list belongs", "[l]\nx = 1\n"],
])("leaves %s alone", (_, before) => {
  expect(() => addToTomlList("x.toml", before, "l", ["b"])).toThrow(/^x\.toml cannot be extended/);
});

it.each<[what: string, before: string, after: string]>([
  ["an empty file", "", '[[repos]]\nrepo = "local"\n'],
  ["a file", 'a = 1\n[[repos]]\nrepo = "x"', 'a = 1\n[[repos]]\nrepo = "x"\n\n[[repos]]\nrepo = "local"\n'],
])("adds a table to the end of %s", (_, before, after) => {
  expect(addTomlTable("x.toml", before, "repos", ['repo = "local"'])).toBe(after);
});

it("leaves a file alone whose list is written in one piece", () => {
  expect(() => addTomlTable("x.toml", "repos = []\n", "repos", ['repo = "local"'])).toThrow(/cannot be extended/);
});
