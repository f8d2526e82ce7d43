import { expect, it } from "vitest";
import { History } from "../history.fixture.ts";
import { readOwnWork } from "./own-work.ts";

const history = new History();
const start = history.make("Start\n", { files: { a: "1" } });
const one = history.make("One\n", { parents: [start], files: { b: "1" } });
const two = history.make("Two\n", { parents: [start], files: { c: "1" } });

async function workOf(oid: typeof start, lines = false) {
  const { commit, changes } = await history.read(oid);
  return readOwnWork(history, commit, changes, { lines });
}

const pathsIn = (changes: readonly { readonly path: Uint8Array }[]) =>
  changes.map(({ path }) => String(Buffer.from(path)));

it("a plain commit does all that it changes", async () => {
  for (const oid of [start, one]) {
    const { changes, own, mechanical } = await workOf(oid);
    expect(own).toBe(changes);
    expect(mechanical).toBe(false);
  }
});

it("a merge does what its parents do not bring", async () => {
  const plain = await workOf(history.make("Merge\n", { parents: [one, two], files: { c: "1" } }));
  expect([pathsIn(plain.changes), pathsIn(plain.own), plain.mechanical]).toEqual([["c"], [], true]);
  const doing = await workOf(history.make("Merge\n", { parents: [one, two], files: { c: "1", d: "1" } }));
  expect([pathsIn(doing.changes), pathsIn(doing.own), doing.mechanical]).toEqual([["c", "d"], ["d"], false]);
});

it("lines are counted where they are asked for", async () => {
  const merge = history.make("Merge\n", { parents: [one, two], files: { c: "1", d: "1" } });
  expect((await workOf(merge)).own[0]).not.toHaveProperty("lines");
  expect((await workOf(merge, true)).own[0]?.lines).toEqual({ added: 1, deleted: 1 });
});
