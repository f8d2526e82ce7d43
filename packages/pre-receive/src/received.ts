import type { Decision } from "@countersign/core";
import type { KnownPolicy, Outcome } from "@countersign/core/internal";

/** What is to become of a push, and what there is to say of it. */
export interface Received {
  readonly outcome: Outcome;
  /** By the repository's policy, and then by the server's own where it has one. */
  readonly decisions: readonly Decision[];
  /** The repository's policy as it stands before the push, and the branch that HEAD names, where it came to that. */
  readonly inForce?: KnownPolicy;
  readonly defaultBranch?: string | undefined;
  /** Whether the push brings the first policy to a server that requires one. */
  readonly adopted?: boolean;
}
