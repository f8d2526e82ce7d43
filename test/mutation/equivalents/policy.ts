import { type Equivalent, FASTER } from "./equivalent.ts";

const ROUND = "the next round finds the end of the pattern too; it is asked here for the types";
const BEHIND = "no byte stands behind a name's end, and none is like no pattern's";

const SAME = "of two that are alike either may be taken";
const SHORT = "no policy file's name is as long: of longer paths no text is made";

const COMPARED = "nothing is before or after what is not there; it is asked for the types";

export const POLICY: readonly Equivalent[] = [
  { file: "policy/apply-rules.ts", code: "known", mutated: "false", why: FASTER },
  {
    file: "policy/commit-requirements.ts",
    code: "PROOFS.indexOf(a) < PROOFS.indexOf(b)",
    mutated: "PROOFS.indexOf(a) <= PROOFS.indexOf(b)",
    why: SAME,
  },
  { file: "policy/policy-files.ts", code: "path.length <= 32", mutated: "true", why: SHORT },
  { file: "policy/policy-files.ts", code: "path.length <= 32", mutated: "path.length < 32", why: SHORT },
  { file: "policy/accounts.ts", code: "[]", mutated: '["Stryker was here"]', why: "the first item is not read" },
  {
    file: "policy/strictness.ts",
    code: "strictnessOf(override, field, levels) > strictnessOf(base, field, levels)",
    mutated: "strictnessOf(override, field, levels) >= strictnessOf(base, field, levels)",
    why: SAME,
  },
  {
    file: "policy/file/checks.ts",
    code: "[]",
    mutated: '["Stryker was here"]',
    why: "what has no value is never taken for a second one",
  },
  {
    file: "policy/advice/branch-advice.ts",
    code: "[]",
    mutated: '["Stryker was here"]',
    why: "no branch's name has blanks in it",
  },
  { file: "policy/roster.ts", code: "accounts.length === 0", mutated: "false", why: FASTER },
  { file: "policy/roster.ts", code: "!owners.has(policy)", mutated: "true", why: FASTER },
  { file: "policy/roster.ts", code: "validFrom !== undefined", mutated: "true", why: COMPARED },
  { file: "policy/roster.ts", code: "validUntil !== undefined", mutated: "true", why: COMPARED },
  { file: "policy/glob/glob-class.ts", code: "escaped === undefined", mutated: "false", why: ROUND },
  { file: "policy/glob/glob-class.ts", code: "last === undefined", mutated: "false", why: ROUND },
  { file: "policy/glob/glob.ts", code: "kind !== BYTE", mutated: "true", why: FASTER },
  { file: "policy/glob/glob.ts", code: "i > 0", mutated: "false", why: FASTER },
  { file: "policy/glob/glob.ts", code: "name[j] !== tail[i]", mutated: "false", why: FASTER },
  {
    file: "policy/glob/glob.ts",
    code: "kind === ANYTHING && token === kinds.length",
    mutated: "false",
    why: FASTER,
  },
  { file: "policy/glob/glob.ts", code: "at < name.length", mutated: "true", why: BEHIND },
  { file: "policy/glob/glob.ts", code: "at < name.length", mutated: "at <= name.length", why: BEHIND },
  { file: "policy/glob/glob.ts", code: "starAt < name.length", mutated: "starAt <= name.length", why: BEHIND },
];
