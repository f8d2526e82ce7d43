import { describe, expect, it } from "vitest";
import { type AdviceCode, type AdviceData, adviceMessages } from "./advice.ts";
import type { Message } from "./message.ts";

const NEEDS = { count: 2, level: "senior", proof: "signed", self: false } as const;
const KEY = { name: "Ada", fingerprint: "SHA256:abc", until: 1_790_000_000 };

/** Typed by code, so that a new one is not forgotten here. */
const DATA: { readonly [Code in AdviceCode]: AdviceData<Code> } = {
  DEFAULT_BRANCH_UNPROTECTED: { branch: "trunk", patterns: ["main"] },
  POLICY_NOT_IN_FORCE: { branch: "main" },
  BASELINE_UNKNOWN: { baseline: "1f".repeat(20) },
  BRANCH_PATTERN_UNMATCHED: { pattern: "mian", meant: "main" },
  BRANCH_PATTERN_SHALLOW: { pattern: "release/*", branch: "release/2/1", wider: "release/**" },
  BRANCH_PATTERN_SHADOWED: { pattern: "main", by: "**" },
  PERSON_WITHOUT_KEY: { name: "Ada", level: "senior" },
  KEY_EXPIRED: KEY,
  KEY_EXPIRES_SOON: { ...KEY, days: 1 },
  TOO_FEW_PEOPLE: { needs: NEEDS, able: [] },
  NOBODY_TO_SPARE: { needs: NEEDS, able: ["Ada", "Grace"] },
  PATH_PATTERN_UNMATCHED: { rule: "infra", pattern: "infra/**", only: true },
  AGENT_UNKNOWN: { rule: "prod", agent: "claude", meant: undefined },
  RULE_WITHOUT_AUTHOR: { rule: "own", level: "senior" },
  RULE_SHADOWED: { rule: "docs", by: ["all"] },
  RULE_IDLE: { rule: "docs" },
};

describe.each(Object.entries(DATA))("%s", (code, data) => {
  it("tells what, why and what to do, in one line each", () => {
    const { what, why, fix } = (adviceMessages[code as AdviceCode] as (data: unknown) => Message)(data);
    for (const text of [what, why, fix]) expect(text).toMatch(/^\S.*[^.\s]$/);
    expect(`${what}${why}${fix}`).not.toMatch(/undefined|NaN|\[object/);
  });
});

it("suggests what was meant where that is known, and counts one day as one", () => {
  expect(adviceMessages.BRANCH_PATTERN_UNMATCHED({ pattern: "mian", meant: "main" }).what).toContain(
    "did you mean main?",
  );
  expect(adviceMessages.BRANCH_PATTERN_UNMATCHED({ pattern: "x", meant: undefined }).what).not.toContain("mean");
  expect(adviceMessages.KEY_EXPIRES_SOON({ ...KEY, days: 1 }).what).toContain("for 1 more day, until 2026-09-21");
});
