import type { CountersignError, ObjectId, PolicyInForce, Requirement } from "@countersign/core";
import type { Cosigner, Identity } from "@countersign/core/internal";

/** A branch with changes that a person could co-sign. */
export interface WaitingBranch {
  /** The full name of the ref. */
  readonly ref: string;
  readonly tip: ObjectId;
  /** The branch that it is to land on, by its short name. */
  readonly target: string;
  /** When its newest commit was made, in seconds since 1970. */
  readonly updated: number;
  /** Of the commits that wait. */
  readonly authors: readonly Identity[];
  readonly agents: readonly string[];
  /** How many commits it adds, and how many of them wait. */
  readonly commits: number;
  readonly waiting: number;
  /** What it changes as a whole; undefined if it has no history in common with where it is to land. */
  readonly size: { readonly files: number; readonly added: number; readonly deleted: number } | undefined;
  readonly needs: readonly WaitingNeed[];
  /** Those whose co-signs of some of these commits count already. */
  readonly signed: readonly Cosigner[];
}

/** What the waiting commits ask for, and of how many people it is still asked. */
export interface WaitingNeed {
  readonly requirement: Requirement;
  readonly missing: number;
}

/** What waits for a person. */
export interface WaitingList {
  readonly policy: PolicyInForce;
  /** Where the work lands; undefined for this repository itself. */
  readonly remote: string | undefined;
  readonly person: Identity;
  /** How a person goes on, except for the branch. */
  readonly command: readonly string[];
  /** When it was looked at, in seconds since 1970. */
  readonly now: number;
  readonly defaultBranch: string | undefined;
  /** The branches that it is looked at for, by short name. */
  readonly targets: readonly string[];
  /** Those of them that the policy does not protect, so that nothing waits for them. */
  readonly unprotected: readonly string[];
  /** How many branches have commits that a target lacks, counted for each target. */
  readonly looked: number;
  /** The one that waits longest first. */
  readonly branches: readonly WaitingBranch[];
  /** Branches that could not be judged. */
  readonly undecided: readonly { readonly ref: string; readonly target: string; readonly fault: CountersignError }[];
}
