import { describe, expect, it } from "vitest";
import { CountersignError } from "../error.ts";
import { type ObjectId, zeroOid } from "../object/oid.ts";
import { branchRef } from "../ref.ts";
import { AI, destinationOf, History, headFor, LEDGER, type Made, POLICY_FILE, TYPED } from "./history.fixture.ts";
import { attemptInto, judgeLanding } from "./judge-landing.ts";
import { plan } from "./plan.ts";
import type { Push } from "./push.ts";

const DECLARED = "cosign: { proof: declared }\n";
/** A day after everything in a ledger here was signed. */
const NOW = Date.parse("2026-11-24T10:00:00Z") / 1000;

/** A history whose `main` has a policy. */
class World {
  readonly history = new History();
  readonly more: string;
  readonly start: ObjectId;

  constructor(more = DECLARED) {
    this.more = more;
    this.start = this.history.make("Start\n", { files: { [POLICY_FILE]: this.history.policyText(more), z: "1" } });
  }

  get policy() {
    return this.history.policy(this.more);
  }

  make(message: string, made: Made): ObjectId {
    return this.history.make(message, made);
  }

  async judge(
    tip: ObjectId,
    {
      stood = this.start,
      branch = "main",
      also,
      repository = this.history,
      destination,
      ...rest
    }: Partial<Push> & { stood?: ObjectId | null; branch?: string; also?: ObjectId; repository?: History } = {},
  ) {
    const entry = { path: POLICY_FILE, mode: "100644", oid: this.history.blobId(this.history.policyText(this.more)) };
    const policy = { policy: this.policy, ref: "refs/heads/main", commit: this.start, entry };
    const update = { ref: branchRef(branch), old: stood ?? zeroOid("sha1"), new: tip };
    const push = {
      updates: [update],
      destination: destination ?? destinationOf({ main: this.start }),
      policy,
      now: NOW,
      ...rest,
    };
    const [landing] = (await plan(this.history, push)).updates;
    if (!landing || !("tip" in landing)) throw new Error("it is a landing");
    return judgeLanding(repository, push, landing, also);
  }
}

const codesIn = ({ violations, judged, faults }: Awaited<ReturnType<World["judge"]>>) => [
  ...faults.map(({ code }) => code),
  ...violations.map(({ code }) => code),
  ...judged.flatMap((verdict) => verdict.violations.map(({ code }) => code)),
];

describe("the verdict over a landing", () => {
  it("holds what it brings and what was asked of it", async () => {
    const world = new World();
    const plain = world.make("Work\n", { parents: [world.start], files: { a: "1" } });
    const work = world.make(AI, { parents: [plain], files: { a: "2" } });
    const verdict = await world.judge(work);
    expect(verdict).toMatchObject({ branch: "main", mode: "enforce", commits: 2, assisted: 1, faults: [] });
    expect(verdict.judged.map(({ commit }) => commit)).toEqual([work]);
    expect(codesIn(verdict)).toEqual(["COSIGN_MISSING"]);
    const typed = world.make(TYPED, { parents: [plain], files: { a: "2" } });
    expect(codesIn(await world.judge(typed))).toEqual([]);
  });

  it("holds one that is wanted, whatever is asked of it", async () => {
    const world = new World();
    const plain = world.make("Work\n", { parents: [world.start], files: { a: "1" } });
    expect((await world.judge(plain)).judged).toEqual([]);
    expect((await world.judge(plain, { also: plain })).judged).toMatchObject([{ commit: plain, violations: [] }]);
  });

  it("names a commit after which a signature was made that is copied", async () => {
    const world = new World("");
    const one = await world.history.cosign(
      AI,
      { parents: [world.start], files: { a: "1" } },
      { policy: world.policy, base: world.start },
    );
    const copy = await world.history.copy(one, { parents: [one], files: { b: "1" } });
    const verdict = await world.judge(copy);
    const [found] = verdict.judged.flatMap(({ violations }) => violations);
    expect(found).toMatchObject({
      code: "COSIGN_MISMATCH",
      data: { reason: `it was made for commit ${one.slice(0, 12)}` },
    });
  });

  it("takes nothing that landed long ago for new", async () => {
    const world = new World();
    const { history, start } = world;
    const old = world.make(AI, { parents: [start], files: { a: "1" } });
    const stood = world.make("Revert\n", { parents: [old], files: { a: null } });
    const work = world.make("Work\n", { parents: [stood], files: { b: "1" } });
    const listing = Object.assign(new History(), {
      objects: history.objects,
      commits: async function* () {
        for (const oid of [work, old]) yield await history.commit(oid);
      },
    });
    expect(await world.judge(work, { stood, repository: listing })).toMatchObject({
      commits: 1,
      assisted: 0,
      judged: [],
    });
  });
});

