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
    means: "A pattern of `protect` matches no branch that there is.",
    example: { pattern: "mian", meant: "main" },
  },
  BRANCH_PATTERN_SHALLOW: {
    means: "A branch below one that a pattern protects is matched by no pattern.",
    example: { pattern: "release/*", branch: "release/2/1", wider: "release/**" },
  },
  BRANCH_PATTERN_SHADOWED: {
    means:
      "An earlier entry of `protect` matches every branch that a pattern matches, so that its own entry governs none.",
    example: { pattern: "main", by: "**" },
  },
  BRANCH_CASE: {
    means: "A branch that is not protected has the name of one that is, but for the case of its letters.",
    example: { branch: "Main", pattern: "main" },
  },
  ACCEPTS_UNPROTECTED: {
    means: "A pattern of `accepts` takes branches for judged on which nothing judges.",
    example: { pattern: "develop" },
  },
  POLICY_CHANGE_EASIER: {
    means: "A rule for paths matches the policy file, whose change by a person is not what rules are about.",
    example: { rule: "configuration", file: "countersign.config.yaml", needs: NEEDS },
  },
  PERSON_WITHOUT_KEY: {
    means: "A person's level is one that co-signs, and the roster has no key with which they could sign.",
    example: { name: "Ada", level: "senior" },
  },
  REVIEWERS_UNKNOWN: {
    means:
      "The policy takes approvals on a forge for co-signs, and the people who could give them have no login there.",
    example: { level: "senior" },
  },
  REVIEWS_NOT_KEPT: {
    means:
      "The policy takes approvals on a forge for co-signs, and nobody may write them down for the time after the merge.",
    example: { lacks: "witness" },
  },
  EMERGENCIES_NOT_REVIEWED: {
    means:
      "The policy has `emergency` and no `ledger`, so that what landed in an emergency can never be co-signed as usual.",
    example: {},
  },
  KEY_EXPIRED: { means: "The `validUntil` of a key is over.", example: KEY },
  KEY_EXPIRES_SOON: { means: "The `validUntil` of a key comes within 30 days.", example: { ...KEY, days: 12 } },
  TOO_FEW_PEOPLE: {
    means: "A requirement asks for more people than the roster has of that level with such a key.",
    example: { needs: NEEDS, able: ["Ada"] },
  },
  NOBODY_TO_SPARE: {
    means: "A requirement can be met, but not for the commits of the very people who meet it.",
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
    means: "Later rules set every field of a rule again, wherever it applies.",
    example: { rule: "docs", by: ["all"] },
  },
  RULE_IDLE: { means: "A rule asks for nothing that is not asked for without it.", example: { rule: "docs" } },
};
