import { describe, expect, it } from "vitest";
import type { ObjectId } from "../object/oid.ts";
import { type ExplainedCommit, explainCommit } from "./explain.ts";
import { AI, destinationOf, History, headFor, LEDGER, POLICY_FILE, TYPED } from "./history.fixture.ts";

const DECLARED = "cosign: { proof: declared }\n";
const NOW = Date.parse("2026-11-24T10:00:00Z") / 1000;

/** A history whose `main` has a policy. */
function begin(more = DECLARED) {
  const history = new History();
  const start = history.make("Start\n", { files: { [POLICY_FILE]: history.policyText(more), z: "1" } });
  const entry = { path: POLICY_FILE, mode: "100644", oid: history.blobId(history.policyText(more)) };
  const policy = { policy: history.policy(more), ref: "refs/heads/main", commit: start, entry };
  const explain = (commit: ObjectId, parts: Partial<ExplainedCommit> = {}, repository = history) =>
    explainCommit(repository, {
      policy,
      commit,
      branch: "main",
      destination: destinationOf({ main: start }),
      now: NOW,
      ...parts,
    });
  return { history, start, policy: policy.policy, explain };
}

const codesIn = ({ verdict }: Awaited<ReturnType<ReturnType<typeof begin>["explain"]>>) =>
  verdict?.violations.map(({ code }) => code);

describe("a commit is explained by", () => {
  it("its verdict, its author and who could change that", async () => {
    const { history, start, explain } = begin();
    const work = history.make(AI, { parents: [start], files: { a: "1" } });
    const found = await explain(work);
    expect(found).toMatchObject({ branch: "main", commit: { oid: work }, author: { name: "bob" }, disputants: [] });
    expect(codesIn(found)).toEqual(["COSIGN_MISSING"]);
    expect(found.candidates.map((people) => people.map(({ name }) => name))).toEqual([["ada", "eve"]]);
    const plain = await explain(history.make("Work\n", { parents: [start], files: { a: "1" }, author: "nobody" }));
    expect(plain).toMatchObject({ author: undefined, candidates: [], verdict: { violations: [] } });
  });

  it("nothing where no policy protects the branch", async () => {
    const { history, start, explain } = begin();
    const work = history.make(AI, { parents: [start], files: { a: "1" } });
    expect(await explain(work, { branch: "topic" })).toMatchObject({
      branch: "topic",
      protection: undefined,
      verdict: undefined,
      candidates: [],
      disputants: [],
    });
  });

  it("who could prove its dispute", async () => {
    const { history, start, explain } = begin("disputes: { level: senior }\n");
    const message = "Work\n\nCo-authored-by: Claude <noreply@anthropic.com>\nAssisted-by: none (the editor added it)\n";
    const found = await explain(history.make(message, { parents: [start], files: { a: "1" } }));
    expect(found.disputants.map(({ name }) => name)).toEqual(["ada", "eve"]);
  });
});

describe("a commit is judged", () => {
  it("within the range that ends at a tip which reaches it, else by itself", async () => {
    const { history, start, policy, explain } = begin("");
    const signed = await history.cosign(AI, { parents: [start], files: { a: "1\n" } }, { policy, base: start });
    const revert = history.make("Revert\n", { parents: [signed], files: { a: null } });
    const again = await history.copy(signed, { parents: [revert], files: { a: "1\n" } });
    expect(codesIn(await explain(signed))).toEqual([]);
    expect(codesIn(await explain(signed, { tip: revert }))).toEqual([]);
    expect(codesIn(await explain(again))).toEqual(["COSIGN_SPENT"]);
    expect(codesIn(await explain(signed, { tip: history.make("Other\n", { parents: [start] }) }))).toEqual([]);
  });

  it("as if it came now where it is there already, with what came behind it", async () => {
    const { history, start, policy, explain } = begin("");
    const bad = history.make(AI, { parents: [start], files: { a: "1\n" } });
    const signed = await history.cosign(AI, { parents: [bad], files: { b: "1\n" } }, { policy, base: bad });
    const later = history.make("Later\n", { parents: [signed], files: { c: "1\n" } });
    const destination = destinationOf({ main: later });
    expect(codesIn(await explain(bad, { destination }))).toEqual(["COSIGN_MISSING"]);
    expect(codesIn(await explain(signed, { destination }))).toEqual([]);
    expect(codesIn(await explain(signed, { destination, tip: history.make("T\n", { parents: [later] }) }))).toEqual([]);
    expect(codesIn(await explain(later, { destination }))).toEqual([]);
  });

  it("with what is wrong with it as a merge that lets go of the policy", async () => {
    const { history, start, policy, explain } = begin();
    const side = history.make("Side\n", { files: { [POLICY_FILE]: `${history.policyText(DECLARED)}# old\n`, z: "1" } });
    const merge = history.make("Merge\n", { parents: [start, side], filesOf: side });
    expect(policy.mode).toBe("enforce");
    expect(codesIn(await explain(merge))).toContain("POLICY_CHANGED");
    expect(codesIn(await explain(merge, { trial: true }))).not.toContain("POLICY_REMOVED");
  });

  it("on a branch that does not exist yet", async () => {
    const { history, start, explain } = begin();
    const work = history.make(AI, { parents: [start], files: { a: "1" } });
    expect(codesIn(await explain(work, { destination: destinationOf({}) }))).toEqual(["COSIGN_MISSING"]);
  });
});

