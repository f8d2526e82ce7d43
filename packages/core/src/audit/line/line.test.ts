import { expect, it } from "vitest";
import { parseObjectId } from "../../object/oid.ts";
import { Line, type LineCommit, landedAt } from "./line.ts";

const LENGTH = 2_345;

function idOf(number: number, size: number) {
  return parseObjectId(number.toString(16).padStart(size, "0"));
}

/** Every thousandth commit hides its line, and every seventh does not say when it was made. */
function commitAt(number: number, size: number): LineCommit {
  return {
    commit: idOf(number, size),
    parent: number === 0 ? undefined : idOf(number - 1, size),
    time: number % 7 === 0 ? undefined : number * 60,
    hidesLine: number % 1_000 === 999,
  };
}

function lineOf(size: number): Line {
  const line = new Line();
  for (let number = LENGTH - 1; number >= 0; number -= 1) line.addOlder(commitAt(number, size));
  return line;
}

it.each([40, 64])("a line gives back every commit that it was given, with ids of %i digits", (size) => {
  const line = lineOf(size);
  expect(line.length).toBe(LENGTH);
  expect(line.slice(0)).toEqual(Array.from({ length: LENGTH }, (_, number) => commitAt(number, size)));
  expect(line.slice(998, 1_002)).toEqual([998, 999, 1_000, 1_001].map((number) => commitAt(number, size)));
  expect([line.at(-1), line.at(LENGTH), line.slice(LENGTH)]).toEqual([undefined, undefined, []]);
});

it("its oldest commit keeps the parent at which reading ended", () => {
  const line = new Line();
  line.addOlder(commitAt(8, 40));
  line.addOlder(commitAt(7, 40));
  expect(line.at(0)).toEqual(commitAt(7, 40));
});

it("a line finds the places of the commits that are on it, and of no others", () => {
  const wanted = [0, 999, 1_000, LENGTH - 1, LENGTH].map((number) => idOf(number, 40));
  expect([...lineOf(40).placesOf(new Set(wanted)).values()].sort((a, b) => a - b)).toEqual([0, 999, 1_000, LENGTH - 1]);
});

it("a commit lands neither before the one that it came upon nor after now", () => {
  const line = new Line();
  for (const time of [500, 100, 300]) line.addOlder({ ...commitAt(1, 40), time });
  expect([0, 1, 2].map((index) => landedAt(line, index, 400))).toEqual([300, 300, 400]);
});
