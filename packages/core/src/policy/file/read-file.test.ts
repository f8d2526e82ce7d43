import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import { fields } from "./field-types.ts";
import type { Fields } from "./fields.ts";
import type { Problem } from "./problem.ts";
import { readFile } from "./read-file.ts";

const SCHEMA = fields({
  version: v.literal(1),
  names: v.optional(v.array(v.string())),
  inner: v.optional(fields({ a: v.optional(v.string()) })),
});

function read(text: string, check: (fields: Fields) => Iterable<Problem> = () => []) {
  return readFile(encodeText(text), SCHEMA, check);
}

const problemsOf = (...args: Parameters<typeof read>) => read(...args).problems;

describe("a file", () => {
  it("that is sound has its value, and a line for each part of it", () => {
    const { value, problems, lineOf } = read("version: 1\nnames:\n  - a\n  - b\n");
    expect(value).toEqual({ version: 1, names: ["a", "b"] });
    expect(problems).toEqual([]);
    expect([lineOf(["version"]), lineOf(["names", 1]), lineOf(["names", 7])]).toEqual([1, 4, 2]);
  });

  it("has lines whatever ends them, and a place for what is not there: the nearest above it", () => {
    const text = "# a\r\n\r\nversion: 1\nnames: [a,\r\n  b]\ninner:\n  a: x\n";
    const { lineOf } = read(text);
    const places = [
      [],
      ["version"],
      ["names"],
      ["names", 0],
      ["names", 1],
      ["names", 2],
      ["inner"],
      ["inner", "a"],
      ["inner", "b", 0],
      ["x"],
    ];
    expect(places.map(lineOf)).toEqual([3, 3, 4, 4, 5, 4, 6, 7, 6, 3]);
  });

  it.each<[what: string, text: string]>([
    ["the schema", "version: 2\n"],
    ["the text", "version: 1\nversion: 1\n"],
    ["its form", "a\n"],
  ])("with a problem of %s has no value", (_, text) => {
    expect(read(text).value).toBeUndefined();
    expect(read(text).problems).toHaveLength(1);
  });

  it("with a problem that a check found has no value", () => {
    const { value, problems } = read("version: 1\n", () => [{ path: ["version"], text: "is too low" }]);
    expect(value).toBeUndefined();
    expect(problems).toEqual([{ line: 1, text: "version is too low" }]);
  });

  it.each(["just text\n", "- version: 1\n", "12\n"])(
    "without fields is told how to begin, and is not checked: %j",
    (text) => {
      const check = (): Iterable<Problem> => {
        throw new Error("nothing to check");
      };
      expect(problemsOf(text, check)).toEqual([{ line: 1, text: "the file has no fields; it begins with version: 1" }]);
    },
  );

  it("that cannot be read is neither checked nor told to have no fields", () => {
    expect(problemsOf("")).toEqual([{ line: 1, text: "the file is empty" }]);
    expect(read("a: [\n").lineOf(["a"])).toBe(1);
  });

  it("is checked though it has other problems, without the keys that are not known", () => {
    const seen: string[][] = [];
    const check = (file: Fields): Iterable<Problem> => {
      seen.push(Object.keys(file));
      return [{ path: ["names"], text: "is odd" }];
    };
    expect(problemsOf("version: 2\nnames: [a]\nshoe: 43\n", check)).toEqual([
      { line: 1, text: "version is the number 2, not 1" },
      { line: 2, text: "names is odd" },
      { line: 3, text: "shoe is not a known key" },
    ]);
    expect(seen).toEqual([["version", "names"]]);
  });
});

describe("problems", () => {
  it("of unknown keys are all reported, in whatever depth", () => {
    expect(problemsOf("version: 1\nx: 1\ny: 1\ninner:\n  p: 1\n  q: 1\n")).toEqual([
      { line: 2, text: "x is not a known key" },
      { line: 3, text: "y is not a known key" },
      { line: 5, text: "inner.p is not a known key" },
      { line: 6, text: "inner.q is not a known key" },
    ]);
  });

  it("stand in the order of the lines, whoever found them first", () => {
    const check = (): Iterable<Problem> => [
      { line: 3, text: "third" },
      { line: 1, text: "first" },
      { text: "of no line" },
      { path: ["names", 0], text: "is second" },
    ];
    expect(problemsOf("version: 1\nnames: [a]\nother: 1\n", check)).toEqual([
      { line: 1, text: "first" },
      { line: 1, text: "of no line" },
      { line: 2, text: "names[0] is second" },
      { line: 3, text: "other is not a known key" },
      { line: 3, text: "third" },
    ]);
  });

  it("of one value are one problem, the first that was found; of one line they are all reported", () => {
    const check = (): Iterable<Problem> => [
      { path: ["version"], text: "is too low" },
      { path: ["names"], text: "is odd" },
      { path: ["names"], text: "is odder" },
      { line: 1, text: "one" },
      { line: 1, text: "two" },
    ];
    expect(problemsOf("version: 2\nnames: []\n", check).map(({ text }) => text)).toEqual([
      "version is the number 2, not 1",
      "one",
      "two",
      "names is odd",
    ]);
  });

  it("of the whole file begin with it", () => {
    expect(problemsOf("version: 1\n", () => [{ path: [], text: "is odd" }])).toEqual([
      { line: 1, text: "the file is odd" },
    ]);
  });

  it.each([
    [99, 99, undefined],
    [100, 100, undefined],
    [101, 101, { line: 103, text: "and 1 more problems from here on" }],
    [150, 101, { line: 103, text: "and 50 more problems from here on" }],
  ])("that are %i are reported in %i lines", (count, lines, last) => {
    const names = Array.from({ length: count }, () => "\n  - 1").join("");
    const problems = problemsOf(`version: 1\nnames:${names}\n`);
    expect(problems).toHaveLength(lines);
    expect(problems[0]).toEqual({ line: 3, text: "names[0] is the number 1, not text; put it in quotes" });
    if (last) expect(problems.at(-1)).toEqual(last);
    else expect(problems.at(-1)?.text).toMatch(/^names\[\d+\] is the number/);
  });

  it("of very many unknown keys are not looked for to the last", () => {
    const keys = Array.from({ length: 300 }, (_, at) => `key${at}: 1\n`).join("");
    const problems = problemsOf(`version: 1\n${keys}`);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toEqual({ line: 102, text: "and 1 more problems from here on" });
  });

  it("of 500 letters are shown whole, and longer ones cut", () => {
    const text = (length: number) => problemsOf("version: 1\n", () => [{ line: 1, text: "x".repeat(length) }])[0]?.text;
    expect(text(500)).toBe("x".repeat(500));
    expect(text(501)).toBe(`${"x".repeat(500)}…`);
  });
});
