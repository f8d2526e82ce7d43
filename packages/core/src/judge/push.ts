import type { ObjectId } from "../object/oid.ts";
import type { PolicyDoubt, PolicyInForce } from "../policy/in-force.ts";
import type { AuthorAddresses } from "../provenance/authors.ts";
import type { Provenance } from "../provenance/provenance.ts";
import type { Tracer } from "../records/recorder.ts";
import type { Destination, RefUpdate } from "../ref.ts";
import type { OpenReviewed } from "./records/record-source.ts";

/** What is known about a push of the past, from what it left behind. */
export interface Past {
  /** The latest time at which it was made, in seconds since 1970. `now` is the earliest: its co-signs were there before it. */
  readonly by: number;
  /**
   * When the branch had moved on from it, or from so many commits that came with it: a co-sign that came later is a remedy,
   * and counts as of `by`. Undefined if it did not.
   */
  readonly movedOn: (commits: number) => number | undefined;
  /** How commits are traced, where many past landings share that. */
  readonly trace?: Tracer | undefined;
  /** What is known by now of how some of the commits were made, whatever they say. */
  readonly made?: ReadonlyMap<ObjectId, Provenance>;
  /** Later tips of the branch, the nearest first: what one push brought may be asked about commit by commit, and was approved together. */
  readonly later: readonly ObjectId[];
}

/** A push that is about to happen. */
export interface Push {
  readonly updates: readonly RefUpdate[];
  readonly destination: Destination;
  /** The policy as it stood before the push; without one only the branches in doubt are protected. */
  readonly policy: PolicyInForce | undefined;
  /** Why it is not known what is in force on some branches: nothing that is pushed to them can be judged. */
  readonly doubt?: PolicyDoubt | undefined;
  /** Seconds since 1970; absent, now by the clock: a commit's own dates prove nothing. */
  readonly now?: number;
  /** Whether the policy is only tried out, so that no tip can be said to change it. */
  readonly trial?: boolean;
  /**
   * Whether it is asked beforehand what becomes of the branch, as CI does for a pull request: where both lines moved on,
   * the new tip is to be merged and does not take the old one's place.
   */
  readonly merging?: boolean;
  /** A commit of the branch after which everything is judged, although it is there already. */
  readonly since?: ObjectId | undefined;
  /** Of commits that sum up others: everyone who made those, where they can be read. */
  readonly makers?: ReadonlyMap<ObjectId, AuthorAddresses>;
  /** What a forge reports about the branches that are to be merged: approvals that stand are co-signs with the proof `reviewed`. */
  readonly reviewed?: OpenReviewed | undefined;
  /** What is known since then, where a past push is judged. */
  readonly past?: Past;
  /** Called from time to time with the number of commits read. */
  readonly progress?: (commits: number) => void;
}
