import { expect, it } from "vitest";
import { findChangedLines } from "./changed-lines.ts";
import { hashTelling, type Lines, readLines } from "./lines.ts";
import { shortHash } from "./short-hash.ts";

function lines(...texts: readonly string[]): Lines {
  return new Set(texts);
}

const file = { path: "shop.js", kind: "written" } as const;
const now = lines("const price = total(cart, rates);", "return price;", "a person's own line");

it.each<[what: string, words: object, added: readonly string[]]>([
  ["nothing is told", {}, ["const price = total(cart, rates);", "a person's own line"]],
  ["the old file is told", { original: "return price;\na person's own line" }, ["const price = total(cart, rates);"]],
  [
    "whole lines are told",
    { written: ["\tconst price = total(cart, rates);\n"] },
    ["const price = total(cart, rates);"],
  ],
  ["a part of a line is told", { written: ["cart, rates"], replaced: ["cart"] }, ["const price = total(cart, rates);"]],
  ["the text is not in the file yet", { written: ["const later = true;"], replaced: ["x"] }, ["const later = true;"]],
  ["the text was there before", { written: ["return price;"], replaced: ["return price;"] }, []],
])("finds the agent's lines where %s", (_what, words, added) => {
  expect([...findChangedLines({ ...file, ...words }, { now, head: lines("return price;") }).added]).toEqual(added);
});

it("finds the lines that are gone", () => {
  const edit = { ...file, written: [""], replaced: ["const old = 1;\nconst older = 2;"] };
  expect([...findChangedLines(edit, { now }).removed]).toEqual(["const old = 1;", "const older = 2;"]);
  expect([...findChangedLines(file, { now: lines(), head: lines("gone") }).removed]).toEqual(["gone"]);
});

it("keeps the lines that are seldom written twice, and shorter ones where there are no others", () => {
  expect(hashTelling(lines("}", "return false;", "retries: 3"))).toEqual(
    ["return false;", "retries: 3"].map(shortHash),
  );
  expect(hashTelling(lines("}", "return false;", "export function retry(times) {"))).toEqual([
    shortHash("export function retry(times) {"),
  ]);
  expect(hashTelling(lines("}", "});", "--"))).toEqual([]);
});

it("reads lines without the white space around them, and none of a binary or huge file", () => {
  expect([...(readLines(Buffer.from("\ta b \r\n\n  c\u00a0\r\r\nd")) ?? [])]).toEqual(["a b", "c\u00c2\u00a0", "d"]);
  expect(readLines(Buffer.from("a\0b\n"))).toBeUndefined();
  expect(readLines(Buffer.alloc(4 * 1024 * 1024 + 1, "a\n"))).toBeUndefined();
});
