import { judgePush, type ObjectId, readPolicy } from "@countersign/core";
import { expect, it } from "vitest";
import { MemoryRepository } from "../rig/repository/memory-repository.ts";

const FILE = "countersign.config.yaml";
const POLICY = `version: 1
people:
  - { name: Ada, emails: [ada@acme.example], level: senior }
  - { name: Bob, emails: [bob@acme.example], level: junior }
protect: [{ branches: [main] }]
cosign: { proof: declared }
rules:
  - { name: docs, paths: ["docs/**"], cosign: { count: 0 } }
  - { name: production, paths: ["prod/**"], deny: No agent in production. }
  - { name: many deletions, deletes: { files: 2 }, cosign: { count: 2 } }
  - { name: large, changes: { lines: 50 }, cosign: { count: 3 } }
`;
const AI = "Merge\n\nAssisted-by: Kiro:claude-opus-5\n";

type Files = Readonly<Record<string, string | null>>;

/** Two lines that parted, and a merge of them. Each has its changes of the files of what it builds on. */
interface Row {
  readonly what: string;
  readonly base?: Files;
  readonly topic?: Files;
  readonly main?: Files;
  /** On top of the first parent's files. */
  readonly merge: Files;
  /** Whether main is the first parent, and the topic what is merged. */
  readonly intoMain?: boolean;
  readonly message?: string;
  readonly policy?: string;
  /** What is refused, by code and rule. */
  readonly found: readonly string[];
}

const LINES = Array.from({ length: 20 }, (_, index) => `${index}\n`);
const text = (...changed: readonly number[]) =>
  LINES.map((line, index) => (changed.includes(index) ? `! ${line}` : line)).join("");
const LARGE = "1\n".repeat(100);
const MANY = { "1": "1\n", "2": "2\n", "3": "3\n" };
const GONE = { "1": null, "2": null, "3": null };
const REQUIRED = `${POLICY}disclosure: required\n`;

