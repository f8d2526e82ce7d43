import { describe, expect, it } from "vitest";
import type { ObjectId } from "../../../object/oid.ts";
import { AI, History, headFor, LEDGER, ledgerOf } from "../../history.fixture.ts";
import { readClaims } from "../read-claims.ts";
import { signedClaims } from "../signed-claim.ts";
import { readSince } from "../since.ts";
import { findSpent } from "./spent.ts";

const LINES = "one() {\n  1\n}\n\ntwo() {\n  2\n}\n";
const WITH = LINES.replace("  1\n", "  1\n  new\n");

/** `main` with a commit that Ada signed, which has landed. */
async function landed(before = LINES, after: string | null = WITH) {
  const history = new History();
  const policy = history.policy(`ledger: ${LEDGER}\n`);
  const start = history.make("Start\n", { files: { a: before, z: "1" } });
  const sign = (made: Parameters<History["make"]>[1], as: object = {}) =>
    history.cosign(AI, made ?? {}, { policy, base: start, ...as });
  const work = await sign({ parents: [start], files: { a: after } });
  return { history, policy, start, work, sign, after };
}

type World = Awaited<ReturnType<typeof landed>>;

/** Which commit has used the co-sign of one up that is to land on top of where the branch stood. */
async function spentBy(
  { history, policy, start }: World,
  of: ObjectId,
  stood: ObjectId | undefined,
  { tip = of, ledger = false, exclude = [start] } = {},
) {
  const place = { branch: "main", ...(ledger ? { ledger: ledgerOf(history, policy) } : {}) };
  const claimsOf = async (oid: ObjectId) => signedClaims(await readClaims(history, policy, place, oid));
  const since = await readSince(history, { tips: [tip], exclude });
  const signed = await claimsOf(of);
  expect(signed.length).toBeGreaterThan(0);
  const spent = await findSpent(history, { tips: [tip], stood, exclude, since, claimsOf }, signed);
  return [...new Set(spent.values())];
}

describe("a co-sign is used up", () => {
  it("by the commit that reverts what it was given to", async () => {
    const world = await landed();
    const { history, work } = world;
    const revert = history.make("Revert\n", { parents: [work], files: { a: LINES } });
    const later = history.make("Later\n", { parents: [revert], files: { z: "2" } });
    const again = await history.copy(work, { parents: [later], files: { a: WITH } });
    expect(await spentBy(world, again, later)).toEqual([revert]);
  });

  it("by the first of several commits that take something out", async () => {
    const world = await landed();
    const { history, work } = world;
    const revert = history.make("Revert\n", { parents: [work], files: { a: LINES } });
    const redo = history.make("Redo\n", { parents: [revert], files: { a: WITH } });
    const twice = history.make("Revert again\n", { parents: [redo], files: { a: LINES } });
    const again = await history.copy(work, { parents: [twice], files: { a: WITH } });
    expect(await spentBy(world, again, twice)).toEqual([revert]);
  });

  it("by one that deletes the file, and by one that takes a part out", async () => {
    const world = await landed(LINES, `${WITH}\nthree() {\n  3\n}\n`);
    const { history, work, after } = world;
    const part = history.make("Less\n", { parents: [work], files: { a: WITH } });
    const gone = history.make("Gone\n", { parents: [part], files: { a: null } });
    const back = history.make("Back\n", { parents: [gone], files: { a: LINES } });
    const again = await history.copy(work, { parents: [back], files: { a: after } });
    expect(await spentBy(world, again, back)).toEqual([part]);
  });

  it("by a merge that lets go of it", async () => {
    const world = await landed();
    const { history, start, work } = world;
    const side = history.make("Side\n", { parents: [start], files: { z: "2" } });
    const merge = history.make("Merge\n", { parents: [work, side], files: { a: LINES, z: "2" } });
    const again = await history.copy(work, { parents: [merge], files: { a: WITH } });
    expect(await spentBy(world, again, merge)).toEqual([merge]);
  });

  it("where the branch was created since", async () => {
    const world = await landed();
    const { history, work } = world;
    const revert = history.make("Revert\n", { parents: [work], files: { a: LINES } });
    const again = await history.copy(work, { parents: [revert], files: { a: WITH } });
    expect(await spentBy(world, again, undefined)).toEqual([revert]);
  });

  it("at whichever of its paths", async () => {
    const world = await landed();
    const { history, start } = world;
    const other = await world.sign({ parents: [start], files: { a: WITH, z: "2" } });
    const back = history.make("Less\n", { parents: [other], files: { z: "1" } });
    const side = await history.copy(other, { parents: [start], files: { a: WITH, z: "2" }, date: 1_800_000_009 });
    const merge = history.make("Merge\n", { parents: [back, side], files: { z: "2" } });
    expect(await spentBy(world, side, back, { tip: merge })).toEqual([back]);
  });

  it("where the branch is moved to another history", async () => {
    const world = await landed();
    const { history, start, work } = world;
    const revert = history.make("Revert\n", { parents: [work], files: { a: LINES } });
    const again = await history.copy(work, { parents: [revert], files: { a: WITH } });
    const elsewhere = history.make("Elsewhere\n", { parents: [start], files: { z: "3" } });
    expect(await spentBy(world, again, elsewhere)).toEqual([revert]);
  });

  it("where what it approves was in the base, and went since", async () => {
    const history = new History();
    const policy = history.policy();
    const root = history.make("Root\n", { files: { a: LINES } });
    const start = history.make("Start\n", { parents: [root], files: { a: WITH } });
    const revert = history.make("Revert\n", { parents: [start], files: { a: LINES } });
    const again = await history.cosign(AI, { parents: [revert], files: { a: WITH } }, { policy, base: start });
    const world = { history, policy, start } as World;
    expect(await spentBy(world, again, revert)).toEqual([revert]);
  });
});

