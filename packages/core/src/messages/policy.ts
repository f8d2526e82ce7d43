import type { Messages } from "./message.ts";
import { type Asked, ask, describeRequirement, type Needs } from "./phrases.ts";

/** How a push breaks the policy by changing it. */
export const policyViolations = {
  POLICY_CHANGED: ({ paths, needs, able }: Asked & { paths: readonly string[]; needs: Needs }) => ({
    what: `it changes the policy itself (${paths.join(", ")})`,
    why: `a change of the policy could switch its rules off, so each one needs ${describeRequirement(needs)}, AI-assisted or not`,
    fix: ask({ able }),
  }),
  POLICY_REMOVED: ({ paths, needs, able }: Asked & { paths: readonly string[]; needs: Needs }) => ({
    what: `it leaves the branch without a policy file (${paths.join(", ")})`,
    why: `without it nothing is enforced from the next push on, so its removal needs ${describeRequirement(needs)}, AI-assisted or not`,
    fix: ask({ able }),
  }),
  POLICY_BROKEN: ({ problem, details }: { problem: string; details: readonly string[] }) => ({
    what: `the policy it brings is damaged: ${problem}`,
    why: "once it has landed, no push could be judged any more, and every push would be refused",
    fix: "correct the file, then push",
    details,
  }),
} as const satisfies Messages;

/** No push to a branch that the policy may protect can be judged, its repair included. */
const LANDED =
  "; if it has landed already, push the repair to a branch of its own, and ask the server's administrator to merge it";

/** Why there is no policy to judge by, or none of its tests to run. */
export const policyFaults = {
  POLICY_MALFORMED: ({ source, problems }: { source: string; problems: readonly string[] }) => ({
    what: `${source} is not a valid policy`,
    why: "a policy that cannot be read in full cannot be enforced, so nothing is let through",
    fix: `correct the ${problems.length === 1 ? "listed problem" : `${problems.length} listed problems`} and commit the file${LANDED}`,
    details: problems,
  }),
  POLICY_AMBIGUOUS: ({ source, files }: { source: string; files: readonly string[] }) => ({
    what: `${source} has ${files.length} policy files: ${files.join(", ")}`,
    why: "it would not be clear which of them is in force",
    fix: `keep one of them and remove the others${LANDED}`,
  }),
  POLICY_NOT_A_FILE: ({ source, mode }: { source: string; mode: string }) => ({
    what: `${source} has mode ${mode} and is not a regular file`,
    why: "a symbolic link, folder or submodule can lead to content that was never reviewed",
    fix: `replace it with a regular file${LANDED}`,
  }),
  POLICY_NOT_FETCHED: ({ source, oid }: { source: string; oid: string }) => ({
    what: `${source} is not in this clone`,
    why: "a partial clone fetches a file when it is first read, and hooks do not use the network",
    fix: `run \`git show ${oid}\`, which fetches it; if the clone is not partial, \`git fsck\` finds the damage`,
  }),
  POLICY_MISSING: ({ ref }: { ref: string }) => ({
    what: `there is no policy in ${ref}`,
    why: "without one nothing says what is protected and who may co-sign",
    fix: "`countersign init` writes one; or commit a countersign.config.yaml there, or name another revision with --policy",
  }),
  BRANCH_UNPROTECTED: ({ branch, ref }: { branch: string; ref: string }) => ({
    what: `the policy of ${ref} does not protect ${branch}`,
    why: "nothing is required there, so a check that passes would prove nothing",
    fix: "name a protected branch, or add this one to `protect` in the policy",
  }),
  TESTS_MALFORMED: ({ source, problems }: { source: string; problems: readonly string[] }) => ({
    what: `${source} is not a valid file of policy tests`,
    why: "tests that cannot be read in full would look as if they had passed",
    fix: `correct the ${problems.length === 1 ? "listed problem" : `${problems.length} listed problems`}; \`countersign policy schema tests\` prints the schema`,
    details: problems,
  }),
  TESTS_MISSING: ({ files }: { files: readonly string[] }) => ({
    what: "there are no policy tests here",
    why: `none of ${files.join(", ")} is beside the policy`,
    fix: "write one of them, or name the files to run",
  }),
} as const satisfies Messages;
