import type { ObjectId } from "@countersign/core";
import { expect, it } from "vitest";
import type { Way } from "../landings/history.ts";
import type { World } from "../landings/world.ts";
import { auditWorld, foundIn, openAuditWorld } from "./audit-world.ts";

const LANDINGS = 2000;
const BYPASSES = 40;
const LOST = 10;
const WAYS: readonly Way[] = ["squash", "merge", "rebase"];

/** Numbers below `end`, the same ones for the same seed. */
function numbers(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

/** Work on a few files, of an agent or a person. */
function work(w: World, number: number, commits: number, ai: boolean): ObjectId {
  let head = w.main;
  for (let step = 0; step < commits; step += 1) {
    head = w.commit(head, { [`${number % 10}-${step}.txt`]: `${number}\n` }, `Work ${number}\n`, { ai });
  }
  return head;
}

it("of 2,000 landings an audit finds each bypass and each squash that lost its marks, and nothing else", async () => {
  const random = numbers(7);
  const w = openAuditWorld();
  const places = new Set<number>();
  // One that is rebased counts for each of its commits.
  while (places.size < BYPASSES + LOST) places.add(random(LANDINGS / 2));
  const kinds = new Map([...places].map((place, index) => [place, index < LOST ? "lost" : "bypass"]));
  const expected = new Map<ObjectId, readonly string[]>();
  let landings = 0;
  for (let number = 0; landings < LANDINGS; number += 1) {
    const kind = kinds.get(number) ?? (random(12) === 0 ? "signed" : "by hand");
    const way = WAYS[random(WAYS.length)] ?? "merge";
    const commits = kind === "bypass" && way === "rebase" ? 1 : 1 + random(3);
    const head = work(w, number, commits, kind !== "by hand");
    if (kind === "signed" || kind === "lost") await w.sign(head);
    const before = w.main;
    if (kind === "lost") w.main = await w.button("squash", head, { message: `Title (#${number})\n` });
    else w.main = await w.button(way, head);
    if (kind === "bypass") expected.set(w.main, ["COSIGN_MISSING"]);
    if (kind === "lost") expected.set(w.main, ["MARKS_LOST"]);
    landings += way === "rebase" && kind !== "lost" ? w.since(before, w.main).length : 1;
  }
  expect(expected.size).toBe(BYPASSES + LOST);
  const audited = await auditWorld(w);
  expect(foundIn(audited)).toEqual(expected);
  expect(audited).toMatchObject({ outcome: "deny", landings, unprotected: 0 });
});
