import { type Equivalent, FASTER } from "./equivalent.ts";

const FOR_TYPES = "it is always there, which the compiler does not know";
const TOGETHER = "how much is asked about at once changes no answer";
const NO_SUCH = "nothing is found by the text that stands there instead";
const DEFECT = "a defect approves nothing, and stands for no review";
const NO_TIME = "no time is later than one that there is not";
const MEMORY = "a bound on what is kept in mind: of a range beyond it nothing else is said";

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
];
