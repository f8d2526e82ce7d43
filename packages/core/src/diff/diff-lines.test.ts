import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { diffLines } from "./diff-lines.ts";

function diff(before: string, after: string) {
  return diffLines(encodeText(before), encodeText(after));
}

/** One hunk. */
function hunk(from: number, removed: number, to: number, added: number) {
  return { from, removed, to, added };
}

describe("the difference of two texts", () => {
  it("has no hunks where they are equal", () => {
    expect(diff("", "")).toEqual({ hunks: [] });
    expect(diff("a\nb", "a\nb")).toEqual({ hunks: [] });
  });

  it("says which lines go and which come in their place", () => {
    expect(diff("a\nb\nc\n", "a\nx\ny\nc\n")).toEqual({ hunks: [hunk(1, 1, 1, 2)] });
    expect(diff("a\nb\nc\nd\n", "b\nc\nx\nd\n")).toEqual({ hunks: [hunk(0, 1, 0, 0), hunk(3, 0, 2, 1)] });
  });

  it("is all of one text where the other is empty", () => {
    expect(diff("", "a\nb\n")).toEqual({ hunks: [hunk(0, 0, 0, 2)] });
    expect(diff("a\nb\n", "")).toEqual({ hunks: [hunk(0, 2, 0, 0)] });
  });

  it("takes a last line without its end for another line", () => {
    expect(diff("a\nb\n", "a\nb")).toEqual({ hunks: [hunk(1, 1, 1, 1)] });
  });

  it("takes a line that ends in CRLF for another line", () => {
    expect(diff("a\r\nb\n", "a\nb\n")).toEqual({ hunks: [hunk(0, 1, 0, 1)] });
  });

  it("compares bytes, whatever text they are", () => {
    expect(diffLines(Uint8Array.of(0xff, 0x0a), Uint8Array.of(0xfe, 0x0a))).toEqual({ hunks: [hunk(0, 1, 0, 1)] });
  });

  it("puts what can stand in several places as far down as it goes", () => {
    expect(diff("a\na\na\n", "a\na\n")).toEqual({ hunks: [hunk(2, 1, 2, 0)] });
    const method = "def m\n  x\nend\n\n";
    expect(diff(method.repeat(2), method.repeat(3))).toEqual({ hunks: [hunk(8, 0, 8, 4)] });
  });

  it("puts it where the other text changes too, if there is such a place", () => {
    expect(diff("x\na\na\nb\n", "y\na\nb\n")).toEqual({ hunks: [hunk(0, 2, 0, 1)] });
    expect(diff("a\na\na\nx\n", "a\na\ny\n")).toEqual({ hunks: [hunk(2, 2, 2, 1)] });
  });

  it("is not looked for in binary files, which have a NUL in their first 8,000 bytes", () => {
    expect(diff("a\0", "b")).toEqual({ why: "binary" });
    expect(diff("a", `${"b".repeat(7999)}\0`)).toEqual({ why: "binary" });
    expect(diff("a", `${"b".repeat(8000)}\0`)).toEqual({ hunks: [hunk(0, 1, 0, 1)] });
  });

  it("is not looked for in files above 8 MiB, or of more than a million lines together", () => {
    const most = 8 * 1024 * 1024;
    expect(diff("a", "b".repeat(most))).toEqual({ hunks: [hunk(0, 1, 0, 1)] });
    expect(diff("a", "b".repeat(most + 1))).toEqual({ why: "too large" });
    expect(diff("\n".repeat(500_001), "\n".repeat(499_999))).toEqual({ hunks: [hunk(499_999, 2, 499_999, 0)] });
    expect(diff("\n".repeat(500_001), "\n".repeat(500_000))).toEqual({ why: "too large" });
  });

  it("is given up where it would take too long", () => {
    const random = (seed: number, count: number) => {
      let state = seed;
      const lines: string[] = [];
      for (let line = 0; line < count; line += 1) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        lines.push(state < 0x80000000 ? "a\n" : "b\n");
      }
      return lines.join("");
    };
    expect(diff(random(1, 2000), random(2, 2000)).hunks?.length).toBeGreaterThan(100);
    expect(diff(random(1, 200_000), random(2, 200_000))).toEqual({ why: "too large" });
  });

  it("is given up where too many lines have one hash", () => {
    expect(diff(collidingLines(6), "a\n").hunks).toHaveLength(1);
    expect(diff(collidingLines(12), "a\n")).toEqual({ why: "too large" });
  });
});

/** 2 to the power of `blocks` lines of one FNV-1a hash: in place of each block another that leads to the same state. */
function collidingLines(blocks: number): string {
  let lines = [""];
  let state = 0x811c9dc5;
  for (let block = 0; block < blocks; block += 1) {
    const ends = new Map<number, string>();
    for (let number = 0; ; number += 1) {
      const text = (Math.imul(number, 0x9e3779b1) >>> 0).toString(36).padStart(7, "0");
      let end = state;
      for (let at = 0; at < text.length; at += 1) end = Math.imul(end ^ text.charCodeAt(at), 0x01000193);
      const twin = ends.get(end);
      if (twin !== undefined) {
        lines = lines.flatMap((line) => [line + text, line + twin]);
        state = end;
        break;
      }
      ends.set(end, text);
    }
  }
  return `${lines.join("\n")}\n`;
}
