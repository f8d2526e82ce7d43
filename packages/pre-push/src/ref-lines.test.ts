import { describe, expect, it } from "vitest";
import { parseRefLines } from "./ref-lines.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);
const ZERO = "0".repeat(40);

describe("the lines that git gives the hook", () => {
  it.each<[what: string, stdin: string, expected: readonly (readonly [ref: string, old: string, tip: string])[]]>([
    ["are none where everything is up to date", "", []],
    ["name a ref and its two ids", `refs/heads/main ${A} refs/heads/main ${B}\n`, [["refs/heads/main", B, A]]],
    ["create", `HEAD ${A} refs/heads/new ${ZERO}\n`, [["refs/heads/new", ZERO, A]]],
    ["delete", `(delete) ${ZERO} refs/heads/old ${B}\n`, [["refs/heads/old", B, ZERO]]],
    [
      "are all read",
      `a ${A} refs/heads/a ${B}\nb ${B} refs/tags/b ${A}\n`,
      [
        ["refs/heads/a", B, A],
        ["refs/tags/b", A, B],
      ],
    ],
    ["may lack the last line end", `a ${A} refs/heads/a ${B}`, [["refs/heads/a", B, A]]],
    ["may begin with what a user typed", `:/fix the bug ${A} refs/heads/main ${B}\n`, [["refs/heads/main", B, A]]],
    [
      "may begin with text that is shaped like a line",
      `x ${B} refs/heads/evil ${ZERO} ${A} refs/heads/main ${B}\n`,
      [["refs/heads/main", B, A]],
    ],
    ["may begin with a blank", ` ${A} refs/heads/main ${B}\n`, [["refs/heads/main", B, A]]],
    [
      "may have ids of 64 digits",
      `m ${A}${"a".repeat(24)} refs/heads/m ${B}${"b".repeat(24)}\n`,
      [["refs/heads/m", `${B}${"b".repeat(24)}`, `${A}${"a".repeat(24)}`]],
    ],
    ["may name a ref that is not ASCII", `m ${A} refs/heads/größe ${B}\n`, [["refs/heads/größe", B, A]]],
  ])("%s", (_, stdin, expected) => {
    expect(parseRefLines(stdin)).toEqual(expected.map(([ref, old, tip]) => ({ ref, old, new: tip })));
  });

  it.each<[what: string, line: string]>([
    ["three fields", `${A} refs/heads/main ${B}`],
    ["pre-receive's order", `${A} ${B} refs/heads/main`],
    ["an abbreviated id", `m aaaaaaa refs/heads/main ${B}`],
    ["an id in upper case", `m ${A.toUpperCase()} refs/heads/main ${B}`],
    ["ids of two lengths", `m ${A} refs/heads/main ${B}${"b".repeat(24)}`],
    ["a short ref", `m ${A} main ${B}`],
    ["a carriage return at its end", `m ${A} refs/heads/main ${B}\r`],
    ["a blank at its end", `m ${A} refs/heads/main ${B} `],
    ["tabs between its fields", `m\t${A}\trefs/heads/main\t${B}`],
    ["a NUL", `m ${A} refs/heads/main ${B}\0`],
    ["prose", "Everything up-to-date, nothing to push"],
  ])("are not read with %s", (_, line) => {
    const expected = expect.objectContaining({ code: "STDIN_MALFORMED" });
    expect(() => parseRefLines(`${line}\n`)).toThrow(expected);
    // One bad line makes all doubtful: nothing of the others is taken for the whole push.
    expect(() => parseRefLines(`m ${A} refs/heads/main ${B}\n${line}\n`)).toThrow(expected);
  });

  it("are not read with an empty one among them", () => {
    expect(() => parseRefLines(`\nm ${A} refs/heads/main ${B}\n`)).toThrow(/standard input/);
    expect(() => parseRefLines(`m ${A} refs/heads/main ${B}\n\n`)).toThrow(/standard input/);
  });
});
