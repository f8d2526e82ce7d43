import type { PolicyDoubt, PolicyInForce } from "../policy/in-force.ts";
import type { Destination, RefUpdate } from "../ref.ts";

/** A push that is about to happen. */
export interface Push {
  readonly updates: readonly RefUpdate[];
  readonly destination: Destination;
  /** The policy as it stood before the push; without one nothing is protected but what the doubt is about. */
  readonly policy: PolicyInForce | undefined;
  /** Why it is not known what is in force on some branches: nothing that is pushed to them can be judged. */
  readonly doubt?: PolicyDoubt | undefined;
  /** Seconds since 1970; absent, now by the clock: a commit's own dates prove nothing. */
  readonly now?: number;
  /** Whether the policy is only tried out, so that no tip can be said to change it. */
  readonly trial?: boolean;
  /** Whether the new tips are to be merged instead of taking the old ones' place, as a pull request's head is. */
  readonly merging?: boolean;
  /** Called now and then with how many commits were read. */
  readonly progress?: (commits: number) => void;
}
