import { describe, expect, it } from "vitest";
import { addToYamlList } from "./edit-yaml.ts";

describe("addToYamlList", () => {
  it.each<[what: string, before: string, after: string]>([
    ["an empty file", "", "repos:\n  - b\n"],
    ["a file without the key", "# top\na: 1 # one\n", "# top\na: 1 # one\nrepos:\n  - b\n"],
    ["a file without a last line end", "a: 1", "a: 1\nrepos:\n  - b\n"],
    ["a key with nothing behind it", "repos:\nz: 1\n", "repos:\n  - b\nz: 1\n"],
    ["a list", "repos:\n  - a\nz: 1\n", "repos:\n  - a\n  - b\nz: 1\n"],
    ["a list that is not indented", "repos:\n- a # keep\nz: 1\n", "repos:\n- a # keep\n- b\nz: 1\n"],
    ["a list that is indented far", "repos:\n      - a\n", "repos:\n      - a\n      - b\n"],
    [
      "a list of maps",
      "repos:\n  - a: 1\n    c:\n      - d\n\n# end\n",
      "repos:\n  - a: 1\n    c:\n      - d\n  - b\n\n# end\n",
    ],
    [
      "a list that ends in a block of text",
      "repos:\n  - a: |\n      x\n      y\nz: 1\n",
      "repos:\n  - a: |\n      x\n      y\n  - b\nz: 1\n",
    ],
    ["a list at the end of the text", "repos:\n  - a", "repos:\n  - a\n  - b\n"],
    ["a list in brackets", "repos: [a] # keep\n", "repos: [a, b] # keep\n"],
    ["a list in brackets with a comma at the end", "repos: [a, ]\n", "repos: [a, b, ]\n"],
    ["a list in brackets on lines", "repos: [\n  a,\n  c\n]\n", "repos: [\n  a,\n  c, b\n]\n"],
    ["an empty list in brackets", "repos: [] # none yet\nz: 1\n", "repos:\n  - b # none yet\nz: 1\n"],
    ["other line ends", "repos:\r\n  - a\r\nz: 1\r\n", "repos:\r\n  - a\r\n  - b\r\nz: 1\r\n"],
  ])("adds to %s and leaves the rest", (_, before, after) => {
    expect(addToYamlList("x.yml", before, "repos", "b")).toBe(after);
  });

  it("adds a map as lines", () => {
    const item = { repo: "local", hooks: [{ id: "x", stages: ["push"] }] };
    expect(addToYamlList("x.yml", "repos:\n- repo: a\n", "repos", item)).toBe(
      "repos:\n- repo: a\n- repo: local\n  hooks:\n    - id: x\n      stages:\n        - push\n",
    );
  });

  it.each<[what: string, before: string, after: string]>([
    [
      "is there",
      "a:\n  - n: 1\n    k:\n      - x\n  - n: 2\n",
      "a:\n  - n: 1\n    k:\n      - x\n      - b: c\n  - n: 2\n",
    ],
    ["is begun", "a:\n  - n: 1 # one\n  - n: 2\n", "a:\n  - n: 1 # one\n    k:\n      - b: c\n  - n: 2\n"],
    ["is empty", "a:\n  - k: [] # none\n    n: 1\n", "a:\n  - k:\n      - b: c # none\n    n: 1\n"],
    ["is empty and far in", "a:\n    -   n: 1\n        k: []\n", "a:\n    -   n: 1\n        k:\n          - b: c\n"],
    ["is nothing", "a:\n  - n: 1\n    k: # none\n  - n: 2\n", "a:\n  - n: 1\n    k: # none\n      - b: c\n  - n: 2\n"],
    ["is null", "a:\r\n- k: ~\r\n  n: 1\r\n", "a:\r\n- k:\r\n    - b: c\r\n  n: 1\r\n"],
    ["is begun at the end", "z: 1\na:\n- n: 1\n", "z: 1\na:\n- n: 1\n  k:\n    - b: c\n"],
  ])("adds to a list within another one that %s", (_, before, after) => {
    expect(addToYamlList("x.yml", before, ["a", 0, "k"], { b: "c" })).toBe(after);
  });

  it("adds to a list within braces, in quotes where it has to be", () => {
    expect(addToYamlList("x.yml", "a:\n  - { n: 1 }\n", ["a", 0, "k"], "b, c")).toBe('a:\n  - { n: 1, k: ["b, c"] }\n');
    expect(addToYamlList("x.yml", "a:\n  - { k: [], n: 1 }\n", ["a", 0, "k"], "b")).toBe("a:\n  - { k: [b], n: 1 }\n");
    expect(addToYamlList("x.yml", "a: [{ k: , n: 1 }]\n", ["a", 0, "k"], "b")).toBe("a: [{ k: [b], n: 1 }]\n");
    expect(addToYamlList("x.yml", "{ k: [] }\n", "k", { b: "c" })).toBe("{ k: [{ b: c }] }\n");
    expect(addToYamlList("x.yml", "a: [{ k: [x] }]\n", ["a", 0, "k"], "b #c")).toBe('a: [{ k: [x, "b #c"] }]\n');
  });

  it.each([
    ["no YAML", "a: [\n"],
    ["a list at the top", "- a\n"],
    ["text at the top", "hello\n"],
    ["text where the list belongs", "repos: a\n"],
    ["an alias where the list belongs", "a: &a [x]\nrepos: *a\n"],
    ["another document behind", "repos:\n  - a\n---\nb: 1\n"],
    ["a key twice", "repos:\n  - a\nrepos:\n  - c\n"],
  ])("leaves %s alone", (_, before) => {
    expect(() => addToYamlList("x.yml", before, "repos", "b")).toThrow(/^x\.yml cannot be extended/);
  });
});
