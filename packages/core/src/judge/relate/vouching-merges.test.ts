import { describe, expect, it } from "vitest";
import type { Block } from "../../cosign/lines.ts";
import type { ObjectId } from "../../object/oid.ts";
import { ask, written } from "../decide/case.fixture.ts";
import { AI, History, headFor, LEDGER, ledgerOf } from "../history.fixture.ts";
import type { LedgerClaims } from "../records/ledger-claims.ts";
import { signedClaims } from "./signed-claim.ts";
import { findVouchers } from "./vouching-merges.ts";

const MERGE = "Merge\n\nAssisted-by: Kiro:x\n";

/** A topic of two commits, one of them Eve's, beside `main`. */
function topic() {
  const history = new History();
  const policy = history.policy(`ledger: ${LEDGER}\n`);
  const start = history.make("Start\n", { files: { z: "1" } });
  const main = history.make("Main\n", { parents: [start], files: { m: "1" } });
  const one = history.make(AI, { parents: [start], files: { a: "1" } });
  const two = history.make(AI, { parents: [one], files: { b: "1" }, author: "eve" });
  const merged = { parents: [main, two], files: { a: "1", b: "1" } };
  return { history, policy, start, main, one, two, merged };
}

type World = ReturnType<typeof topic>;

/** What vouches for the commits of the topic, once it is merged. */
async function vouchersOf(
  { history, policy, main, one, two }: World,
  merge: ObjectId,
  {
    ledger,
    stood = main,
    coverage = "merge" as const,
    parents = [main, two],
  }: { ledger?: LedgerClaims; stood?: ObjectId; coverage?: "merge" | "commit"; parents?: readonly ObjectId[] } = {},
) {
  const links = new Map([
    [one, [history.make("Start\n", { files: { z: "1" } })]],
    [two, [one]],
    [merge, parents],
  ]);
  const cases = [one, two, merge].map((commit) => written({ commit, asks: [ask({ coverage })] }));
  return findVouchers(history, policy, { branch: "main", links, stood, ledger }, cases);
}

const bearersIn = (vouchers: Awaited<ReturnType<typeof vouchersOf>>, of: readonly ObjectId[]) =>
  of.map((oid) => (vouchers.get(oid) ?? []).map(({ bearer }) => bearer));

describe("a co-signed merge vouches", () => {
  it("for the commits that it brings in, and not for itself", async () => {
    const world = topic();
    const { history, policy, one, two, main, merged } = world;
    const merge = await history.cosign(MERGE, merged, { policy, base: main });
    const vouchers = await vouchersOf(world, merge);
    expect(bearersIn(vouchers, [one, two, merge])).toEqual([[merge], [merge], []]);
  });

  it("for nothing where each commit needs its own co-sign, and one that is not co-signed for nothing", async () => {
    const world = topic();
    const { history, policy, one, two, main, merged } = world;
    const merge = await history.cosign(MERGE, merged, { policy, base: main });
    expect((await vouchersOf(world, merge, { coverage: "commit" })).size).toBe(0);
    const plain = history.make(MERGE, merged);
    expect(bearersIn(await vouchersOf(world, plain), [one, two, plain])).toEqual([[], [], []]);
  });

  it("where one of several things that are asked is covered by merges, and for the commits alone of which something is asked", async () => {
    const world = topic();
    const { history, policy, start, one, two, main, merged } = world;
    const merge = await history.cosign(MERGE, merged, { policy, base: main });
    const links = new Map([
      [one, [start]],
      [two, [one]],
      [merge, [main, two]],
    ]);
    const cases = [written({ commit: two, asks: [ask({ coverage: "commit" }), ask({ coverage: "merge" })] })];
    const vouchers = await findVouchers(history, policy, { branch: "main", links, stood: main }, cases);
    expect(bearersIn(vouchers, [one, two])).toEqual([[], [merge]]);
  });

  it("not with what its signer took back in the ledger", async () => {
    const world = topic();
    const { history, policy, one, main, merged } = world;
    const merge = await history.cosign(MERGE, merged, { policy, base: main });
    const [signed] = signedClaims((await vouchersOf(world, merge)).get(one) ?? []);
    const { block } = await history.part(merge, policy);
    const id = signed?.signature.id ?? "";
    history.withdraw(`${block.paths.slice(0, 2)}/${block.paths.slice(2)}/${id}-1`, id, { head: headFor(undefined) });
    const vouchers = await vouchersOf(world, merge, { ledger: ledgerOf(history, policy) });
    expect(vouchers.get(one)).toMatchObject([{ signatures: [{ result: { code: "COSIGN_WITHDRAWN" } }] }]);
  });
});

