import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { keepsPlaces } from "./keeps-places.ts";

function change(before: string, after: string) {
  return { before: encodeText(before), after: encodeText(after) };
}

const TWO = "def one():\n  check()\n\ndef two():\n  check()\n";
const IN_ONE = "def one():\n  check()\n  run()\n\ndef two():\n  check()\n";
const IN_TWO = "def one():\n  check()\n\ndef two():\n  check()\n  run()\n";

describe("a line that comes", () => {
  it("keeps its place where the same line comes into the same function, wherever that is", () => {
    expect(keepsPlaces(change(TWO, IN_ONE), change(TWO, IN_ONE))).toBe(true);
    const moved = (text: string) => `import x\n\n${text}\ndef three():\n  check()\n`;
    expect(keepsPlaces(change(TWO, IN_ONE), change(moved(TWO), moved(IN_ONE)))).toBe(true);
  });

  it("does not where it comes into another function of the same shape", () => {
    expect(keepsPlaces(change(TWO, IN_ONE), change(TWO, IN_TWO))).toBe(false);
  });

  it("does not where it comes more often than was approved", () => {
    const twice = IN_ONE.replace("  run()\n", "  run()\n  run()\n");
    expect(keepsPlaces(change(TWO, IN_ONE), change(TWO, twice))).toBe(false);
    expect(keepsPlaces(change(TWO, twice), change(TWO, IN_ONE))).toBe(true);
  });

  it("does not where it was approved to go", () => {
    expect(keepsPlaces(change(IN_ONE, TWO), change(TWO, IN_ONE))).toBe(false);
    expect(keepsPlaces(change(IN_ONE, TWO), change(IN_ONE, TWO))).toBe(true);
  });

  it("stands under each line above that is less indented, and not under the others", () => {
    const nested = (name: string, line: string) => `class ${name}:\n  x = 1\n  def one():\n    check()\n${line}`;
    const approved = change(nested("A", ""), nested("A", "    run()\n"));
    expect(keepsPlaces(approved, change(nested("B", ""), nested("B", "    run()\n")))).toBe(false);
    const other = (text: string) => text.replace("x = 1", "y = 2");
    expect(keepsPlaces(approved, change(other(nested("A", "")), other(nested("A", "    run()\n"))))).toBe(true);
  });

  it("stands under the first line of its paragraph where it is not indented", () => {
    const list = "Fruit:\napple\n\nTrees:\napple\n";
    const approved = change(list, list.replace("apple\n", "apple\npear\n"));
    expect(keepsPlaces(approved, change(list, `${list}pear\n`))).toBe(false);
    expect(keepsPlaces(approved, change(list, list.replace("apple\n", "pear\napple\n")))).toBe(true);
  });
});

describe("a line that is indented with tabs", () => {
  it("stands under one that is indented with fewer columns, as git counts them", () => {
    const text = (name: string, line: string) => `  if ${name}\n${line}\n  if z\n`;
    const approved = change(text("a", "\told()"), text("a", "\tnew()"));
    expect(keepsPlaces(approved, change(text("b", "\told()"), text("b", "\tnew()")))).toBe(false);
    expect(keepsPlaces(approved, change(text("a", "\told()"), text("a", "\tnew()")))).toBe(true);
  });
});

describe("a line whose lines above it change", () => {
  it("counts as gone and come", () => {
    const renamed = TWO.replace("one", "uno");
    expect(keepsPlaces(change(TWO, renamed), change(IN_ONE, IN_ONE.replace("one", "uno")))).toBe(false);
    expect(keepsPlaces(change(TWO, renamed), change(TWO, renamed))).toBe(true);
  });
});

describe("a blank line", () => {
  it("may come and go, if no line gets another place by it", () => {
    expect(keepsPlaces(change(TWO, TWO), change(TWO, TWO.replace("  check()\n", "  check()\n\n")))).toBe(true);
    expect(keepsPlaces(change("a\nb\n", "a\nb\n"), change("a\nb\n", "a\n\nb\n"))).toBe(false);
  });
});

describe("a file", () => {
  it("keeps nothing where it is binary or too large", () => {
    expect(keepsPlaces(change("a\0", "b\0"), change("a\0", "b\0"))).toBe(false);
    const large = "\n".repeat(300_000);
    expect(keepsPlaces(change(large, large), change(large, large))).toBe(false);
  });
});
