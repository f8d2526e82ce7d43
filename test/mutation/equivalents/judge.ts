import { type Equivalent, FASTER } from "./equivalent.ts";

const FOR_TYPES = "it is always there, which the compiler does not know";
const TOGETHER = "how much is asked about at once changes no answer";
const NO_SUCH = "nothing is found by the text that stands there instead";
const DEFECT = "a defect approves nothing, and stands for no review";
const MEMORY = "a bound on what is kept in mind: of a range beyond it nothing else is said";

export const JUDGE: readonly Equivalent[] = [
  { file: "judge/decide/assess.ts", code: '"code"', mutated: '""', why: DEFECT },

  { file: "judge/decide/decide.ts", code: "of.dispute && disputed", mutated: "of.dispute || disputed", why: FOR_TYPES },

  { file: "judge/decide/emergency.ts", code: "!shown", mutated: "false", why: FOR_TYPES },
  { file: "judge/decide/emergency.ts", code: "signature?.time", mutated: "signature.time", why: FOR_TYPES },
  { file: "judge/decide/emergency.ts", code: "[]", mutated: '["Stryker was here"]', why: FOR_TYPES },

  { file: "judge/decide/roster-help.ts", code: "[]", mutated: '["Stryker was here"]', why: NO_SUCH },

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

  { file: "judge/gather/policy-changes.ts", code: "changes.length === 0", mutated: "false", why: FASTER },

  {
    file: "judge/gather/range-shape.ts",
    code: "this.#count <= TRACED || this.#range.tips.includes(oid)",
    mutated: "true",
    why: MEMORY,
  },
  { file: "judge/gather/range-shape.ts", code: "this.#count <= TRACED", mutated: "true", why: MEMORY },

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
];
