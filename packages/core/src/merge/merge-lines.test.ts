import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../bytes.ts";
import { mergeLines } from "./merge-lines.ts";

/** The merged text, or why there is none. */
function merge(base: string, ours: string, theirs: string): string {
  const merged = mergeLines(encodeText(base), encodeText(ours), encodeText(theirs));
  return merged.clean ? decodeText(merged.bytes) : `(${merged.why})`;
}

describe("a three-way merge of lines", () => {
  it("takes what one side alone changed", () => {
    expect(merge("a\nb\n", "a\nb\n", "a\nc\n")).toBe("a\nc\n");
    expect(merge("a\nb\n", "a\nc\n", "a\nb\n")).toBe("a\nc\n");
    expect(merge("a\nb\n", "", "a\nb\n")).toBe("");
    expect(merge("", "", "a\n")).toBe("a\n");
  });

  it("takes what both changed, where an unchanged line lies between", () => {
    expect(merge("a\nb\nc\n", "x\nb\nc\n", "a\nb\ny\n")).toBe("x\nb\ny\n");
    expect(merge("a\nb\nc\n", "b\nc\n", "a\nb\nc\nd\n")).toBe("b\nc\nd\n");
    expect(merge("a\nb\nc\nd\ne\n", "x\ny\nb\nc\nd\ne\n", "a\nb\nd\nz\n")).toBe("x\ny\nb\nd\nz\n");
  });

  it("takes a change that both made alike once", () => {
    expect(merge("a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\n")).toBe("a\nx\nc\n");
    expect(merge("a\nb\nc\nd\n", "a\nx\nc\nd\n", "a\nx\nc\ny\n")).toBe("a\nx\nc\ny\n");
    expect(merge("a\n", "", "")).toBe("");
  });

  it("is a conflict where both changed a line in their own way", () => {
    expect(merge("a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n")).toBe("(conflict)");
    expect(merge("a\nb\nc\n", "a\nc\n", "a\ny\nc\n")).toBe("(conflict)");
  });

  it("is a conflict where the changes touch", () => {
    expect(merge("a\nb\n", "x\nb\n", "a\ny\n")).toBe("(conflict)");
    expect(merge("a\nb\n", "a\nx\nb\n", "a\ny\nb\n")).toBe("(conflict)");
    expect(merge("", "a\n", "b\n")).toBe("(conflict)");
  });

  it("is no conflict where different changes make both sides equal", () => {
    expect(merge("a\nb\nb\n", "x\nb\n", "x\nb\n")).toBe("x\nb\n");
    expect(merge("1\n2\n3\n4\n5\n", "1\nx\n4\n5\n", "1\nx\n4\n5\n6\n")).toBe("1\nx\n4\n5\n6\n");
  });

  it("keeps ends of lines as they are", () => {
    expect(merge("a\r\nb\r\nc\r\n", "x\r\nb\r\nc\r\n", "a\r\nb\r\ny\r\n")).toBe("x\r\nb\r\ny\r\n");
    expect(merge("a\nb\nc", "x\nb\nc", "a\nb\nc\n")).toBe("x\nb\nc\n");
    expect(merge("a\nb\nc", "a\nb\nc\nd", "x\nb\nc")).toBe("x\nb\nc\nd");
    expect(merge("a\nb\nc\n", "a\r\nb\nc\n", "x\nb\nc\n")).toBe("(conflict)");
  });

  it("keeps bytes that are no text in any encoding", () => {
    const merged = mergeLines(
      Uint8Array.of(1, 10, 2, 10, 3),
      Uint8Array.of(255, 10, 2, 10, 3),
      Uint8Array.of(1, 10, 2),
    );
    expect(merged).toMatchObject({ clean: false });
    const apart = mergeLines(
      Uint8Array.of(1, 10, 2, 10, 3),
      Uint8Array.of(255, 10, 2, 10, 3),
      Uint8Array.of(1, 10, 2, 10),
    );
    expect(apart).toEqual({ clean: true, bytes: Uint8Array.of(255, 10, 2, 10) });
  });

  it("does not merge binary files, changed or not", () => {
    expect(merge("a\0\n", "a\0\n", "b\n")).toBe("(binary)");
    expect(merge("a\n", "b\0\n", "a\n")).toBe("(binary)");
    expect(merge("a\n", "a\n", `${"b".repeat(8000)}\0\n`)).toBe(`${"b".repeat(8000)}\0\n`);
  });

  it("does not merge what is too large", () => {
    const large = "x".repeat(8 * 1024 * 1024 + 1);
    expect(merge("a\n", large, "a\n")).toBe("(too large)");
    expect(merge("\n".repeat(400_000), "\n".repeat(400_001), "\n".repeat(400_000))).toBe("(too large)");
  });
});
