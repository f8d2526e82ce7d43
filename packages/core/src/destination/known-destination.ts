import type { CountersignError } from "../error.ts";
import type { PolicyPlace } from "../policy/in-force.ts";
import type { Destination } from "../ref.ts";

/**
 * Where the policy in force stands: on a commit; nowhere, as none has landed yet; or why that is not known. What is
 * not known must never pass for what is not there.
 */
export type PolicyLocation =
  | { readonly known: "place"; readonly place: PolicyPlace; readonly by: "note" | "name" | "setting" | "own" }
  | { readonly known: "empty" }
  | { readonly known: "nothing"; readonly fault: CountersignError };

/** The repository that work lands in, as it is known here, and where the policy in force there stands. */
export interface KnownDestination {
  readonly destination: Destination;
  readonly location: PolicyLocation;
  /** The remote that it is; undefined for this repository itself, and for an address without a name. */
  readonly remote: string | undefined;
}

/** The commit whose policy is in force, whether or not there is a policy in it; undefined if it is not known. */
export function placeOf({ location }: KnownDestination): PolicyPlace | undefined {
  return location.known === "place" ? location.place : undefined;
}
