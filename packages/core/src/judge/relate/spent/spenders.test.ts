import { expect, it } from "vitest";
import type { ObjectId } from "../../../object/oid.ts";
import { AI, History } from "../../history.fixture.ts";
import { findSpenders } from "./spenders.ts";

const history = new History();
const policy = history.policy();
const base = history.make("Base\n", { files: { a: "1\n", z: "1\n" } });
const add = history.make(AI, { parents: [base], files: { a: "1\n2\n" } });
const other = history.make("Other\n", { parents: [add], files: { z: "2\n" } });
const undo = history.make("Undo\n", { parents: [other], files: { a: "1\n" } });
const again = history.make(AI, { parents: [undo], files: { a: "1\n2\n" } });

/** Which commits of the branch would use up the co-signs of those that are signed at once. */
async function spendersOf(
  signed: readonly ObjectId[],
  tip = again,
  from: ObjectId | undefined = base,
  exclude = [base],
) {
  const readings = await Promise.all(signed.map((oid) => history.read(oid)));
  const found = await findSpenders(history, { policy, branch: "main", tip, base: from, exclude }, readings);
  return [...found];
}

it("a commit that takes out what is put in again is to be signed along", async () => {
  expect(await spendersOf([add, again])).toEqual([undo]);
  expect(await spendersOf([again])).toEqual([undo]);
});

it("not one that is signed along, or that does something else", async () => {
  expect(await spendersOf([add, undo, again])).toEqual([]);
  expect(await spendersOf([add], other)).toEqual([]);
  expect(await spendersOf([])).toEqual([]);
});

it("nor one before what the branch has", async () => {
  expect(await spendersOf([again], again, undo, [undo])).toEqual([]);
});

it("all of them are found, though one after the other", async () => {
  const second = history.make("Undo again\n", { parents: [again], files: { a: "1\n" } });
  const last = history.make(AI, { parents: [second], files: { a: "1\n2\n" } });
  expect((await spendersOf([last], last)).sort()).toEqual([undo, second].sort());
  expect((await spendersOf([add, again, last], last, undefined)).sort()).toEqual([undo, second].sort());
});
