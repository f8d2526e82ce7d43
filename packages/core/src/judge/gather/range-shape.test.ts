import { describe, expect, it } from "vitest";
import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import { RangeShape } from "./range-shape.ts";

const id = (number: number): ObjectId => number.toString(16).padStart(40, "0") as ObjectId;
const commit = (number: number, parents: readonly number[], malformed?: string) =>
  ({ oid: id(number), parents: parents.map(id), ...(malformed && { malformed }) }) as unknown as Commit;

/** The shape of these commits up to a tip, above judged ones. */
function shapeOf(commits: readonly Commit[], { tips = [1], judged = [9], linked = false } = {}): RangeShape {
  const shape = new RangeShape({ tips: tips.map(id), exclude: judged.map(id) }, { linked });
  for (const each of commits) shape.add(each);
  return shape;
}

/** So many commits in a row, the newest first, on top of a judged one. */
const row = (length: number) => Array.from({ length }, (_, at) => commit(1 + at, [at === length - 1 ? 0 : 2 + at]));

describe("the shape of a range says", () => {
  it("how many commits there are, which are merges, and what judged ones they build on", () => {
    const shape = shapeOf([commit(1, [2, 9]), commit(2, [8])], { judged: [9, 7] });
    expect(shape.count).toBe(2);
    expect(shape.merges).toEqual([{ oid: id(1), parents: [id(2), id(9)] }]);
    expect([...shape.parents]).toEqual([id(9)]);
  });

  it("how all of them hang together, where that was asked", () => {
    const commits = [commit(1, [2, 9]), commit(2, [8])];
    expect([...shapeOf(commits).links]).toEqual([]);
    expect([...shapeOf(commits, { linked: true }).links]).toEqual([
      [id(1), [id(2), id(9)]],
      [id(2), [id(8)]],
    ]);
  });

  it("which tips were not among the commits", () => {
    expect(shapeOf([commit(1, [9])], { tips: [1, 5] }).missingTips).toEqual([id(5)]);
    expect(shapeOf([commit(1, [9])]).missingTips).toEqual([]);
  });

  it("that a tip was there, however long the range is", () => {
    const long = row(1001);
    expect(shapeOf(long, { tips: [1001] }).missingTips).toEqual([]);
    expect(shapeOf([...long, commit(5000, [9])], { tips: [1, 5000] }).missingTips).toEqual([]);
  });
});

describe("the lines of new commits end", () => {
  it("at the parents that are not new themselves", () => {
    expect(shapeOf([commit(1, [2, 9]), commit(2, [8])]).ends).toEqual([id(9), id(8)]);
    expect(shapeOf([]).ends).toEqual([]);
  });

  it("nobody knows where, if one ends at a root or at a malformed commit", () => {
    expect(shapeOf([commit(1, [2]), commit(2, [])]).ends).toBeUndefined();
    expect(shapeOf([commit(1, [9], "it has two authors")]).ends).toBeUndefined();
  });

  it("nobody knows where, of a range that is longer than a thousand commits", () => {
    expect(shapeOf(row(1000)).ends).toEqual([id(0)]);
    expect(shapeOf(row(1001)).ends).toBeUndefined();
  });
});
