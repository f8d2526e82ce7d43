import { describe, expect, it } from "vitest";
import type { ObjectId } from "../../object/oid.ts";
import { Lineage } from "./lineage.ts";

const OUTSIDE = 99;
const id = (number: number): ObjectId => number.toString(16).padStart(40, "0") as ObjectId;
const lineageOf = (parents: readonly (readonly number[])[]) =>
  new Lineage(new Map(parents.map((numbers, number) => [id(number), numbers.map(id)])));

/** For each commit, those of the range that it is or descends from. */
function descentIn(parents: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const lineage = lineageOf(parents);
  return parents.map((_, number) =>
    parents.flatMap((__, from) => (lineage.descends(id(number), id(from)) ? [from] : [])),
  );
}

describe("a commit descends from", () => {
  it("itself and all commits of its row before it, and from none behind it", () => {
    expect(descentIn([[OUTSIDE], [0], [1], [2]])).toEqual([[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]);
  });

  it("what each of its parents descends from, and nothing of a line beside it", () => {
    expect(descentIn([[OUTSIDE], [0], [0], [1, 2], [3]])).toEqual([[0], [0, 1], [0, 2], [0, 1, 2, 3], [0, 1, 2, 3, 4]]);
  });

  it("one parent that it names twice", () => {
    expect(descentIn([[OUTSIDE], [0, 0], [1]])).toEqual([[0], [0, 1], [0, 1, 2]]);
  });

  it("nothing outside of the range, and nothing there does", () => {
    const lineage = lineageOf([[OUTSIDE], [0]]);
    expect(lineage.descends(id(1), id(OUTSIDE))).toBe(false);
    expect(lineage.descends(id(OUTSIDE), id(OUTSIDE))).toBe(false);
    expect(lineage.descends(id(OUTSIDE), id(0))).toBe(false);
  });

  it("what it reaches, in any history, and comes behind all of that in the order", () => {
    let state = 1;
    const below = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % limit;
    };
    for (let round = 0; round < 100; round += 1) {
      const parents: number[][] = [];
      for (let number = 0; number < 1 + below(15); number += 1) {
        parents.push(
          Array.from({ length: 1 + below(3) }, () => (number === 0 || below(4) === 0 ? OUTSIDE : below(number))),
        );
      }
      const expected: number[][] = [];
      for (const [number, direct] of parents.entries()) {
        const reached = direct.flatMap((parent) => [...(expected[parent] ?? [])]);
        expected.push([...new Set([...reached, number])].sort((a, b) => a - b));
      }
      expect(descentIn(parents)).toEqual(expected);
      const { order } = lineageOf(parents);
      expect([...order].sort()).toEqual(parents.map((_, number) => id(number)));
      for (const [number, direct] of parents.entries()) {
        for (const parent of direct)
          if (parent !== OUTSIDE) expect(order.indexOf(id(parent))).toBeLessThan(order.indexOf(id(number)));
      }
    }
  });
});
