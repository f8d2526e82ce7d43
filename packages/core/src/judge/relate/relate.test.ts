import { describe, expect, it } from "vitest";
import type { ObjectId } from "../../object/oid.ts";
import { ask, written } from "../decide/case.fixture.ts";
import { AI, History, headFor, LEDGER, ledgerOf } from "../history.fixture.ts";
import { readClaims } from "./read-claims.ts";
import { findDefects, type RelatedRange, relate } from "./relate.ts";
import { NO_RELATIONS } from "./relations.ts";
import { signedClaims } from "./signed-claim.ts";

/** `main`, and a commit that Ada signed for it. */
async function signedWork(base: "start" | "nothing" = "start") {
  const history = new History();
  const policy = history.policy(`ledger: ${LEDGER}\n`);
  const start = history.make("Start\n", { files: { z: "1" } });
  const work = await history.cosign(
    AI,
    { parents: [start], files: { a: "1\n" } },
    { policy, base: base === "start" ? start : undefined },
  );
  return { history, policy, start, work };
}

type World = Pick<Awaited<ReturnType<typeof signedWork>>, "history" | "policy">;

/** What keeps the signatures of a commit from counting. */
async function defectsOf({ history, policy }: World, oid: ObjectId, range: Partial<RelatedRange>) {
  const { stood } = range;
  const place = { branch: "main", stood, tips: [oid], judged: stood ? [stood] : [], ...range };
  const signed = signedClaims(await readClaims(history, policy, place, oid));
  expect(signed.length).toBeGreaterThan(0);
  return [...(await findDefects(history, policy, place, signed)).values()];
}

describe("a signature counts", () => {
  it("on top of where the branch stood for its signer", async () => {
    const world = await signedWork();
    expect(await defectsOf(world, world.work, { stood: world.start })).toEqual([]);
  });

  it("for a branch that is created", async () => {
    const world = await signedWork("nothing");
    expect(await defectsOf(world, world.work, { stood: undefined, judged: [world.start] })).toEqual([]);
  });

  it("not for another history of the branch", async () => {
    const world = await signedWork();
    const other = world.history.make("Other\n");
    expect(await defectsOf(world, world.work, { stood: other })).toMatchObject([
      {
        code: "COSIGN_MISMATCH",
        data: { email: "ada@acme.example", line: 4, reason: expect.stringContaining("not in its history") },
      },
    ]);
  });

  it("not once what it approved was taken out again, and says by which commit", async () => {
    const world = await signedWork();
    const { history, work } = world;
    const revert = history.make("Revert\n", { parents: [work], files: { a: null } });
    const again = await history.copy(work, { parents: [revert], files: { a: "1\n" } });
    expect(await defectsOf(world, again, { stood: revert })).toEqual([
      { code: "COSIGN_SPENT", data: { email: "ada@acme.example", other: revert } },
    ]);
  });

  it("not for a branch that is created again, with what was judged before as its beginning", async () => {
    const world = await signedWork("nothing");
    const { history, start, work } = world;
    const revert = history.make("Revert\n", { parents: [work], files: { a: null } });
    const again = await history.copy(work, { parents: [revert], files: { a: "1\n" } });
    expect(await defectsOf(world, again, { judged: [start] })).toMatchObject([{ code: "COSIGN_SPENT" }]);
    expect(await defectsOf(world, again, { judged: [revert] })).toEqual([]);
  });
});

