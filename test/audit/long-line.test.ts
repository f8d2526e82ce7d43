import { CountersignError, type ObjectId } from "@countersign/core";
import { type ListedCommit, readLine } from "@countersign/core/internal";
import { expect, it } from "vitest";
import type { World } from "../landings/world.ts";
import { openAuditWorld } from "./audit-world.ts";

const PULL = "Merge branch 'main' of https://forge.example/acme/payments\n";

/** A list of first parents as git gives it, which counts how often it is begun and what is taken from it. */
class CountingList {
  readonly #world: World;
  begun = 0;
  taken = 0;

  constructor(world: World) {
    this.#world = world;
  }

  async *from(oid: ObjectId): AsyncGenerator<ListedCommit> {
    this.begun += 1;
    for (let next: ObjectId | undefined = oid; next !== undefined; ) {
      const parents = this.#world.repository.parentsOf(next);
      this.taken += 1;
      yield { oid: next, parents, time: 1_700_000_000 };
      next = parents[0];
    }
  }
}

/** Moves main on, each tenth time by a clone's merge whose first parent is the clone's own work. */
async function grow(w: World, merges: number): Promise<void> {
  for (let number = 0; number < merges; number += 1) {
    const own = w.commit(w.main, { "own.txt": `${number}\n` }, "own\n");
    for (let at = 0; at < 9; at += 1) w.main = w.commit(w.main, { "a.txt": `${number} ${at}\n` }, "work\n");
    w.main = await w.merge(own, w.main, {}, { message: PULL });
  }
}

async function commitsOf(w: World, list: CountingList | undefined, end?: ObjectId): Promise<readonly ObjectId[]> {
  const source = { branch: "main", project: "acme/payments", ...(list && { list: (oid: ObjectId) => list.from(oid) }) };
  return (await readLine(w.repository, w.main, source, end)).slice(0).map(({ commit }) => commit);
}

it("a line that hundreds of merges lead away from is not listed again at each of them", async () => {
  const w = openAuditWorld();
  await grow(w, 200);
  const list = new CountingList(w);
  const line = await commitsOf(w, list);
  expect(line).toEqual(await commitsOf(w, undefined));
  expect(line.length).toBeGreaterThan(2_000);
  expect(list.begun).toBeLessThan(line.length / 100 + 2);
  expect(list.taken).toBeLessThan(line.length + 2 * list.begun);
});

it("a line that nothing leads away from is listed once", async () => {
  const w = openAuditWorld();
  for (let at = 0; at < 500; at += 1) w.main = w.commit(w.main, { "a.txt": `${at}\n` }, "work\n");
  const list = new CountingList(w);
  const line = await commitsOf(w, list);
  expect([line.length, list.begun, list.taken]).toEqual([502, 1, 502]);
});

it("it ends where it is to end, also where what is behind that cannot be listed", async () => {
  const w = openAuditWorld();
  const end = w.main;
  await grow(w, 3);
  const whole = await commitsOf(w, undefined, end);
  expect(whole[0]).toBe(end);
  expect(await commitsOf(w, new CountingList(w), end)).toEqual(whole);
  const cut = new CountingList(w);
  cut.from = async function* (oid) {
    for await (const listed of CountingList.prototype.from.call(cut, oid)) {
      if (listed.oid === end) throw new CountersignError("HISTORY_SHALLOW", {});
      yield listed;
    }
  };
  expect(await commitsOf(w, cut, end)).toEqual(whole);
});
