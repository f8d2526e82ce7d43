import type { attestationFaults } from "../attestation.ts";
import type { CodePages } from "../message.ts";

export const attestationPages: CodePages<typeof attestationFaults> = {
  COMMIT_NOT_LANDED: {
    means: "A commit was named that the branch does not reach.",
    example: { commit: "1f".repeat(20), branch: "main" },
  },
  LANDING_UNJUDGED: {
    means:
      "A commit was named that landed before there was a policy, before its baseline, or while none protected the branch.",
    example: { commit: "1f".repeat(20), branch: "main" },
  },
  LANDING_NEEDED: {
    means: "A summary was asked for about a commit that a merge brought to the branch.",
    example: { commit: "1f".repeat(20), branch: "main", landing: "3d".repeat(20) },
  },
  RESOURCE_UNKNOWN: {
    means:
      "The remote that work lands on has no address that others could fetch from, or there is no remote, as on a server.",
    example: { problem: "there is no remote" },
  },
  SIGNING_KEY_UNSET: { means: "A signature was asked for, and it is not said by which key.", example: {} },
};