describe("history that was there", () => {
  it("is not rewritten by what builds on it, by the same tip or by a merge", async () => {
    const world = new World();
    const { start } = world;
    const work = world.make("Work\n", { parents: [start], files: { a: "1" } });
    const two = world.make("Two\n", { parents: [work], files: { a: "2" } });
    const merge = world.make("Merge\n", { parents: [two, start] });
    for (const tip of [start, work, two, merge]) expect(codesIn(await world.judge(tip))).toEqual([]);
  });

  it("is rewritten by what leaves it out, unless that is to be merged", async () => {
    const world = new World();
    const { start } = world;
    const stood = world.make("Stood\n", { parents: [start], files: { a: "1" } });
    const other = world.make("Other\n", { parents: [start], files: { b: "1" } });
    expect((await world.judge(other, { stood })).violations).toEqual([
      { code: "HISTORY_REWRITTEN", data: { old: stood }, rules: [] },
    ]);
    expect(codesIn(await world.judge(other, { stood, merging: true }))).toEqual([]);
    expect(codesIn(await world.judge(start, { stood }))).toEqual(["HISTORY_REWRITTEN"]);
    expect(codesIn(await world.judge(other, { stood: null, destination: destinationOf({}) }))).toEqual([]);
  });

  it("costs no question where the commits themselves say that it stays", async () => {
    const world = new World();
    const { history, start } = world;
    const silent = Object.assign(new History(), {
      objects: history.objects,
      isAncestor: () => {
        throw new Error("nothing is asked");
      },
    });
    const work = world.make("Work\n", { parents: [start], files: { a: "1" } });
    for (const tip of [start, work]) expect(codesIn(await world.judge(tip, { repository: silent }))).toEqual([]);
    expect(codesIn(await world.judge(work, { stood: null, repository: silent }))).toEqual([]);
  });

  it("counts along with the new where both are to be merged", async () => {
    const world = new World("");
    const { history, start, policy } = world;
    const signed = await history.cosign(AI, { parents: [start], files: { a: "1\n" } }, { policy, base: start });
    const revert = world.make("Revert\n", { parents: [signed], files: { a: null } });
    const again = await history.copy(signed, { parents: [start], files: { a: "1\n" }, date: 1_800_000_007 });
    const destination = destinationOf({ main: revert });
    expect(codesIn(await world.judge(again, { stood: revert, merging: true, destination }))).toEqual(["COSIGN_SPENT"]);
    expect(codesIn(await world.judge(again, { stood: start }))).toEqual([]);
  });
});

