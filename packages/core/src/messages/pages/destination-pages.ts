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
  FORGE_FAILED: {
    means: "The gate asked the forge's API something, several times where that could help, and got no answer.",
    example: { asked: "GET /repos/acme/payments/pulls/12", said: "502 Bad Gateway" },
  },
  FORGE_EVENT_UNFIT: {
    means: "The gate was started by an event that names nothing to be judged, or without one.",
    example: { event: "watch", problem: "it names no pull request, merge queue or push" },
  },
  REQUEST_RACED: {
    means:
      "Somebody pushed to the pull request, its target or the ledger, or reviewed it, each time that it was being judged.",
    example: { name: "pull request 12", moved: "main" },
  },
  REQUEST_NOT_FETCHED: {
    means: "The forge's API and its git server do not agree, a moment after a push, where a pull request ends.",
    example: { name: "pull request 12", head: "3d".repeat(20), found: "1f".repeat(20) },
  },
};
