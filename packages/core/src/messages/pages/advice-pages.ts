import type { adviceMessages } from "../advice.ts";
import type { CodePages } from "../message.ts";

const NEEDS = { count: 2, level: "senior", proof: "signed", self: false } as const;
const KEY = { name: "Ada", fingerprint: "SHA256:uNiVztks…", until: 1_790_000_000 };

export const advicePages: CodePages<typeof adviceMessages> = {
  DEFAULT_BRANCH_UNPROTECTED: {
    means: "No pattern of `protect` matches the default branch, whose policy is in force.",
    example: { branch: "trunk", patterns: ["main"] },
  },
  POLICY_NOT_IN_FORCE: {
    means: "There is a policy file, but none on the default branch yet.",
    example: { branch: "main" },
  },
  BASELINE_UNKNOWN: {
    means: "The commit that the policy names as its `baseline` is not in this repository.",
    example: { baseline: "1f".repeat(20) },
  },
  BRANCH_PATTERN_UNMATCHED: {
    means: "A pattern of `protect` matches no existing branch.",
    example: { pattern: "mian", meant: "main" },
  },
  BRANCH_PATTERN_SHALLOW: {
    means: "No pattern matches a branch whose name only has more slashes than a pattern allows.",
    example: { pattern: "release/*", branch: "release/2/1", wider: "release/**" },
  },
  BRANCH_PATTERN_SHADOWED: {
    means:
      "An earlier entry of `protect` matches every branch that this pattern matches, so its own entry governs none of them.",
    example: { pattern: "main", by: "**" },
  },
  BRANCH_CASE: {
    means: "An unprotected branch has the same name as a protected one, apart from upper and lower case.",
    example: { branch: "Main", pattern: "main" },
  },
  ACCEPTS_UNPROTECTED: {
    means: "A pattern of `accepts` counts branches as judged where nothing is judged.",
    example: { pattern: "develop" },
  },
  POLICY_CHANGE_EASIER: {
    means: "A rule for paths matches the policy file, but a person's change of that file is not subject to rules.",
    example: { rule: "configuration", file: "countersign.config.yaml", needs: NEEDS },
  },
  AGENT_ON_ROSTER: {
    means: "Somebody on the roster has an address that an AI agent commits with.",
    example: { name: "Claude", email: "noreply@anthropic.com", agent: "Claude Code" },
  },
  PERSON_WITHOUT_KEY: {
    means: "A person has a level that can co-sign, but no key on the roster to sign with.",
    example: { name: "Ada", level: "senior" },
  },
  REVIEWERS_UNKNOWN: {
    means:
      "The policy accepts approvals on a forge as co-signs, but the people who could give them have no login on the roster.",
    example: { level: "senior" },
  },
  REVIEWS_NOT_KEPT: {
    means: "The policy accepts approvals on a forge as co-signs, but nothing is set up to keep them after the merge.",
    example: { lacks: "witness" },
  },
  EMERGENCIES_NOT_REVIEWED: {
    means:
      "The policy has `emergency` but no `ledger`, so what landed in an emergency can never be co-signed afterwards.",
    example: {},
  },
  KEY_EXPIRED: { means: "The `validUntil` of a key has passed.", example: KEY },
  KEY_EXPIRES_SOON: { means: "The `validUntil` of a key is less than 30 days away.", example: { ...KEY, days: 12 } },
  TOO_FEW_PEOPLE: {
    means: "A requirement needs more people than the roster has with that level and such a key.",
    example: { needs: NEEDS, able: ["Ada"] },
  },
  NOBODY_TO_SPARE: {
    means: "A requirement can be met, but not for commits by the people who would meet it.",
    example: { needs: NEEDS, able: ["Ada", "Grace"] },
  },
  PATH_PATTERN_UNMATCHED: {
    means: "A path of a rule matches no file of `HEAD`.",
    example: { rule: "infra", pattern: "infra/**", only: true },
  },
  RULE_AGENT_UNKNOWN: {
    means: "A rule names an agent that is neither in the catalogue nor described under `agents`.",
    example: { rule: "prod", agent: "claude", meant: "claude-code" },
  },
  RULE_WITHOUT_AUTHOR: {
    means: "A rule is for authors of a level that nobody on the roster has.",
    example: { rule: "own", level: "senior" },
  },
  RULE_SHADOWED: {
    means: "Later rules override every field of a rule wherever it applies.",
    example: { rule: "docs", by: ["all"] },
  },
  RULE_IDLE: { means: "A rule requires nothing that is not already required without it.", example: { rule: "docs" } },
};
