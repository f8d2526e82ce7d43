import { describe, expect, it } from "vitest";
import type { ObjectId } from "../../object/oid.ts";
import { AI, History, headFor, LEDGER, ledgerOf, POLICY_FILE, TYPED } from "../history.fixture.ts";
import { type GatherOptions, gather } from "./gather.ts";

const history = new History();
const text = history.policyText();
const start = history.make("Start\n", { files: { [POLICY_FILE]: text, a: "1" } });
const work = history.make(AI, { parents: [start], files: { a: "2" } });
const plain = history.make("Work\n", { parents: [work], files: { a: "3" } });
const warn = history.make("Warn\n", { parents: [plain], files: { [POLICY_FILE]: `${text}mode: warn\n` } });
const malformed = history.make("Work\n", { parents: [warn], headers: "author Eve <e@x> 1 +0000\n" });
const tip = history.make("Tip\n", { parents: [malformed], files: { b: "1" } });

async function gathered(
  tips: readonly ObjectId[],
  options: GatherOptions & { readonly exclude?: readonly ObjectId[]; readonly more?: string } = {},
) {
  const { exclude = [start], more = "", ...rest } = options;
  const policy = history.policy(more);
  const [protection] = policy.protect;
  if (!protection) throw new Error("it protects main");
  const entry = { path: POLICY_FILE, mode: "100644", oid: history.blobId(text) };
  return gather(history, policy, { branch: "main", protection, policy: { entry } }, { tips, exclude }, rest);
}

const casesIn = ({ cases }: Awaited<ReturnType<typeof gathered>>) => cases.map(({ summary }) => summary.commit);

describe("a range brings", () => {
  it("so many commits, and cases of those that are assisted, touch the policy or break a rule", async () => {
    const range = await gathered([tip]);
    expect(range).toMatchObject({ commits: 5, assisted: 1, doubts: [] });
    expect([...casesIn(range)].sort()).toEqual([work, warn, malformed].sort());
    expect(range.shape.count).toBe(5);
    expect([...range.policyEntries]).toEqual([`100644 ${history.blobId(`${text}mode: warn\n`)} ${POLICY_FILE}`]);
  });

  it("nothing where its tips are judged already", async () => {
    expect(await gathered([tip], { exclude: [tip] })).toMatchObject({ commits: 0, assisted: 0, cases: [] });
    expect(await gathered([tip, plain], { exclude: [plain] })).toMatchObject({ commits: 3 });
    expect(await gathered([tip, plain], { exclude: [plain, start] })).toMatchObject({ commits: 3 });
  });

  it("nothing, without a walk, where all of its tips are judged", async () => {
    const still = Object.assign(new History(), {
      objects: history.objects,
      commits: () => {
        throw new Error("there is nothing to walk");
      },
    });
    const policy = history.policy();
    const [protection] = policy.protect;
    if (!protection) throw new Error("it protects main");
    const range = { tips: [tip], exclude: [start, tip] };
    expect(await gather(still, policy, { branch: "main", protection }, range)).toMatchObject({ commits: 0, cases: [] });
  });

  it("a case of a commit that is asked about, and of no other where that is to stand alone", async () => {
    expect([...casesIn(await gathered([tip], { also: plain }))].sort()).toEqual([work, plain, warn, malformed].sort());
    const alone = await gathered([tip], { also: plain, alone: true });
    expect(casesIn(alone)).toEqual([plain]);
    expect(alone).toMatchObject({ commits: 5, assisted: 0 });
    expect(casesIn(await gathered([tip], { also: work, alone: true }))).toEqual([work]);
  });

  it("how its commits hang together, where a merge may vouch for them", async () => {
    expect((await gathered([plain])).shape.links.size).toBe(0);
    const { shape } = await gathered([plain], { more: "cosign: { coverage: merge }\n" });
    expect([...shape.links]).toEqual([
      [plain, [work]],
      [work, [start]],
    ]);
  });

  it("doubts about single commits, and what else there is all the same", async () => {
    const crowd = AI + Array.from({ length: 101 }, (_, n) => `Co-signed-by: P <p${n}@x>\n`).join("");
    const many = history.make(crowd, { parents: [work], files: { a: "7" } });
    const range = await gathered([many]);
    expect(range.doubts).toMatchObject([{ code: "COSIGNS_TOO_MANY" }]);
    expect(range).toMatchObject({ commits: 2, assisted: 2 });
    expect(range.cases).toHaveLength(2);
  });

  it("what the ledger says of its commits", async () => {
    const policy = history.policy(`ledger: ${LEDGER}\n`);
    history.addParts([await history.part(work, policy)], { head: headFor(start) });
    const { cases } = await gathered([plain], { ledger: ledgerOf(history, policy) });
    expect(cases.map(({ claims }) => claims.map(({ where }) => where.carrier))).toEqual([["ledger"]]);
  });
});