describe("a record of a merge vouches", () => {
  async function recorded(more: Partial<Block>, parents?: (world: World) => readonly ObjectId[]) {
    const world = topic();
    const { history, policy, main, merged } = world;
    const of = parents?.(world) ?? merged.parents;
    const merge = history.make(MERGE, { ...merged, parents: of, filesOf: main });
    const { block, changes } = await history.part(merge, policy);
    history.addParts([{ block: { ...block, ...more }, changes }], { head: headFor(main) });
    return { world, merge, ledger: ledgerOf(history, policy), parents: of };
  }
  const WHOLE = { commits: 2, parents: 1, otherParents: [], own: undefined };
  const authorsIn = (vouchers: Awaited<ReturnType<typeof vouchersOf>>, oid: ObjectId) =>
    signedClaims(vouchers.get(oid) ?? []).map(({ approval }) => [...approval.authors.keys()].sort());

  it("of the branch that it brings in, as the work of all who made that", async () => {
    const { world, merge, ledger } = await recorded(WHOLE);
    const vouchers = await vouchersOf(world, merge, { ledger });
    expect(bearersIn(vouchers, [world.one, world.two, merge])).toEqual([[merge], [merge], []]);
    expect(authorsIn(vouchers, world.one)).toEqual([["bob@acme.example", "eve@acme.example"]]);
  });

  it("of a branch that began where `main` stood, and for no commit of which nothing is asked", async () => {
    const { world, merge, ledger } = await recorded(WHOLE);
    const vouchers = await vouchersOf(world, merge, { ledger, stood: world.start });
    expect(bearersIn(vouchers, [world.one, world.two])).toEqual([[merge], [merge]]);
    const { history, policy, start, main, one, two } = world;
    const links = new Map([
      [one, [start]],
      [two, [one]],
      [merge, [main, two]],
    ]);
    const cases = [written({ commit: two, asks: [ask({ coverage: "merge" })] })];
    const found = await findVouchers(history, policy, { branch: "main", links, stood: main, ledger }, cases);
    expect(bearersIn(found, [one, two])).toEqual([[], [merge]]);
  });

  it("of the merge itself, as the work of whom its block names", async () => {
    const { world, merge, ledger } = await recorded({});
    const vouchers = await vouchersOf(world, merge, { ledger });
    expect(bearersIn(vouchers, [world.one, world.two, merge])).toEqual([[merge], [merge], []]);
    expect(authorsIn(vouchers, world.one)).toEqual([["bob@acme.example"]]);
  });

  it("not of a branch where the merge has `main` by another parent than the first: its change is not the topic's", async () => {
    const swapped = ({ main, two }: World) => [two, main];
    for (const [more, found] of [
      [WHOLE, 0],
      [{}, 1],
    ] as const) {
      const { world, merge, ledger, parents } = await recorded(more, swapped);
      const { history, policy, start, main, one, two } = world;
      const links = new Map([
        [main, [start]],
        [one, [start]],
        [two, [one]],
        [merge, parents],
      ]);
      const cases = [written({ commit: main, asks: [ask({ coverage: "merge" })] })];
      const vouchers = await findVouchers(history, policy, { branch: "main", links, stood: main, ledger }, cases);
      expect(vouchers.get(main)).toHaveLength(found);
      const unborn = await findVouchers(history, policy, { branch: "main", links, stood: undefined, ledger }, cases);
      expect(unborn.get(main)).toHaveLength(1);
      const elsewhere = await findVouchers(
        history,
        policy,
        { branch: "main", links, stood: history.make("Other\n"), ledger },
        cases,
      );
      expect(elsewhere.get(main)).toHaveLength(1);
    }
  });
});
