import { type ObjectFormat, zeroOid } from "../object/oid.ts";
import { branchRef, type Destination, type RefUpdate } from "../ref.ts";
import type { LineCommit } from "./line/line.ts";

/** Where it landed. */
export interface LandingPlace {
  /** By short name. */
  readonly branch: string;
  readonly destination: Destination;
  /** Whether the policy is not the one that stood then. */
  readonly trial: boolean;
}

/** The update of the push that a landing may have come by. */
export function updateOf({ branch }: LandingPlace, { commit, parent }: LineCommit, format: ObjectFormat): RefUpdate {
  return { ref: branchRef(branch), old: parent ?? zeroOid(format), new: commit };
}
