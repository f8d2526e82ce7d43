import type { destinationFaults } from "../destination.ts";
import type { CodePages } from "../message.ts";

export const destinationPages: CodePages<typeof destinationFaults> = {
  REMOTE_UNKNOWN: {
    means:
      "There are several remotes, and nothing says on which of them work lands; or the one that is named is not there.",
    example: { remotes: ["gitlab", "github"], wanted: undefined },
  },
  POLICY_REF_UNKNOWN: {
    means: "It is not known here which branch is the default one, whose policy is in force.",
    example: { remote: "origin", gap: "neither" },
  },
  POLICY_CONTRADICTED: {
    means: "The branch that is pushed to holds a policy of its own, as it does where the default branch was renamed.",
    example: { branches: ["trunk"], remote: "origin", ref: "refs/remotes/origin/main" },
  },
};