describe("a co-sign is not used up", () => {
  it("where nothing else came since", async () => {
    const world = await landed();
    expect(await spentBy(world, world.work, world.start)).toEqual([]);
  });

  it("by what happens to other paths, or to other lines of its own", async () => {
    const world = await landed();
    const { history, start } = world;
    const other = history.make("Other\n", { parents: [start], files: { z: null } });
    const lines = LINES.replace("  2\n", "  22\n");
    const beside = history.make("Beside\n", { parents: [other], files: { a: lines } });
    const late = await world.sign({ parents: [beside], files: { a: lines.replace("  1\n", "  1\n  new\n") } });
    expect(await spentBy(world, late, beside)).toEqual([]);
  });

  it("by what comes behind it", async () => {
    const world = await landed();
    const { history, start, work } = world;
    const side = history.make("Side\n", { parents: [start], files: { z: "2" } });
    const revert = history.make("Revert\n", { parents: [work], files: { a: LINES } });
    const merge = history.make("Merge\n", { parents: [revert, side], files: { z: "2" } });
    expect(await spentBy(world, work, start, { tip: merge })).toEqual([]);
  });

  it("by what was taken out where it had not been put in since", async () => {
    const history = new History();
    const policy = history.policy();
    const root = history.make("Root\n", { files: { a: WITH } });
    const start = history.make("Start\n", { parents: [root], files: { a: LINES } });
    const beside = history.make("Beside\n", { parents: [root], files: { a: WITH.replace("  2\n", "  22\n") } });
    const lines = LINES.replace("  2\n", "  22\n");
    const side = history.make("Take it out too\n", { parents: [beside], files: { a: lines } });
    const merge = history.make("Merge\n", { parents: [start, side], files: { a: lines } });
    const files = { a: WITH.replace("  2\n", "  22\n") };
    const work = await history.cosign(AI, { parents: [merge], files }, { policy, base: start });
    expect(await spentBy({ history, policy, start } as World, work, start)).toEqual([]);
  });

  it("where the landing that brings the commit leaves its paths as they were", async () => {
    const world = await landed();
    const { history, start, work } = world;
    const revert = history.make("Revert\n", { parents: [work], files: { a: LINES } });
    const side = await history.copy(work, { parents: [start], files: { a: WITH, y: "1" } });
    const { changes } = await history.read(side);
    expect(changes).toHaveLength(2);
    const copy = await history.copy(work, { parents: [start], files: { a: WITH }, date: 1_800_000_001 });
    const kept = history.make("Merge\n", { parents: [revert, copy], filesOf: revert });
    expect(await spentBy(world, copy, revert, { tip: kept })).toEqual([]);
    expect(await spentBy(world, copy, undefined, { tip: kept })).toEqual([]);
    const brought = history.make("Merge\n", { parents: [revert, copy], filesOf: copy });
    expect(await spentBy(world, copy, revert, { tip: brought })).toEqual([revert]);
    const behind = history.make("Behind\n", { parents: [kept], files: { a: WITH } });
    expect(await spentBy(world, copy, revert, { tip: behind })).toEqual([]);
    const swapped = history.make("Merge\n", { parents: [copy, revert], filesOf: revert });
    expect(await spentBy(world, copy, revert, { tip: swapped })).toEqual([]);
  });
});

