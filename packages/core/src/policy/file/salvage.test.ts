import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import { salvagePatterns } from "./salvage.ts";

const named = (text: string): readonly string[] | undefined => salvagePatterns(encodeText(text));

describe("the branches that a policy file names as protected", () => {
  it.each<[what: string, text: string, patterns: readonly string[] | undefined]>([
    ["a sound one", "version: 1\nprotect:\n  - branches: [main, 'release/**']\n", ["main", "release/**"]],
    ["one of another version", "version: 9\nprotect:\n  - branches: [main]\n    shards: 3\n", ["main"]],
    ["one whose values are of other types", "protect:\n  - branches: [main, 1, [a]]\n  - 3\n", ["main"]],
    ["one with a single entry", "protect: { branches: [main] }\n", ["main"]],
    ["one with an alias", "x: &a [main]\nprotect:\n  - branches: [trunk]\n  - branches: *a\n", ["trunk"]],
    ["JSON that ends early", '{"version": 1, "protect": [{"branches": ["main", "release/**"]}', ["main", "release/**"]],
    [
      "one with the marks of a conflict",
      "version: 1\nprotect:\n<<<<<<< ours\n  - branches: [main]\n=======\n  - branches:\n      - main\n      - 'stable/*'\n>>>>>>> theirs\n    mode: warn\ncosign: { count: 1 }\n",
      ["main", "main", "stable/*", "theirs"],
    ],
    [
      "a list over several lines",
      "protect:\n  - branches: [\n      main,\n      next\n    ]\n    x: [\n",
      ["main", "next"],
    ],
    ["one whose entries have none", "protect: [{ mode: warn }, 3, null, [main]]\n", undefined],
    ["one whose branches are one text", "protect: { branches: main }\n", ["main"]],
    ["one that has them elsewhere", "accept:\n  - branches: [main]\n", undefined],
    [
      "broken text, up to the next key",
      "protect:\n  - branches:\n      - main\n      - 'a/b'\n    mode: warn\n    - next\nx: [\n",
      ["main", "a/b"],
    ],
    [
      "broken text, up to the next part of the file",
      "protect:\n- branches:\n  - main\nrules\n  - docs\nbranches: [x]\n: [\n",
      ["main"],
    ],
    [
      "broken text, from each part that protects",
      'branches: [x]\nprotect: [{ branches: [a] }]\nmode: x\nprotect: [{ branches: [b|c, "d"] }]\n[\n',
      ["a", "b", "c", "d"],
    ],
    [
      "broken text without marks of a conflict, of lists or of arrows",
      "protect:\n<<<<<<< - branches: [- main, --, ===, >>>>, a-b, <x>]\n",
      ["main", "a-b", "<x>"],
    ],
    ["broken text, not before the word that names them", "protect: x branches y\n{ [\n", ["y"]],
    ["nothing of the kind", "version: 1\n", undefined],
    ["prose", "no policy\n", undefined],
    ["an empty file", "", undefined],
  ])("are found in %s", (_, text, patterns) => {
    expect(named(text)).toEqual(patterns);
  });

  it("are not looked for twice in a text of any shape", () => {
    for (const text of ["branches: ", "protect: branches ", "- ", "[", "protect\n", " \n", ":"]) {
      const hostile = text.repeat(Math.ceil(262_144 / text.length)).slice(0, 262_144);
      expect(() => named(`protect:\n<<<<<<<\n${hostile}`)).not.toThrow();
    }
  });
});
