import type { ObjectId } from "@countersign/core";
import type { Audit, AuditCache } from "@countersign/core/internal";
import { formatAuditReport, PLAIN } from "@countersign/report";
import { beforeEach, describe, expect, it } from "vitest";
import type { World } from "../landings/world.ts";
import { auditWorld, foundIn, openAuditWorld } from "./audit-world.ts";

/** Two windows that are whole, the first of which begins a landing late, and the beginning of another. */
const LANDINGS = 1_600;
const BYPASSES = new Set([3, 700, 701, 1_200, 1_599]);

/** A cache in memory, whose files can be looked at and damaged. */
class KeptInMemory implements AuditCache {
  readonly version: string;
  readonly files: Map<string, Uint8Array>;
  hits = 0;

  constructor(version = "1", files = new Map<string, Uint8Array>()) {
    this.version = version;
    this.files = files;
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

function print(audit: Audit): Promise<string> {
  return formatAuditReport("json", audit, undefined, { version: "1", paint: PLAIN, remedy: undefined });
}

function land(w: World, number: number, ai: boolean): ObjectId {
  w.main = w.commit(w.main, { [`${number % 10}.txt`]: `${number}\n` }, `Work ${number}\n`, { ai });
  return w.main;
}

describe("what an audit has kept of old landings", () => {
  let w: World;
  let whole: string;
  let cache: KeptInMemory;
  const line: ObjectId[] = [];

  beforeEach(async () => {
    if (line.length > 0) return;
    w = openAuditWorld();
    for (let number = 0; number < LANDINGS; number += 1) line.push(land(w, number, BYPASSES.has(number)));
    const audit = await auditWorld(w);
    expect([...foundIn(audit).keys()]).toEqual([...BYPASSES].map((number) => line[number]));
    whole = await print(audit);
    cache = new KeptInMemory();
    expect(await print(await auditWorld(w, { cache }))).toBe(whole);
    expect(cache.files.size).toBeGreaterThan(1);
    expect(cache.hits).toBe(0);
  });

  it("is used by the next one, which finds the same", async () => {
    const again = new KeptInMemory("1", new Map(cache.files));
    expect(await print(await auditWorld(w, { cache: again }))).toBe(whole);
    expect(again.hits).toBe(cache.files.size);
  });

  it.each<readonly [string, (bytes: Uint8Array, others: readonly Uint8Array[]) => Uint8Array]>([
    ["was changed", (bytes) => Buffer.from(Buffer.from(bytes).toString().replaceAll("-1", "1"))],
    ["was cut", (bytes) => bytes.subarray(0, 70)],
    ["is empty", () => new Uint8Array()],
    ["is of other landings", (bytes, others) => others.find((other) => other !== bytes) ?? bytes],
    ["is something else", () => Buffer.from("what is this\n")],
  ])("is not believed where it %s, and kept again", async (_, damage) => {
    const others = [...cache.files.values()];
    const damaged = new Map([...cache.files].map(([name, bytes]) => [name, damage(bytes, others)]));
    const again = new KeptInMemory("1", damaged);
    expect(await print(await auditWorld(w, { cache: again }))).toBe(whole);
    expect([...again.files]).toEqual([...cache.files]);
  });

  it("is not used by another version of the program", async () => {
    const other = new KeptInMemory("2", new Map(cache.files));
    expect(await print(await auditWorld(w, { cache: other }))).toBe(whole);
    expect(other.hits).toBe(0);
  });

  it("serves what a rewritten branch still has of it, and nothing else", async () => {
    const before = w.main;
    w.main = line[1_150] as ObjectId;
    const bypass = land(w, 9_999, true);
    const again = new KeptInMemory("1", new Map(cache.files));
    const rewritten = await auditWorld(w, { cache: again });
    expect([...foundIn(rewritten).keys()]).toEqual([line[3], line[700], line[701], bypass]);
    expect(again.hits).toBeGreaterThan(0);
    expect(again.hits).toBeLessThan(cache.files.size);
    expect(await print(rewritten)).toBe(await print(await auditWorld(w)));
    w.main = before;
  });
});
