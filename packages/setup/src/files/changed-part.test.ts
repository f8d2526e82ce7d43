import { expect, it } from "vitest";
import { changedLines } from "./changed-part.ts";

it.each([
  ["nothing", "a\nb\n", "a\nb\n", []],
  ["a new file", "", "a\nb\n", ["+ a", "+ b"]],
  ["a file that goes", "a\n", "", ["- a"]],
  ["lines in the middle", "a\nb\nd\n", "a\nc\nd\n", ["- b", "+ c"]],
  ["a line like its neighbour", "a\na\n", "a\na\na\n", ["+ a"]],
  ["Windows line ends as the others", "a\r\nb\r\n", "a\r\nc\r\nb\r\n", ["+ c"]],
])("shows %s", (_name, before, after, lines) => {
  expect(changedLines(before, after)).toEqual(lines);
});