describe("the policy", () => {
  const protectBoth = `${DECLARED}protect: [{ branches: [main, stable] }]\n`;

  /** A merge by which the older policy of a side line comes back. */
  function rolledBack(world: World, message = "Merge\n") {
    const side = world.history.make("Side\n", {
      files: { [POLICY_FILE]: `${world.history.policyText(world.more)}# old\n`, z: "1" },
    });
    return world.make(message, { parents: [world.start, side], filesOf: side });
  }

  it("is not let go of by a merge without a co-sign", async () => {
    const world = new World(protectBoth);
    expect(codesIn(await world.judge(rolledBack(world)))).toContain("POLICY_CHANGED");
    expect(codesIn(await world.judge(rolledBack(world, `Merge\n\nCo-signed-by: Ada <ada@acme.example>\n`)))).toEqual(
      [],
    );
  });

  it("is not let go of by a merge of a branch that has an older one already, unless that is co-signed", async () => {
    const world = new World(
      `${DECLARED}protect: [{ branches: [main], accepts: [release] }, { branches: [release] }]\n`,
    );
    const { start } = world;
    const old = world.make("Old\n", {
      parents: [start],
      files: { [POLICY_FILE]: `${world.history.policyText(world.more)}# old\n` },
    });
    const destination = destinationOf({ main: start, release: old });
    const merge = (message: string) => world.make(message, { parents: [start, old], filesOf: old });
    const refused = await world.judge(merge("Merge\n"), { destination });
    expect(refused).toMatchObject({ judged: [], violations: [{ code: "POLICY_CHANGED" }] });
    const signed = merge("Merge\n\nCo-signed-by: Ada <ada@acme.example>\n");
    expect(codesIn(await world.judge(signed, { destination }))).toEqual([]);
    const typed = merge("Merge\n\nCo-signed-by: Bob <bob@acme.example>\n");
    expect(codesIn(await world.judge(typed, { destination }))).toEqual(["COSIGN_SELF", "POLICY_CHANGED"]);
  });

  it("may be let go of on a branch that is not the default one, or where it is only tried out", async () => {
    const world = new World(protectBoth);
    const forced = world.history.make("Else\n", { files: { z: "2" } });
    const changed = (parts: object) =>
      world.judge(forced, parts).then(({ violations }) => violations.map(({ code }) => code));
    expect(await changed({})).toEqual(["HISTORY_REWRITTEN", "POLICY_REMOVED"]);
    expect(await changed({ trial: true })).toEqual(["HISTORY_REWRITTEN"]);
    expect(
      await changed({ branch: "stable", destination: destinationOf({ main: world.start, stable: world.start }) }),
    ).toEqual(["HISTORY_REWRITTEN"]);
  });
});

describe("what keeps a part of a landing from being judged", () => {
  it("is a fault, once, beside what else is found", async () => {
    const world = new World();
    const { history, start } = world;
    const work = world.make(AI, { parents: [start], files: { a: "1" } });
    const fault = new CountersignError("HISTORY_SHALLOW", {});
    const failing = Object.assign(new History(), {
      objects: history.objects,
      rootEntries: async () => {
        throw fault;
      },
    });
    expect(codesIn(await world.judge(work, { repository: failing }))).toEqual(["HISTORY_SHALLOW", "COSIGN_MISSING"]);
  });

  it("is all there is where its commits cannot be read", async () => {
    const world = new World();
    const { history, start } = world;
    const work = world.make(AI, { parents: [start], files: { a: "1" } });
    const fault = new CountersignError("HISTORY_SHALLOW", {});
    const failing = Object.assign(new History(), {
      objects: history.objects,
      commits: async function* () {
        yield* [];
        throw fault;
      },
    });
    expect(await world.judge(work, { repository: failing })).toMatchObject({
      branch: "main",
      mode: "enforce",
      commits: 0,
      assisted: 0,
      judged: [],
      violations: [],
      faults: [fault],
    });
  });

  it("is kept with what was not known beforehand, and with doubts about single commits", async () => {
    const world = new World();
    const crowd = AI + Array.from({ length: 101 }, (_, n) => `Co-signed-by: P <p${n}@x>\n`).join("");
    const many = world.make(crowd, { parents: [world.start], files: { a: "1" } });
    expect(codesIn(await world.judge(many, { stood: "9".repeat(40) as ObjectId }))).toEqual([
      "TIP_UNKNOWN",
      "COSIGNS_TOO_MANY",
    ]);
  });

  it("is collected where it is ours, each problem once; another error is thrown", async () => {
    const faults: CountersignError[] = [];
    const attempt = attemptInto(faults);
    const fault = new CountersignError("HISTORY_SHALLOW", {});
    expect(await attempt(Promise.resolve(7))).toBe(7);
    expect(await attempt(Promise.reject(fault))).toBeUndefined();
    expect(await attempt(Promise.reject(new CountersignError("HISTORY_SHALLOW", {})))).toBeUndefined();
    expect(
      await attempt(Promise.reject(new CountersignError("NOT_A_COMMIT", { ref: "r", oid: zeroOid("sha1") }))),
    ).toBeUndefined();
    expect(faults.map(({ code }) => code)).toEqual(["HISTORY_SHALLOW", "NOT_A_COMMIT"]);
    await expect(attempt(Promise.reject(new Error("a defect")))).rejects.toThrow("a defect");
  });
});

