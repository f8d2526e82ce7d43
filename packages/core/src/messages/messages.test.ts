import { describe, expect, it } from "vitest";
import { CountersignError } from "../error.ts";
import { explainViolation, type Violation, violation } from "../judge/violation.ts";
import { faultPages } from "./fault-pages.ts";
import { type FaultCode, faultMessages } from "./faults.ts";
import { violationPages } from "./violation-pages.ts";
import { describeRequirement, type ViolationCode, violationMessages } from "./violations.ts";

const NEEDS = { count: 2, level: "senior", proof: "signed", self: false } as const;

function exampleOf(code: ViolationCode): Violation {
  return violation(code, violationPages[code].example as never);
}

const violations = (Object.keys(violationMessages) as ViolationCode[]).map((code) => [code, exampleOf(code)] as const);

describe.each<readonly [ViolationCode, Violation]>(violations)("the words of %s", (_, found) => {
  const { what, why, fix } = explainViolation(found);

  it("tell what happened, why it matters and what to do, each in one line", () => {
    for (const part of [what, why, fix]) expect(part).toMatch(/^\S[^\n]*\S$/);
  });

  it("hold no co-sign that could be pasted", () => {
    for (const part of [what, why, fix]) expect(part).not.toMatch(/Co-sign(?:ed-by|ature)\s*:/i);
  });

  it("end without a full stop, so that all read alike", () => {
    for (const part of [what, fix]) expect(part).not.toMatch(/[.\s]$/);
  });
});

it.each<ViolationCode>([
  "COSIGN_MISSING",
  "COSIGN_DECLARED_ONLY",
  "COSIGN_INVALID",
  "COSIGN_UNKNOWN_SIGNER",
  "COSIGN_LEVEL",
  "COSIGN_SELF",
  "POLICY_CHANGED",
])("tells a person to review and an agent to stop where %s", (code) => {
  const { fix } = explainViolation(exampleOf(code));
  expect(fix).toMatch(/a person on the roster reviews/);
  expect(fix).toMatch(/AI agent must stop/);
});

it("says how many co-signs are there", () => {
  const missing = (have: number) =>
    explainViolation(violation("COSIGN_MISSING", { have, needs: NEEDS, rules: [] })).what;
  expect([missing(0), missing(1)]).toEqual(["it has no co-sign", "it has 1 of 2 co-signs"]);
});

it("names the rules that asked", () => {
  const missing = violation("COSIGN_MISSING", { have: 0, needs: NEEDS, rules: ["infrastructure"] });
  expect(explainViolation(missing).why).toContain('the policy ("infrastructure")');
});

it.each([
  [{ count: 1, level: "senior", proof: "declared", self: false }, "co-signed by 1 person of level senior or higher"],
  [
    { count: 2, level: "mid", proof: "signed", self: false },
    "co-signed with a signature by 2 people of level mid or higher",
  ],
  [
    { count: 1, level: "principal", proof: "hardware", self: false },
    "co-signed with a hardware key by 1 person of level principal or higher",
  ],
] as const)("describes %j", (needs, phrase) => {
  expect(describeRequirement(needs)).toBe(phrase);
});

describe.each(Object.keys(faultMessages) as FaultCode[])("the words of %s", (code) => {
  const { what, why, fix } = new CountersignError(code, faultPages[code].example as never);

  it("tell what happened, why it matters and what to do, each in one line", () => {
    for (const part of [what, why, fix]) expect(part).toMatch(/^\S[^\n]*\S$/);
  });
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
