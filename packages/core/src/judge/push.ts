import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import type { Destination, RefUpdate } from "../ref.ts";

/** A push that is about to happen. */
export interface Push {
  readonly updates: readonly RefUpdate[];
  readonly destination: Destination;
  /** The policy as it stood before the push; without one nothing is protected. */
  readonly policy: PolicyInForce | undefined;
  /** Seconds since 1970; absent, now by the clock: a commit's own dates prove nothing. */
  readonly now?: number;
  /** Whether the policy is only tried out, so that no tip can be said to change it. */
  readonly trial?: boolean;
  /**
   * Whether it is asked beforehand what becomes of the branch, as CI does for a pull request: where both lines moved on,
   * the new tip is to be merged and does not take the old one's place.
   */
  readonly merging?: boolean;
  /** A commit of the branch behind which everything is judged, though it is there already. */
  readonly since?: ObjectId | undefined;
  /** Called now and then with how many commits were read. */
  readonly progress?: (commits: number) => void;
}
