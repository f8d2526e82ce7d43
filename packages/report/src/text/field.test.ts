import { expect, it } from "vitest";
import { field } from "./field.ts";
import { PLAIN } from "./paint.ts";

const MARKED = { ...PLAIN, dim: (text: string) => `[${text}]` };
const LONG = `${"a ".repeat(34)}by whom it may be`;

it.each([
  ["by", "Ada", ["[by]        Ada"]],
  ["  by", "by", ["  [by]      by"]],
  ["", "Ada", ["          Ada"]],
  ["by", LONG, [`[by]        ${"a ".repeat(34)}by`, "          whom it may be"]],
  ["  by", `a ${LONG}`, [`  [by]      ${"a ".repeat(34)}a`, "          by whom it may be"]],
])("marks the label %j and nothing of what it stands for", (label, value, lines) => {
  expect(field(label, value, MARKED)).toEqual(lines);
});
