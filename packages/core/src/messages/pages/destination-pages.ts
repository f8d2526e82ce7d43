import type { destinationFaults } from "../destination.ts";
import type { CodePages } from "../message.ts";

export const destinationPages: CodePages<typeof destinationFaults> = {
  REMOTE_UNKNOWN: {
    means:
      "There are several remotes and nothing says which one work lands on, or there is no remote of the given name.",
    example: { remotes: ["gitlab", "github"], wanted: undefined },
  },
  POLICY_REF_UNKNOWN: {
    means: "It is not known here which branch is the default branch, whose policy is in force.",
    example: { remote: "origin", gap: "neither" },
  },
  POLICY_CONTRADICTED: {
    means: "The branch that is pushed to holds a policy of its own, as it does where the default branch was renamed.",
    example: { branches: ["trunk"], remote: "origin", ref: "refs/remotes/origin/main" },
  },
  FORGE_FAILED: {
    means: "The gate called the forge's API, more than once where that could help, and got no usable answer.",
    example: { asked: "GET /repos/acme/payments/pulls/12", said: "502 Bad Gateway" },
  },
  FORGE_EVENT_UNFIT: {
    means: "The gate was started by an event that names nothing to judge, or by no event.",
    example: { event: "watch", problem: "it names no pull request, merge queue or push" },
  },
  REQUEST_RACED: {
    means:
      "Each time the pull request was being judged, someone reviewed it or pushed to it, its target or the ledger.",
    example: { name: "pull request 12", moved: "main" },
  },
  REQUEST_NOT_FETCHED: {
    means: "Just after a push, the forge's API and its git server disagree about the head of a pull request.",
    example: { name: "pull request 12", head: "3d".repeat(20), found: "1f".repeat(20) },
  },
};