describe("a landing of the past", () => {
  /** Work that is co-signed in the ledger at 10:00, and a push of it. */
  async function landed() {
    const world = new World(`ledger: ${LEDGER}\nemergency: { level: senior, reviewWithin: 3d }\n`);
    const { history, start, policy } = world;
    const work = world.make(AI, { parents: [start], files: { a: "1" } });
    history.addParts([await history.part(work, policy)], { head: headFor(start) });
    const destination = destinationOf({ main: start, [LEDGER]: history.commitAll() });
    const signed = Date.parse("2026-11-23T10:00:00Z") / 1000;
    const judge = (past: Push["past"], now: number) =>
      world.judge(work, { destination, now, ...(past && { past }) }).then(codesIn);
    return { judge, signed };
  }

  it("is held against its own time, and a signature is no older than what it was given to", async () => {
    const { judge, signed } = await landed();
    const month = 30 * 86_400;
    expect(await judge(undefined, signed + month)).toEqual([]);
    expect(await judge(undefined, signed + month + 1)).toEqual(["COSIGN_STALE"]);
    expect(await judge(undefined, signed - 301)).toEqual(["COSIGN_STALE"]);
    const past = { by: signed + 10 * month, movedOn: () => undefined, later: [] };
    expect(await judge(past, signed - 86_400)).toEqual([]);
    expect(await judge({ ...past, by: signed - 301 }, signed - 86_400)).toEqual(["COSIGN_STALE"]);
    expect(await judge(past, signed + month + 1)).toEqual(["COSIGN_STALE"]);
  });

  it("counts a remedy as of when it was over", async () => {
    const { judge, signed } = await landed();
    const past = { by: signed + 86_400, movedOn: () => signed - 1, later: [] };
    expect(await judge(past, signed - 60 * 86_400)).toEqual([]);
    expect(await judge({ ...past, by: signed + 31 * 86_400 }, signed)).toEqual(["COSIGN_STALE"]);
  });

  it("does not count an emergency that was signed once the branch had moved on", async () => {
    const world = new World(`ledger: ${LEDGER}\nemergency: { level: senior, reviewWithin: 3d }\n`);
    const { history, start, policy } = world;
    const signed = Date.parse("2026-11-23T10:00:00Z") / 1000;
    const work = world.make(`${AI}Emergency: uploads fail\n`, { parents: [start], files: { a: "1" } });
    const { block, changes } = await history.part(work, policy);
    history.addParts([{ block: { ...block, emergency: "uploads fail" }, changes }], { head: headFor(start) });
    const destination = destinationOf({ main: start, [LEDGER]: history.commitAll() });
    const judge = async (there: number | undefined) => {
      const past = { by: signed + 86_400, movedOn: () => there, later: [] };
      return codesIn(await world.judge(work, { destination, now: signed - 86_400, past }));
    };
    expect(await judge(undefined)).toEqual([]);
    expect(await judge(signed + 1)).toEqual([]);
    expect(await judge(signed - 3600)).toContain("COSIGN_MISSING");
  });

  it("is dated by no co-sign that came only afterwards", async () => {
    const world = new World(`ledger: ${LEDGER}\ncosign: { count: 2 }\n`);
    const { history, start, policy } = world;
    const signed = Date.parse("2026-11-23T10:00:00Z") / 1000;
    const month = 30 * 86_400;
    const made = { parents: [start], files: { a: "1" } };
    const work = await history.cosign(AI, made, { policy, base: start, by: "eve", time: "2026-10-10T10:00:00Z" });
    history.addParts([await history.part(work, policy)], { head: headFor(start) });
    const destination = destinationOf({ main: start, [LEDGER]: history.commitAll() });
    const past = { by: signed + month, movedOn: () => signed - 1, later: [] };
    expect(codesIn(await world.judge(work, { destination, now: signed - month, past }))).toEqual([]);
    expect(codesIn(await world.judge(work, { destination, now: signed, past }))).toEqual(["COSIGN_STALE"]);
  });
});
