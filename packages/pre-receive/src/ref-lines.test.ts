import { describe, expect, it } from "vitest";
import { parseRefLines } from "./ref-lines.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);

describe("the lines that git gives a pre-receive hook", () => {
  it("name two ids and a ref, all of them, with ids of 40 or 64 digits and refs in any script", () => {
    expect(parseRefLines(`${A} ${B} refs/heads/größe\n${B} ${A} refs/tags/v1`)).toEqual([
      { old: A, new: B, ref: "refs/heads/größe" },
      { old: B, new: A, ref: "refs/tags/v1" },
    ]);
    const [long] = [`${A}${"a".repeat(24)}`];
    expect(parseRefLines(`${long} ${long} refs/heads/${"x".repeat(4000)}\n`)[0].old).toBe(long);
  });

  it.each<[what: string, line: string]>([
    ["pre-push's order", `refs/heads/main ${A} refs/heads/main ${B}`],
    ["a field too many", `${A} ${B} refs/heads/main more`],
    ["a short ref", `${A} ${B} main`],
    ["an abbreviated id", `aaaaaaa ${B} refs/heads/main`],
    ["ids of two lengths", `${A} ${B}${"b".repeat(24)} refs/heads/main`],
    ["a line of one MiB", "x".repeat(1024 * 1024)],
    ["nothing in a line", ""],
  ])("are not read with %s, nor are the others beside it", (_, line) => {
    const malformed = expect.objectContaining({ code: "STDIN_MALFORMED" });
    expect(() => parseRefLines(`${A} ${B} refs/heads/main\n${line}\n`)).toThrow(malformed);
    expect(() => parseRefLines(`${line}\n`)).toThrow(malformed);
  });

  it("are never absent: git runs no such hook without one", () => {
    expect(() => parseRefLines("")).toThrow(expect.objectContaining({ code: "STDIN_EMPTY" }));
  });
});
