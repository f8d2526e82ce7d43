import { describe, expect, it } from "vitest";
import type { ObjectId } from "../../object/oid.ts";
import { RangeGraph } from "./range-graph.ts";

type Links = ReadonlyMap<ObjectId, readonly ObjectId[]>;

/** A commit that is not among them. */
const OUTSIDE = 99;

const id = (number: number): ObjectId => number.toString(16).padStart(40, "0") as ObjectId;

/** Commits numbered from 0, each with its parents' numbers; what is not among them is outside of the range. */
function linksOf(parents: readonly (readonly number[])[]): Links {
  return new Map(parents.map((numbers, number) => [id(number), numbers.map(id)]));
}

function reach(links: Links, tips: readonly ObjectId[]): ReadonlySet<ObjectId> {
  const reached = new Set(tips.filter((tip) => links.has(tip)));
  for (const oid of reached) for (const parent of links.get(oid) ?? []) if (links.has(parent)) reached.add(parent);
  return reached;
}

describe("a merge brings in", () => {
  it.each<[what: string, parents: readonly (readonly number[])[], brings: readonly number[]]>([
    ["the commits of the branch that it merges", [[OUTSIDE], [0], [OUTSIDE], [2], [1, 3]], [3, 2]],
    ["those of all its branches", [[OUTSIDE], [OUTSIDE], [OUTSIDE], [0, 1, 2]], [1, 2]],
    ["a branch that began outside of the range, into a line that did not", [[], [OUTSIDE], [0, 1]], [1]],
    ["nothing that its first parent has too", [[OUTSIDE], [0], [0], [1, 2]], [2]],
    ["nothing where the branch was there already", [[OUTSIDE], [0], [1, 0]], []],
    ["what a merge on the branch brought to it", [[OUTSIDE], [OUTSIDE], [OUTSIDE], [1, 2], [0, 3]], [3, 1, 2]],
    ["nothing that the branch had from where it is merged into", [[OUTSIDE], [0], [OUTSIDE], [2, 0], [1, 3]], [3, 2]],
  ])("%s", (_, parents, brings) => {
    const found = [...new RangeGraph(linksOf(parents)).broughtInBy(id(parents.length - 1))];
    expect(found.sort()).toEqual(brings.map(id).sort());
  });

  it("what its other parents reach and the first does not, in any history", () => {
    let state = 1;
    const below = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % limit;
    };
    for (let round = 0; round < 300; round += 1) {
      const parents: (readonly number[])[] = [];
      for (let number = 0; number < 2 + below(30); number += 1) {
        const drawn = Array.from({ length: 1 + below(3) }, () => (number === 0 ? OUTSIDE : below(number)));
        parents.push([...new Set(drawn)]);
      }
      const links = linksOf(parents);
      const graph = new RangeGraph(links);
      for (const [merge, [first, ...others]] of links) {
        const before = reach(links, first ? [first] : []);
        const expected = [...reach(links, others)].filter((oid) => !before.has(oid));
        expect([...graph.broughtInBy(merge)].sort()).toEqual(expected.sort());
      }
    }
  });
});