const ROWS: readonly Row[] = [
  // What a merge takes back of main, its first parent does not show.
  { what: "drops a fix of main", main: { "fix.c": "1\n" }, merge: { "docs/a.md": "1\n" }, found: ["COSIGN_MISSING"] },
  { what: "drops a fix of main and nothing else", main: { "fix.c": "1\n" }, merge: {}, found: ["COSIGN_MISSING"] },
  {
    what: "drops a line that main changed in a file which both changed",
    base: { "a.c": text() },
    topic: { "a.c": text(1) },
    main: { "a.c": text(18) },
    merge: {},
    found: ["COSIGN_MISSING"],
  },
  {
    what: "drops many files of main",
    main: MANY,
    merge: {},
    found: ["COSIGN_MISSING many deletions"],
  },
  {
    what: "keeps files that main deleted",
    base: { ...MANY, "docs/a.md": "1\n" },
    main: GONE,
    merge: { "docs/a.md": "2\n" },
    found: ["COSIGN_MISSING"],
  },
  {
    what: "restores what main took out of production",
    base: { "prod/a": "1\n" },
    main: { "prod/a": null },
    merge: {},
    found: ["COSIGN_MISSING", "DENIED_BY_RULE production"],
  },
  { what: "drops many lines of main", main: { "a.c": LARGE }, merge: {}, found: ["COSIGN_MISSING large"] },
  // The day on which an agent merges main into its topic.
  { what: "brings a fix of main", main: { "fix.c": "1\n" }, merge: { "fix.c": "1\n" }, found: [] },
  { what: "brings what main did to production", main: { "prod/a": "1\n" }, merge: { "prod/a": "1\n" }, found: [] },
  { what: "brings deletions of main", base: MANY, main: GONE, merge: GONE, found: [] },
  { what: "brings many lines of main", main: { "a.c": LARGE }, merge: { "a.c": LARGE }, found: [] },
  {
    what: "has what git makes of a file that both changed",
    base: { "a.c": text() },
    topic: { "a.c": text(1) },
    main: { "a.c": text(18) },
    merge: { "a.c": text(1, 18) },
    found: [],
  },
  {
    what: "settles a conflict in the docs and brings what main did elsewhere",
    base: { "docs/a.md": "0\n" },
    topic: { "docs/a.md": "1\n" },
    main: { "docs/a.md": "2\n", "prod/a": "1\n", "b.c": "1\n" },
    merge: { "docs/a.md": "3\n", "prod/a": "1\n", "b.c": "1\n" },
    found: [],
  },
  // A merge that has one file more than both sides.
  {
    what: "slips in one line",
    main: { "fix.c": "1\n" },
    merge: { "fix.c": "1\nevil\n" },
    found: ["COSIGN_MISSING"],
  },
  {
    what: "slips in one line where git unites both sides",
    base: { "a.c": text() },
    topic: { "a.c": text(1) },
    main: { "a.c": text(18) },
    merge: { "a.c": `${text(1, 18)}evil\n` },
    found: ["COSIGN_MISSING"],
  },
  {
    what: "settles a conflict",
    base: { "a.c": "0\n" },
    topic: { "a.c": "1\n" },
    main: { "a.c": "2\n" },
    merge: { "a.c": "2\n" },
    found: ["COSIGN_MISSING"],
  },
  {
    what: "settles a conflict by what the topic has",
    base: { "a.c": "0\n" },
    topic: { "a.c": "1\n" },
    main: { "a.c": "2\n" },
    merge: {},
    found: ["COSIGN_MISSING"],
  },
  {
    what: "slips in a file as it brings the topic into main",
    topic: { "docs/a.md": "1\n" },
    intoMain: true,
    merge: { "docs/a.md": "1\n", "b.c": "1\n" },
    found: ["COSIGN_MISSING"],
  },
  {
    what: "brings the topic into main",
    topic: { "a.c": "1\n" },
    main: { "b.c": "1\n" },
    intoMain: true,
    merge: { "a.c": "1\n" },
    found: [],
  },
  // The policy, no matter who merges.
  {
    what: "drops a policy that main got",
    main: { [FILE]: `${POLICY}mode: enforce\n` },
    message: "Merge\n",
    merge: {},
    found: ["POLICY_CHANGED policyChange"],
  },
  {
    what: "brings a policy that main got",
    main: { [FILE]: `${POLICY}mode: enforce\n` },
    message: "Merge\n",
    merge: { [FILE]: `${POLICY}mode: enforce\n` },
    found: [],
  },
  // Where every commit must say how it was made.
  { what: "says nothing and does nothing", policy: REQUIRED, message: "Merge\n", merge: {}, found: [] },
  {
    what: "says nothing and drops a fix",
    policy: REQUIRED,
    main: { "fix.c": "1\n" },
    message: "Merge\n",
    merge: {},
    found: ["DISCLOSURE_MISSING"],
  },
];

it.each(ROWS)("a merge that $what", async ({ message = AI, policy = POLICY, found, ...row }) => {
  const repository = new MemoryRepository();
  const human = "Work\n\nAssisted-by: none\n";
  const base = repository.add("Start\n", { files: { [FILE]: policy, ...row.base } });
  const topic = repository.add(human, { parents: [base], files: row.topic ?? {}, date: 1_800_000_001 });
  const main = repository.add(human, { parents: [base], files: row.main ?? {}, date: 1_800_000_002 });
  const parents = row.intoMain ? [main, topic] : [topic, main];
  const tip = repository.add(message, { parents, files: row.merge });
  expect(await refusedOf(repository, main, tip)).toEqual(found);
});

/** What is refused of a push to main: codes, each with the rules it comes from. */
async function refusedOf(repository: MemoryRepository, main: ObjectId, tip: ObjectId): Promise<readonly string[]> {
  const inForce = await readPolicy(repository, { ref: "refs/heads/main", commit: main });
  const destination = { branches: new Map([["main", main]]), defaultBranch: "main", aliases: new Map() };
  const updates = [{ ref: "refs/heads/main", old: main, new: tip }];
  const { updates: verdicts } = await judgePush(repository, { updates, destination, policy: inForce });
  expect(verdicts.flatMap(({ faults }) => faults)).toEqual([]);
  const violations = verdicts.flatMap(({ judged, violations: own }) => [
    ...own,
    ...judged.flatMap((commit) => commit.violations),
  ]);
  return violations.map(({ code, rules }) => [code, ...rules].join(" ")).sort();
}
