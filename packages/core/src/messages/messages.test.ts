import { describe, expect, it } from "vitest";
import { CountersignError } from "../error.ts";
import { explainViolation } from "../judge/violation.ts";
import { adviceMessages } from "./advice.ts";
import { CODES, explainCode } from "./pages/explain-code.ts";
import { describeRequirement } from "./phrases.ts";

const NEEDS = { count: 2, level: "senior", proof: "signed", self: false } as const;
const KEY = { name: "Ada", fingerprint: "SHA256:abc", until: 1_790_000_000 };

describe.each(CODES)("the message of $code", ({ example: { what, why, fix, details = [] } }) => {
  it("tells what happened, why it matters and what to do, each in one line", () => {
    for (const part of [what, why, fix, ...details]) expect(part).toMatch(/^\S[^\n]*\S$/);
  });

  it("is made from its data alone", () => {
    expect([what, why, fix, ...details].join(" ")).not.toMatch(/undefined|NaN|\[object/);
  });

  it("holds no co-sign that could be pasted", () => {
    for (const part of [what, why, fix, ...details]) expect(part).not.toMatch(/Co-sign(?:ed-by|ature)\s*:/i);
  });

  it("ends without a full stop, so that all read alike", () => {
    for (const part of [what, fix]) expect(part).not.toMatch(/\.$/);
  });
});

it.each([
  "COSIGN_MISSING",
  "COSIGN_DECLARED_ONLY",
  "COSIGN_INVALID",
  "COSIGN_UNKNOWN_SIGNER",
  "COSIGN_LEVEL",
  "COSIGN_SELF",
  "POLICY_CHANGED",
])("tells a person to review and an agent to stop where %s", (code) => {
  const fix = explainCode(code)?.example.fix;
  expect(fix).toMatch(/ask a person on the roster to review/);
  expect(fix).toMatch(/AI agent must stop/);
});

it.each([
  [["Ada"], 0, "ask Ada to review the change"],
  [["Ada", "Grace"], 0, "ask Ada or Grace to review the change"],
  [["Ada", "Grace", "Kim"], 1, "ask Ada, Grace, Kim or 1 other person to review the change"],
  [["Ada", "Grace", "Kim"], 20, "ask Ada, Grace, Kim or one of 20 others to review the change"],
  [[], 0, "nobody on the roster can give that"],
])("names who could co-sign: %j and %i more", (names, others, start) => {
  const data = { have: 0, needs: NEEDS, rules: [] };
  expect(explainViolation({ code: "COSIGN_MISSING", data, able: { names, others } }).fix).toMatch(
    new RegExp(`^${start}`),
  );
});

it("says how many co-signs are there", () => {
  const missing = (have: number) =>
    explainViolation({ code: "COSIGN_MISSING", data: { have, needs: NEEDS, rules: [] } }).what;
  expect([missing(0), missing(1)]).toEqual(["it has no co-sign", "it has 1 of 2 co-signs"]);
});

it("names the rules that asked", () => {
  const data = { have: 0, needs: NEEDS, rules: ["infrastructure"] };
  expect(explainViolation({ code: "COSIGN_MISSING", data }).why).toContain('the policy ("infrastructure")');
});

it.each([
  [{ count: 1, level: "senior", proof: "declared", self: false }, "a co-sign from a person of level senior or higher"],
  [{ count: 2, level: "mid", proof: "signed", self: false }, "2 signed co-signs from people of level mid or higher"],
  [
    { count: 1, level: "principal", proof: "hardware", self: false },
    "a co-sign by hardware key from a person of level principal or higher",
  ],
] as const)("describes %j", (needs, phrase) => {
  expect(describeRequirement(needs)).toBe(phrase);
});

it("quotes only the first line of what git said, and the others below", () => {
  const { what, details } = new CountersignError("GIT_FAILED", {
    command: "git x",
    end: "status 128",
    said: "fatal: y\nhint: z",
  });
  expect(what).toBe("`git x` ended with status 128: fatal: y");
  expect(details).toEqual(["hint: z"]);
});

it("suggests what was meant where that is known, and counts one day as one", () => {
  const unmatched = (meant: string | undefined) =>
    adviceMessages.BRANCH_PATTERN_UNMATCHED({ pattern: "x", meant }).what;
  expect(unmatched("main")).toContain("did you mean main?");
  expect(unmatched(undefined)).not.toContain("mean");
  expect(adviceMessages.KEY_EXPIRES_SOON({ ...KEY, days: 1 }).what).toContain("for 1 more day, until 2026-09-21");
});