describe("how commits were made", () => {
  it("is taken from what is known otherwise, where that is said", async () => {
    const assisted = { state: "assisted", class: "authored", agents: ["kiro"], evidence: [] } as const;
    const human = { ...assisted, state: "declared-human" } as const;
    const range = await gathered([plain], {
      made: new Map([[plain, assisted] as const, [work, human as never] as const]),
    });
    expect(casesIn(range)).toEqual([plain]);
    expect(range.assisted).toBe(1);
  });

  it("is read in the records of its tip too, where the policy has that read", async () => {
    const record = JSON.stringify({
      version: "0.1.0",
      id: "1",
      timestamp: "2026-11-23T10:00:00Z",
      files: [
        { path: "a", conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 1 }] }] },
      ],
    });
    const files = { a: "8", ".agent-trace/traces.jsonl": `${record}\n` };
    const traced = history.make("Work\n", { parents: [start], files });
    expect(await gathered([traced], { more: "evidence: { agentTrace: true }\n" })).toMatchObject({ assisted: 1 });
    expect(await gathered([traced])).toMatchObject({ assisted: 0 });
    const later = JSON.stringify({ ...JSON.parse(record), vcs: { type: "git", revision: plain } });
    const named = history.make("Record\n", { parents: [plain], files: { ".agent-trace/traces.jsonl": `${later}\n` } });
    const range = await gathered([named], { exclude: [work], more: "evidence: { agentTrace: true }\n" });
    expect(casesIn(range)).toEqual([plain]);
  });

  it("is traced as it is said, where that is", async () => {
    const seen: ObjectId[] = [];
    const range = await gathered([plain], {
      trace: async (commits) =>
        commits.map((commit) => {
          seen.push(commit.oid);
          return { commit, provenance: { state: "undeclared", class: undefined, agents: [], evidence: [] } as never };
        }),
    });
    expect(seen).toEqual([plain, work]);
    expect(range).toMatchObject({ assisted: 0, cases: [] });
  });
});

it("whoever waits is told how many commits were read", async () => {
  const told: number[] = [];
  await gathered([tip], { progress: (commits) => told.push(commits) });
  expect(told).toEqual([5]);
});

it("reading ends where nobody wants the answer any more", async () => {
  let asked = 0;
  const ended = Object.assign(new History(), {
    objects: history.objects,
    throwIfEnded: () => {
      asked += 1;
      if (asked > 6) throw new Error("ended");
    },
  });
  const policy = history.policy();
  const [protection] = policy.protect;
  if (!protection) throw new Error("it protects main");
  await expect(
    gather(ended, policy, { branch: "main", protection }, { tips: [tip], exclude: [start] }),
  ).rejects.toThrow("ended");
});

it("a tip that the walk does not list must have landed", async () => {
  const [one, two] = [work, plain];
  const hiding = Object.assign(new History(), {
    objects: history.objects,
    commits: async function* () {
      yield await history.commit(one);
    },
  });
  const policy = history.policy();
  const [protection] = policy.protect;
  if (!protection) throw new Error("it protects main");
  const target = { branch: "main", protection };
  await expect(gather(hiding, policy, target, { tips: [one, two], exclude: [start] })).rejects.toMatchObject({
    code: "HISTORY_INCOMPLETE",
    what: expect.stringContaining(two.slice(0, 12)),
  });
  await expect(gather(hiding, policy, target, { tips: [one, two], exclude: [start, tip] })).resolves.toMatchObject({
    commits: 1,
  });
});

it("a typed co-sign is part of its case", async () => {
  const typed = history.make(TYPED, { parents: [start], files: { a: "2" } });
  expect((await gathered([typed])).cases).toMatchObject([{ claims: [{ email: "ada@acme.example" }] }]);
});