describe("what keeps a commit from being judged", () => {
  it("is thrown, unless a breach is proven all the same", async () => {
    const { history, start, explain } = begin();
    const crowd = AI + Array.from({ length: 101 }, (_, n) => `Co-signed-by: P <p${n}@x>\n`).join("");
    const many = history.make(crowd, { parents: [start], files: { a: "1" } });
    await expect(explain(many)).rejects.toMatchObject({ code: "COSIGNS_TOO_MANY" });
    await expect(explain(many, { destination: destinationOf({ main: many }) })).rejects.toMatchObject({
      code: "COSIGNS_TOO_MANY",
    });
    const work = history.make(AI, { parents: [many], files: { b: "1" } });
    expect(codesIn(await explain(work))).toEqual(["COSIGN_MISSING"]);
    const typed = history.make(TYPED, { parents: [many], files: { b: "1" } });
    await expect(explain(typed)).rejects.toMatchObject({ code: "COSIGNS_TOO_MANY" });
  });

  it("is thrown where it cannot even be planned", async () => {
    const { history, start, explain } = begin();
    const work = history.make(AI, { parents: [start], files: { a: "1" } });
    const hiding = Object.assign(new History(), { objects: history.objects, peelToCommit: async () => undefined });
    await expect(explain(work, {}, hiding)).rejects.toMatchObject({ code: "NOT_A_COMMIT" });
  });

  it("is a time that is no number", async () => {
    const { start, explain } = begin();
    await expect(explain(start, { now: Number.NaN })).rejects.toThrow("now must be a number");
  });
});

describe("where a co-sign is missing", () => {
  /** A record of Ada's for the commit with other paths, or in another project. */
  async function recorded(files: Readonly<Record<string, string>>, message = AI) {
    const world = begin(`ledger: ${LEDGER}\n`);
    const { history, start, policy } = world;
    const work = history.make(message, { parents: [start], files: { a: "1", b: "1" } });
    const approved = history.make(AI, { parents: [start], files });
    history.addParts([await history.part(approved, policy)], { head: headFor(start) });
    const destination = destinationOf({ main: start, [LEDGER]: history.commitAll() });
    return { ...world, found: await world.explain(work, { destination }), work, destination };
  }

  it("that is said which comes near to it in the ledger", async () => {
    const { found, work } = await recorded({ a: "1" });
    expect(codesIn(found)).toEqual(["COSIGN_MISSING", "COSIGN_MISMATCH"]);
    expect(found.verdict?.violations[1]).toMatchObject({
      commit: work,
      data: { reason: "what lands also changes b" },
    });
  });

  it("nothing is where nothing does, or the same paths are said already, or nothing is missing", async () => {
    expect(codesIn((await recorded({ c: "1" })).found)).toEqual(["COSIGN_MISSING"]);
    expect(codesIn((await recorded({ a: "1", b: "1" })).found)).toEqual([]);
    expect(codesIn((await recorded({ a: "1", b: "2" })).found)).toEqual(["COSIGN_MISMATCH", "COSIGN_MISSING"]);
    expect(codesIn((await recorded({ a: "1" }, TYPED)).found)).toEqual(["COSIGN_DECLARED_ONLY"]);
  });

  it("a commit that is there already is found in the ledger too", async () => {
    const { history, work, explain, destination } = await recorded({ a: "1", b: "1" });
    const later = history.make("Later\n", { parents: [work], files: { c: "1" } });
    const branches = new Map([...destination.branches, ["main", later] as const]);
    expect(codesIn(await explain(work, { destination: { ...destination, branches } }))).toEqual([]);
  });
});