describe("what was signed as a whole branch", () => {
  async function branch() {
    const { history, policy, start } = await signedWork();
    const one = history.make(AI, { parents: [start], files: { a: "1\n" } });
    const two = history.make(AI, { parents: [one], files: { b: "1\n" } });
    const three = history.make("Anything\n", { parents: [two], files: { c: "1\n" } });
    const parts = [await history.part(one, policy), await history.part(two, policy)];
    const whole = {
      changes: await history.changesOf(two, start),
      block: { commits: 2, parents: 1, otherParents: [], authors: ["bob@acme.example"] },
    };
    const squash = history.make(AI, { parents: [start], filesOf: two });
    const sum = await history.part(squash, policy);
    history.addParts([...parts, { ...sum, block: { ...sum.block, ...whole.block } }], { head: headFor(start) });
    return { history, policy, start, one, two, three, squash, ledger: ledgerOf(history, policy) };
  }

  it("counts where all of it lands", async () => {
    const world = await branch();
    const { start: stood, one, two, squash, ledger } = world;
    expect(await defectsOf(world, one, { stood, tips: [two], ledger })).toEqual([]);
    expect(await defectsOf(world, squash, { stood, ledger })).toEqual([]);
  });

  it("does not count for a part of it, and names what is missing", async () => {
    const world = await branch();
    const { start: stood, one, ledger } = world;
    expect(await defectsOf(world, one, { stood, ledger })).toMatchObject([
      { code: "COSIGN_INCOMPLETE", data: { email: "ada@acme.example", block: 1, paths: ["b"] } },
    ]);
  });

  it("counts where the rest came later, by a tip that has it; and not where none has", async () => {
    const world = await branch();
    const { history, start: stood, one, two, three, ledger } = world;
    expect(await defectsOf(world, one, { stood, ledger, later: [two] })).toEqual([]);
    expect(await defectsOf(world, one, { stood, ledger, later: [three] })).toEqual([]);
    const other = history.make("Other\n", { parents: [one], files: { d: "1" } });
    expect(await defectsOf(world, one, { stood, ledger, later: [other, two] })).toEqual([]);
    expect(await defectsOf(world, one, { stood, ledger, later: [other] })).toMatchObject([
      { code: "COSIGN_INCOMPLETE" },
    ]);
  });

  it("is not looked at again where it is known what it lacks", async () => {
    const world = await branch();
    const { start: stood, one, ledger } = world;
    expect(await defectsOf(world, one, { stood, ledger, incomplete: new Map() })).toEqual([]);
  });
});

it("a case is related to what keeps its co-signs from counting, and to the co-signs of merges", async () => {
  const { history, policy, start, work } = await signedWork();
  const side = history.make(AI, { parents: [start], files: { b: "1" } });
  const merge = await history.cosign(
    "Merge\n\nAssisted-by: Kiro:x\n",
    { parents: [work, side], files: { b: "1" } },
    { policy, base: start },
  );
  const links = new Map([
    [work, [start]],
    [side, [start]],
    [merge, [work, side]],
  ]);
  const claims = await readClaims(history, policy, { branch: "main" }, work);
  const byMerge = ask({ coverage: "merge" });
  const cases = [written({ commit: work, claims }), written({ commit: side, asks: [byMerge] })];
  const range = { branch: "main", tips: [merge], stood: start, judged: [start], links };
  const relations = await relate(history, policy, range, cases);
  expect(relations.vouchersOf(work)).toEqual([]);
  expect(relations.vouchersOf(side)).toMatchObject([{ bearer: merge, email: "ada@acme.example" }]);
  const signatures = [...claims, ...relations.vouchersOf(side)].flatMap((each) => signedClaims([each]));
  expect(signatures).toHaveLength(2);
  for (const { signature } of signatures) expect(relations.defectOf(signature)).toBeUndefined();
  const elsewhere = await relate(history, policy, { ...range, stood: side }, cases);
  const all = [...claims, ...elsewhere.vouchersOf(side)].flatMap((each) => signedClaims([each]));
  expect(all.map(({ signature }) => elsewhere.defectOf(signature)?.code)).toEqual([undefined, undefined]);
  const foreign = await relate(history, policy, { ...range, stood: history.make("Other\n") }, cases);
  const both = [...claims, ...foreign.vouchersOf(side)].flatMap((each) => signedClaims([each]));
  expect(both.map(({ signature }) => foreign.defectOf(signature)?.code)).toEqual([
    "COSIGN_MISMATCH",
    "COSIGN_MISMATCH",
  ]);
});

it("of a commit that stands alone no other one says anything", () => {
  expect(NO_RELATIONS.defectOf({ id: "a", time: 0, proof: "signed" })).toBeUndefined();
  expect(NO_RELATIONS.vouchersOf("c".repeat(40) as ObjectId)).toEqual([]);
});