describe("what was signed along with a co-sign does not use it up", () => {
  const twice = (world: World, as: object = {}) => world.sign({ parents: [world.work], files: { a: LINES } }, as);

  it("by the same person, for the same base, at the same time", async () => {
    const world = await landed();
    const { history, work, start } = world;
    const undo = await twice(world);
    const again = await history.copy(work, { parents: [undo], files: { a: WITH } });
    expect(await spentBy(world, again, start)).toEqual([]);
  });

  it.each<[what: string, as: object]>([
    ["another person signed", { by: "eve" }],
    ["was signed at another time", { time: "2026-11-23T11:00:00Z" }],
    ["was signed for another base", { base: "7".repeat(40) as ObjectId }],
  ])("but what %s does", async (_, as) => {
    const world = await landed();
    const { history, work, start } = world;
    const undo = await twice(world, as);
    const again = await history.copy(work, { parents: [undo], files: { a: WITH } });
    expect(await spentBy(world, again, start)).toEqual([undo]);
  });

  it("more often than it was signed", async () => {
    const world = await landed();
    const { history, work, start } = world;
    const record = async (...commits: readonly ObjectId[]) =>
      history.addParts(await Promise.all(commits.map((oid) => history.part(oid, world.policy))), {
        head: headFor(start),
      });
    const plain = await history.make(AI, { parents: [start], files: { a: WITH } });
    const undo = history.make("Undo\n", { parents: [plain], files: { a: LINES } });
    const redo = history.make(AI, { parents: [undo], files: { a: WITH } });
    const undone = history.make("Undo again\n", { parents: [redo], files: { a: LINES } });
    const last = history.make(AI, { parents: [undone], files: { a: WITH } });
    await record(plain, undo);
    expect(await spentBy(world, redo, start, { ledger: true })).toEqual([]);
    expect(await spentBy(world, last, start, { ledger: true })).toEqual([undone]);
    expect(work).toBeDefined();
  });
});

describe("a co-sign for a whole branch", () => {
  /** A topic that tries something and takes it back, and a record of it as a branch. */
  async function topic({ alone = false, last = WITH } = {}) {
    const world = await landed();
    const { history, policy, start } = world;
    const one = history.make(AI, { parents: [start], files: { a: WITH } });
    const undo = history.make("Undo\n", { parents: [one], files: { a: LINES } });
    const two = history.make(AI, { parents: [undo], files: { a: last, b: "1" } });
    const merged = { parents: [start, two], filesOf: two, files: { a: WITH } };
    const merge = history.make("Merge\n\nAssisted-by: Kiro:x\n", merged);
    const own = await history.part(merge, policy);
    const whole = { ...own, block: { ...own.block, commits: 3, parents: 1, otherParents: [], own: undefined } };
    const parts = await Promise.all([one, undo, two].map((oid) => history.part(oid, policy)));
    history.addParts(alone ? [whole] : [...parts, whole], { head: headFor(start) });
    return { ...world, one, undo, two, merge };
  }

  async function spentByMerge(world: Awaited<ReturnType<typeof topic>>, merge: ObjectId, stood: ObjectId) {
    const { history, policy, start } = world;
    const ledger = ledgerOf(history, policy);
    const claimsOf = async (oid: ObjectId) =>
      signedClaims(await readClaims(history, policy, { branch: "main", ledger }, oid));
    const since = await readSince(history, { tips: [merge], exclude: [start] });
    const signed = signedClaims(await ledger.vouchingOf(await history.read(merge)));
    expect(signed).toHaveLength(1);
    return [
      ...(await findSpent(history, { tips: [merge], stood, exclude: [start], since, claimsOf }, signed)).values(),
    ];
  }

  it("is not used up by the branch's own commits", async () => {
    const world = await topic();
    expect(await spentByMerge(world, world.merge, world.start)).toEqual([]);
  });

  it("is not used up by them, though nobody signed them by themselves", async () => {
    const world = await topic({ alone: true });
    expect(await spentByMerge(world, world.merge, world.start)).toEqual([]);
  });

  it("is used up by those of them that were there already, by whichever parent", async () => {
    const world = await topic({ alone: true, last: LINES });
    expect(await spentByMerge(world, world.merge, world.start)).toEqual([]);
    expect(await spentByMerge(world, world.merge, world.undo)).toEqual([world.undo]);
  });

  it("is used up by those that were there already", async () => {
    const world = await topic();
    const { history, undo, two } = world;
    const again = history.make("Merge\n\nAssisted-by: Kiro:x\n", { parents: [undo, two], filesOf: two });
    const since = await history.part(again, world.policy);
    expect(since.changes).toHaveLength(2);
    expect(await spentByMerge(world, again, undo)).toEqual([undo]);
  });

  it("along with its commits speaks for those that come at once", async () => {
    const world = await topic();
    const { two, undo, start, merge } = world;
    expect(await spentBy(world, two, start, { tip: merge, ledger: true })).toEqual([]);
    expect(await spentBy(world, two, undo, { tip: two, ledger: true })).toEqual([undo]);
  });
});
