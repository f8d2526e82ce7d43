import { describe, expect, it } from "vitest";
import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import { provenanceUnder } from "../../provenance/under-policy.ts";
import { AI, allOf, History, POLICY_FILE } from "../history.fixture.ts";
import { findTouching, readFacts } from "./facts.ts";

const history = new History();
const policy = history.policy();
const text = history.policyText();
const start = history.make("Start\n", { files: { a: "1", [POLICY_FILE]: text } });
const work = history.make(AI, { parents: [start], files: { a: "2" } });
const plain = history.make("Work\n", { parents: [start], files: { a: "3" } });
const touching = history.make("Warn\n", { parents: [start], files: { [POLICY_FILE]: `${text}mode: warn\n`, a: "4" } });
const malformed = history.make(AI, { parents: [start], files: { a: "5" }, headers: "author Eve <e@x> 1 +0000\n" });
const merge = history.make("Merge\n", { parents: [plain, work], files: { a: "3" } });
const clean = history.make("Merge\n", {
  parents: [plain, history.make("B\n", { parents: [start], files: { b: "1" } })],
  files: { b: "1" },
});

interface Needs {
  readonly disclosure?: "required" | "optional";
  readonly more?: string;
}

/** What is read of each of the commits: how much it changes, does itself, and changes of the policy. */
async function factsOf(oids: readonly ObjectId[], { disclosure = "optional", more = "" }: Needs = {}) {
  const { rules } = history.policy(more);
  const detect = provenanceUnder(policy);
  const traced = await Promise.all(
    oids.map(async (oid) => {
      const { commit } = await history.read(oid);
      return { commit, provenance: detect(commit) };
    }),
  );
  return allOf(readFacts(history, { rules, disclosure }, traced));
}

const countsIn = (facts: Awaited<ReturnType<typeof factsOf>>) =>
  facts.map(({ changes, own, policyChanges, mechanical }) => [
    changes.length,
    own.length,
    policyChanges.length,
    mechanical,
  ]);

describe("of a commit is read", () => {
  it("what it changes where AI took part or the policy is touched, and nothing else, in their order", async () => {
    const oids = [plain, work, touching, start, malformed, work];
    const facts = await factsOf(oids);
    expect(facts.map(({ commit }) => commit.oid)).toEqual(oids);
    expect(countsIn(facts)).toEqual([
      [0, 0, 0, false],
      [1, 1, 0, false],
      [2, 2, 1, false],
      [2, 2, 0, false],
      [0, 0, 0, false],
      [1, 1, 0, false],
    ]);
  });

  it("what it changes of the policy, where others before it are assisted and do that too", async () => {
    const both = history.make(AI, { parents: [start], files: { [POLICY_FILE]: `${text}mode: enforce\n` } });
    expect(countsIn(await factsOf([both, touching, both]))).toEqual([
      [1, 1, 1, false],
      [2, 2, 1, false],
      [1, 1, 1, false],
    ]);
  });

  it("whether it is a merge that does nothing, where a word on its making is asked for", async () => {
    expect(countsIn(await factsOf([clean, merge, plain]))).toEqual([
      [0, 0, 0, false],
      [0, 0, 0, false],
      [0, 0, 0, false],
    ]);
    expect(countsIn(await factsOf([clean, merge, plain], { disclosure: "required" }))).toEqual([
      [0, 0, 0, true],
      [0, 0, 0, false],
      [0, 0, 0, false],
    ]);
    const { parents } = (await history.read(clean)).commit;
    const unread = history.make("Merge\n", { parents, filesOf: clean, headers: "author Eve <e@x> 1 +0000\n" });
    expect(countsIn(await factsOf([malformed, unread], { disclosure: "required" }))).toEqual([
      [0, 0, 0, false],
      [0, 0, 0, false],
    ]);
  });

  it("how many lines it changes, where a rule counts them", async () => {
    const rules = "rules: [{ name: large, changes: { lines: 5 }, cosign: { count: 2 } }]\n";
    const linesOf = async (needs: Needs) => (await factsOf([work, touching], needs)).map(({ own }) => own[0]?.lines);
    expect(await linesOf({ more: rules })).toEqual([{ added: 1, deleted: 1 }, undefined]);
    expect(await linesOf({})).toEqual([undefined, undefined]);
    const evil = history.make(`Merge\n\n${AI}`, { parents: [plain, work], files: { a: "9" } });
    expect((await factsOf([evil], { more: rules }))[0]?.own[0]?.lines).toEqual({ added: 1, deleted: 1 });
  });

  it("no more once nobody asks any more", async () => {
    let ended = 0;
    const watched = Object.assign(new History(), {
      objects: history.objects,
      changes: (...asked: Parameters<History["changes"]>) => {
        const answers = history.changes(...asked);
        const end = answers.return.bind(answers);
        return Object.assign(answers, {
          return: (value: undefined) => {
            ended += 1;
            return end(value);
          },
        });
      },
    });
    const { commit } = await history.read(work);
    const traced = [{ commit, provenance: provenanceUnder(policy)(commit) }];
    for await (const _ of readFacts(watched, policy, [...traced, ...traced])) break;
    expect(ended).toBeGreaterThanOrEqual(2);
  });
});

describe("commits that touch the policy", () => {
  it("are those that have another policy file than one of their parents", async () => {
    const commits = await Promise.all(
      [
        start,
        work,
        touching,
        merge,
        history.make("Merge\n", { parents: [touching, plain], filesOf: touching }),
        history.make("Merge\n", { parents: [plain, touching], filesOf: touching }),
      ].map(async (oid) => (await history.read(oid)).commit),
    );
    const found = await findTouching<Commit>(history, commits);
    expect(found.map((commit) => commits.indexOf(commit))).toEqual([0, 2, 4, 5]);
  });
});
