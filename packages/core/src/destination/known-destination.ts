import type { PolicyPlace } from "../policy/in-force.ts";
import type { Destination } from "../ref.ts";

/** The repository that work lands in, as it is known here, and where the policy in force there stands. */
export interface KnownDestination {
  readonly destination: Destination;
  readonly policyPlace: PolicyPlace | undefined;
}
