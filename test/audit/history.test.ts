import type { ObjectId } from "@countersign/core";
import type { Audit, AuditCache } from "@countersign/core/internal";
import { formatAuditReport, PLAIN } from "@countersign/report";
import { expect, it } from "vitest";
import type { Way } from "../landings/history.ts";
import type { World } from "../landings/world.ts";
import { auditWorld, foundIn, openAuditWorld } from "./audit-world.ts";

const LANDINGS = 2000;
const BYPASSES = 40;
const LOST = 10;
const URGENT = 5;
const REASON = "uploads fail for every customer";
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

/** A cache in memory, whose files can be looked at and damaged. */
class KeptInMemory implements AuditCache {
  readonly version: string;
  readonly files = new Map<string, Uint8Array>();
  hits = 0;

  constructor(version = "1") {
    this.version = version;
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    const file = this.files.get(name);
    if (file) this.hits += 1;
    return file;
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.files.set(name, bytes);
  }
}

/** When all of it is committed, in seconds since 1970. */
const THEN = 1_700_000_000;

/** Lands an agent's commit that could not wait, as Kim has signed it. It was never reviewed. */
async function landUrgent(w: World, number: number): Promise<void> {
  const message = `Fix ${number}\n\nAssisted-by: claude:x\nEmergency: ${REASON}\n`;
  const head = w.commit(w.main, { [`${number % 10}-0.txt`]: `${number}\n` }, message);
  const { now } = w;
  w.now = THEN;
  await w.sign(head, { by: "kim", block: (block) => ({ ...block, emergency: REASON }) });
  w.now = now;
  w.main = await w.button("merge", head);
}

it("of 2,000 landings an audit finds each bypass, each emergency and each squash that lost its marks, and nothing else", async () => {
  const random = numbers(7);
  const w = openAuditWorld({ rest: "emergency: { level: principal, reviewWithin: 3d }\n" });
  const places = new Set<number>();
  // One that is rebased counts for each of its commits.
  while (places.size < BYPASSES + LOST + URGENT) places.add(random(LANDINGS / 2));
  const kinds = new Map(
    [...places].map((place, index) => [place, index < LOST ? "lost" : index < LOST + URGENT ? "urgent" : "bypass"]),
  );
  const expected = new Map<ObjectId, readonly string[]>();
  let landings = 0;
  for (let number = 0; landings < LANDINGS; number += 1) {
    const kind = kinds.get(number) ?? (random(12) === 0 ? "signed" : "by hand");
    if (kind === "urgent") {
      await landUrgent(w, number);
      expected.set(w.main, ["EMERGENCY_UNREVIEWED"]);
      landings += 1;
      continue;
    }
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
  expect(expected.size).toBe(BYPASSES + LOST + URGENT);
  const audited = await auditWorld(w);
  expect(foundIn(audited)).toEqual(expected);
  expect(audited).toMatchObject({ outcome: "deny", landings, unprotected: 0 });

  const told = (each: Audit) =>
    formatAuditReport("json", each, undefined, { version: "1", paint: PLAIN, remedy: undefined });
  const whole = await told(audited);
  const cache = new KeptInMemory();
  expect(await told(await auditWorld(w, { cache }))).toBe(whole);
  // Of the first and the last 500 commits that main stood at not all are landings, or there.
  expect({ kept: cache.files.size, hits: cache.hits }).toEqual({ kept: 3, hits: 0 });
});
