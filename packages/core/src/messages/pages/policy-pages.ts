import type { CodePages } from "../message.ts";
import type { policyFaults, policyViolations } from "../policy.ts";

const MAIN = "refs/heads/main";
const NEEDS = { count: 1, level: "senior", proof: "signed", self: false } as const;

export const policyViolationPages: CodePages<typeof policyViolations> = {
  POLICY_CHANGED: {
    means: "A commit touches the policy file without the co-signs that this needs.",
    example: { paths: ["countersign.config.yaml"], needs: NEEDS },
  },
  POLICY_REMOVED: {
    means:
      "A commit deletes the policy file, or puts something other than a file in its place, without the co-signs that this needs.",
    example: { paths: ["countersign.config.yaml"], needs: NEEDS },
  },
  POLICY_BROKEN: {
    means: "The tip that is pushed to the default branch has a policy that cannot be read.",
    example: {
      problem: "main is not a valid policy",
      details: ["line 4: people[0].levle is not a known key"],
    },
  },
};

export const policyFaultPages: CodePages<typeof policyFaults> = {
  POLICY_MALFORMED: {
    means: "The policy file in force breaks its schema. Every problem is listed with its line.",
    example: {
      source: `${MAIN}:countersign.config.yaml`,
      problems: ["line 4: people[0].levle is not a known key"],
    },
  },
  POLICY_AMBIGUOUS: {
    means: "There is more than one policy file.",
    example: { source: MAIN, files: [".countersignrc", "countersign.config.yaml"] },
  },
  POLICY_NOT_A_FILE: {
    means: "There is something other than a regular file where the policy file should be.",
    example: { source: `${MAIN}:countersign.config.yaml`, mode: "120000" },
  },
  POLICY_NOT_FETCHED: {
    means: "A partial clone has not fetched the policy file yet.",
    example: { source: "refs/remotes/origin/main:countersign.config.yaml", oid: "3d".repeat(20) },
  },
  POLICY_MISSING: {
    means: "The revision that the policy is taken from has no policy file.",
    example: { ref: "refs/remotes/origin/main" },
  },
  BRANCH_UNPROTECTED: {
    means: "A check that must judge a protected branch was run for an unprotected one.",
    example: { branch: "topic", ref: "refs/remotes/origin/main" },
  },
  TESTS_MALFORMED: {
    means: "A file with tests of the policy breaks its schema. Every problem is listed with its line.",
    example: { source: "countersign.tests.yaml", problems: ["line 4: tests[0].expct is not a known key"] },
  },
  TESTS_MISSING: { means: "There are no policy tests to run.", example: { files: ["countersign.tests.yaml"] } },
};
