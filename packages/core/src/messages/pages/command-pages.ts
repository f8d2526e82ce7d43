import type { commandFaults } from "../command.ts";
import type { CodePages } from "../message.ts";

export const commandPages: CodePages<typeof commandFaults> = {
  OPTION_INVALID: {
    means: "The command line has an unknown command or option, or a value that cannot be used.",
    example: { option: "--max-count", problem: '"ten" is not a number' },
  },
  REVISION_UNKNOWN: {
    means: "A revision, as it was typed, names no commit of this repository.",
    example: { revision: "mian" },
  },
  AUDIT_PART_UNFIT: {
    means: "`audit merge` was given files that are not parts of the same audit, or not all of its parts.",
    example: { file: "audit-2.json", problem: "its tip is not that of audit-1.json" },
  },
  NOT_A_LANDING: {
    means: "`cosign --landed` was given a commit that an audit of the branch does not judge by itself.",
    example: { revision: "5bfa7b2", branch: "main", problem: "it came there with 0a1b2c3" },
  },
  REVISION_AMBIGUOUS: {
    means: "A revision begins with a short name that more than one ref has, such as a tag beside a branch.",
    example: { name: "origin/main", refs: ["refs/remotes/origin/main", "refs/tags/origin/main"] },
  },
  BRANCH_UNBORN: { means: "HEAD names a branch without commits.", example: { branch: "refs/heads/main" } },
  BRANCH_UNKNOWN: { means: "It is not known which branch is meant.", example: {} },
  BRANCH_NOT_FOUND: {
    means: "The branch that was named is neither here nor on a remote, and no pattern of the policy matches it.",
    example: { branch: "mian", meant: "main" },
  },
  COMMIT_NOT_LANDED: {
    means: "The named commit is not on the branch.",
    example: { commit: "1f".repeat(20), branch: "main" },
  },
  LANDING_UNJUDGED: {
    means:
      "The named commit landed before there was a policy, before its baseline, or while no policy protected the branch.",
    example: { commit: "1f".repeat(20), branch: "main" },
  },
  LANDING_NEEDED: {
    means: "A summary was requested for a commit that came to the branch with a merge.",
    example: { commit: "1f".repeat(20), branch: "main", landing: "3d".repeat(20) },
  },
  RESOURCE_UNKNOWN: {
    means:
      "The remote that work lands on has no address that others could fetch from, or there is no remote, as on a server.",
    example: { problem: "there is no remote" },
  },
  SIGNING_KEY_UNSET: { means: "A signature was requested, and no key is named.", example: {} },
  NOTHING_TO_SQUASH: {
    means: "`squash-message` was given a revision that the target branch already has.",
    example: { branch: "main" },
  },
  CODE_UNKNOWN: {
    means: "There is no code of that name.",
    example: { code: "COSIGN_MISING", similar: "COSIGN_MISSING" },
  },
  FILE_UNREADABLE: {
    means: "The named file cannot be read.",
    example: { file: "countersign.config.yaml", reason: "ENOENT: no such file or directory" },
  },
  OUTPUT_UNWRITABLE: {
    means: "A report could not be written to the named file.",
    example: { file: "reports/countersign.sarif", reason: "no such directory" },
  },
  DEFECT: { means: "countersign has a fault of its own.", example: { reason: "TypeError: x is not a function" } },
};
