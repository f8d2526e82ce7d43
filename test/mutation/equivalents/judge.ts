import { type Equivalent, FASTER } from "./equivalent.ts";

const FOR_TYPES = "it is always there, which the compiler does not know";
const TOGETHER = "how much is asked about at once changes no answer";
const NO_SUCH = "nothing is found by the text that stands there instead";
const DEFECT = "a defect approves nothing, and stands for no review";
const NO_TIME = "no time is later than one that there is not";
const MEMORY = "a bound on what is kept in mind: of a range beyond it nothing else is said";
const ROWS = "rows are shorter, and the same commits are behind each other";
const ONE_PARENT = "a commit with one parent brings nothing in by another";
const NOTHING_STOOD = "a merge has a first parent, and no commit reaches one that there is not";

export const JUDGE: readonly Equivalent[] = [
  { file: "judge/decide/assess.ts", code: '"code"', mutated: '""', why: DEFECT },

  { file: "judge/decide/decide.ts", code: "of.dispute && disputed", mutated: "of.dispute || disputed", why: FOR_TYPES },

  { file: "judge/decide/emergency.ts", code: "!shown", mutated: "false", why: FOR_TYPES },
  { file: "judge/decide/emergency.ts", code: "signature?.time", mutated: "signature.time", why: FOR_TYPES },
  { file: "judge/decide/emergency.ts", code: "[]", mutated: '["Stryker was here"]', why: FOR_TYPES },

  { file: "judge/decide/roster-help.ts", code: "[]", mutated: '["Stryker was here"]', why: NO_SUCH },

  { file: "judge/exclude-landed.ts", code: "guilty.length === 0", mutated: "false", why: FASTER },
  { file: "judge/exclude-landed.ts", code: "judgedTips.length === 0", mutated: "false", why: FASTER },
  {
    file: "judge/exclude-landed.ts",
    code: "judgedTips.length === 1 && ends.every((end) => end === judgedTips[0])",
    mutated: "false",
    why: FASTER,
  },
  { file: "judge/exclude-landed.ts", code: "(end) => end === judgedTips[0]", mutated: "() => undefined", why: FASTER },
  { file: "judge/exclude-landed.ts", code: "end === judgedTips[0]", mutated: "false", why: FASTER },

  {
    file: "judge/gather/facts.ts",
    code: "[]",
    mutated: '["Stryker was here"]',
    why: "nothing but whether the merge does anything is taken of it",
  },
  { file: "judge/gather/facts.ts", code: "parents.length > 1", mutated: "parents.length >= 1", why: FASTER },

  {
    file: "judge/gather/gather.ts",
    code: "{ most: 50, costOf: ({ changes }: CommitReading) => changes.length, cost: 2_000 }",
    mutated: "{}",
    why: TOGETHER,
  },
  {
    file: "judge/gather/gather.ts",
    code: "({ changes }: CommitReading) => changes.length",
    mutated: "() => undefined",
    why: TOGETHER,
  },
  { file: "judge/gather/gather.ts", code: "{ ...AHEAD, most: 1 }", mutated: "{}", why: TOGETHER },
  { file: "judge/gather/gather.ts", code: "[]", mutated: '["Stryker was here"]', why: NO_SUCH },

  { file: "judge/gather/open-case.ts", code: "claims.length === 0", mutated: "false", why: FASTER },
  { file: "judge/gather/open-case.ts", code: '""', mutated: '"Stryker was here!"', why: FOR_TYPES },

  { file: "judge/gather/policy-changes.ts", code: "changes.length === 0", mutated: "false", why: FASTER },

  {
    file: "judge/gather/range-shape.ts",
    code: "this.#count <= TRACED || this.#range.tips.includes(oid)",
    mutated: "true",
    why: MEMORY,
  },
  { file: "judge/gather/range-shape.ts", code: "this.#count <= TRACED", mutated: "true", why: MEMORY },

  {
    file: "judge/judge-push.ts",
    code: '{ most: MOST, costOf: (update: Landing | UpdateVerdict) => ("tip" in update && !update.isShort ? MOST : 1), cost: MOST, }',
    mutated: "{}",
    why: TOGETHER,
  },
  {
    file: "judge/judge-push.ts",
    code: '(update: Landing | UpdateVerdict) => ("tip" in update && !update.isShort ? MOST : 1)',
    mutated: "() => undefined",
    why: TOGETHER,
  },
  { file: "judge/judge-push.ts", code: '"tip" in update && !update.isShort', mutated: "true", why: TOGETHER },
  { file: "judge/judge-push.ts", code: '"tip" in update && !update.isShort', mutated: "false", why: TOGETHER },
  {
    file: "judge/judge-push.ts",
    code: '"tip" in update && !update.isShort',
    mutated: '"tip" in update || !update.isShort',
    why: TOGETHER,
  },
  { file: "judge/judge-push.ts", code: '"tip"', mutated: '""', why: TOGETHER },
  { file: "judge/judge-push.ts", code: "!update.isShort", mutated: "update.isShort", why: TOGETHER },
  { file: "judge/judge-push.ts", code: "verdict", mutated: "true", why: FOR_TYPES },
  { file: "judge/judge-push.ts", code: "landings.size > 0", mutated: "true", why: FASTER },
  { file: "judge/judge-push.ts", code: "landings.size > 0", mutated: "landings.size >= 0", why: FASTER },
  { file: "judge/judge-push.ts", code: "landed.size > 0", mutated: "true", why: FASTER },
  { file: "judge/judge-push.ts", code: "landed.size > 0", mutated: "landed.size >= 0", why: FASTER },

  { file: "judge/landing-time.ts", code: "there === undefined", mutated: "false", why: NO_TIME },
  { file: "judge/landing-time.ts", code: '"code"', mutated: '""', why: DEFECT },
  { file: "judge/landing-time.ts", code: "there !== undefined", mutated: "true", why: NO_TIME },

  { file: "judge/merged-policy.ts", code: "nameEntries(ours) === nameEntries(theirs)", mutated: "false", why: FASTER },
  { file: "judge/merged-policy.ts", code: "[]", mutated: '["Stryker was here"]', why: NO_SUCH },
  {
    file: "judge/merged-policy.ts",
    code: '"\\n"',
    mutated: '""',
    why: "each entry ends with one of a few names, so that no two lists read alike",
  },

  { file: "judge/plan.ts", code: "{ most: 100 }", mutated: "{}", why: TOGETHER },
  {
    file: "judge/plan.ts",
    code: "tips && policy",
    mutated: "tips || policy",
    why: "the one is there where the other is",
  },

  { file: "judge/policy-after.ts", code: "changed.length === 0", mutated: "false", why: FASTER },

  { file: "judge/records/ledger-claims.ts", code: '"code"', mutated: '""', why: DEFECT },
  { file: "judge/records/ledger-claims.ts", code: "!block", mutated: "false", why: FOR_TYPES },
  {
    file: "judge/records/ledger-claims.ts",
    code: '"a record has the block that it was found for"',
    mutated: '""',
    why: FOR_TYPES,
  },

  { file: "judge/records/open-ledger.ts", code: "[]", mutated: '["Stryker was here"]', why: NO_SUCH },
  {
    file: "judge/records/open-ledger.ts",
    code: "name === undefined",
    mutated: "false",
    why: "the policy names a branch",
  },

  {
    file: "judge/relate/lineage.ts",
    code: "(children.get(parent) ?? 0) + 1",
    mutated: "(children.get(parent) ?? 0) - 1",
    why: ROWS,
  },
  {
    file: "judge/relate/lineage.ts",
    code: "children.get(parent) ?? 0",
    mutated: "children.get(parent) && 0",
    why: ROWS,
  },
  {
    file: "judge/relate/lineage.ts",
    code: "parents.size === 1 && only && children.get(only) === 1",
    mutated: "false",
    why: ROWS,
  },
  {
    file: "judge/relate/lineage.ts",
    code: "!before",
    mutated: "true",
    why: "within a row it is not asked what is behind",
  },
  { file: "judge/relate/lineage.ts", code: "row.behind", mutated: "false", why: FASTER },
  { file: "judge/relate/lineage.ts", code: "behind.has(next)", mutated: "false", why: FASTER },

  { file: "judge/relate/name-copies.ts", code: "!cases.some(isMismatched)", mutated: "false", why: FASTER },
  {
    file: "judge/relate/name-copies.ts",
    code: '"code" in result && result.code === "COSIGN_MISMATCH"',
    mutated: "true",
    why: FASTER,
  },
  {
    file: "judge/relate/name-copies.ts",
    code: '"code" in result && result.code === "COSIGN_MISMATCH"',
    mutated: '"code" in result || result.code === "COSIGN_MISMATCH"',
    why: FASTER,
  },
  { file: "judge/relate/name-copies.ts", code: 'result.code === "COSIGN_MISMATCH"', mutated: "true", why: FASTER },

  { file: "judge/relate/read-claims.ts", code: "!commit", mutated: "false", why: FOR_TYPES },
  { file: "judge/relate/read-claims.ts", code: "signatures.length > 0", mutated: "true", why: FASTER },
  {
    file: "judge/relate/read-claims.ts",
    code: "signatures.length > 0",
    mutated: "signatures.length >= 0",
    why: FASTER,
  },
  {
    file: "judge/relate/read-claims.ts",
    code: "{ own: [] }",
    mutated: "{}",
    why: "without a signature nobody compares what a merge does itself",
  },
  {
    file: "judge/relate/read-claims.ts",
    code: "[]",
    mutated: '["Stryker was here"]',
    why: "without a signature nobody compares what a merge does itself",
  },

  { file: "judge/relate/signed-claim.ts", code: '"code"', mutated: '""', why: DEFECT },

  {
    file: "judge/relate/spent/doings.ts",
    code: "commits.filter(({ parents }) => parents.length < 2)",
    mutated: "commits",
    why: FASTER,
  },
  { file: "judge/relate/spent/doings.ts", code: "parents.length < 2", mutated: "true", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "parents.length < 2", mutated: "parents.length <= 2", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "placed.length > 0", mutated: "true", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "placed.length > 0", mutated: "placed.length >= 0", why: FASTER },
  {
    file: "judge/relate/spent/doings.ts",
    code: "commits.filter(({ parents }) => parents.length > 1)",
    mutated: "commits",
    why: FASTER,
  },
  { file: "judge/relate/spent/doings.ts", code: "parents.length > 1", mutated: "true", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "parents.length > 1", mutated: "parents.length >= 1", why: FASTER },
  { file: "judge/relate/spent/doings.ts", code: "[parent]", mutated: "[]", why: FASTER },
  {
    file: "judge/relate/spent/doings.ts",
    code: "changes.some(({ path }) => paths.has(pathKey(path)))",
    mutated: "true",
    why: FASTER,
  },
  {
    file: "judge/relate/spent/doings.ts",
    code: "merges.filter(({ oid }) => concerned.has(oid))",
    mutated: "merges",
    why: FASTER,
  },

  {
    file: "judge/relate/spent/spent.ts",
    code: "signed.filter(({ claim }) => lineage.order.some((oid) => !lineage.descends(oid, claim.bearer)))",
    mutated: "signed",
    why: FASTER,
  },
  { file: "judge/relate/spent/spent.ts", code: "asked.length === 0", mutated: "false", why: FASTER },

  { file: "judge/relate/vouching-merges.ts", code: "covered.length === 0", mutated: "false", why: FASTER },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "[...links].filter(([, parents]) => parents.length > 1)",
    mutated: "[...links]",
    why: ONE_PARENT,
  },
  { file: "judge/relate/vouching-merges.ts", code: "parents.length > 1", mutated: "true", why: ONE_PARENT },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "parents.length > 1",
    mutated: "parents.length >= 1",
    why: ONE_PARENT,
  },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "({ message }) => message.length",
    mutated: "() => undefined",
    why: TOGETHER,
  },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "[]",
    mutated: '["Stryker was here"]',
    why: "what names no merge vouches for no commit",
  },
  { file: "judge/relate/vouching-merges.ts", code: "claims.length === 0", mutated: "false", why: FASTER },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "stood === undefined || !first",
    mutated: "false",
    why: NOTHING_STOOD,
  },
  {
    file: "judge/relate/vouching-merges.ts",
    code: "stood === undefined || !first",
    mutated: "stood === undefined && !first",
    why: NOTHING_STOOD,
  },
  { file: "judge/relate/vouching-merges.ts", code: "stood === undefined", mutated: "false", why: NOTHING_STOOD },
];
