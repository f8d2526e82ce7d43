import { CountersignError } from "../error.ts";
import { type PolicyDoubt, type PolicyInForce, type PolicyPlace, readPolicy } from "../policy/in-force.ts";
import { branchName, type RefUpdate } from "../ref.ts";
import type { ConfiguredRepository, Repository } from "../repository.ts";
import { isAdopted } from "./adopted.ts";
import { findConfiguredPlace } from "./configured-place.ts";
import { findContradictions } from "./contradictions.ts";
import { findGap } from "./find-gap.ts";
import type { KnownDestination } from "./known-destination.ts";
import { findProtectable } from "./protectable.ts";
import { remoteRefs } from "./remote.ts";

/** What is known of the policy in force: the policy; with neither of both, that there is surely none. */
export interface KnownPolicy {
  readonly policy: PolicyInForce | undefined;
  /** Why it is not known; there may be a policy beside it, for the branches that the doubt is not about. */
  readonly doubt: PolicyDoubt | undefined;
}

/** Reads the policy in force where work lands, and holds against it what this clone knows of the branches that are to move. */
export async function readInForce(
  repository: ConfiguredRepository,
  known: KnownDestination,
  updates: readonly RefUpdate[],
): Promise<KnownPolicy> {
  const { location, destination } = known;
  if (location.known === "empty") return { policy: undefined, doubt: undefined };
  if (location.known === "nothing") return doubtful(location.fault);
  const { place, by } = location;
  const read = await readPolicyAt(repository, place, destination.defaultBranch ?? branchAt(known, place));
  const { policy } = read;
  if (read.doubt || by === "own" || by === "setting") return read;
  const doubt = await findContradictions(repository, known, { policy, place, guessed: by === "name" }, updates);
  if (doubt) {
    const decided = await findConfiguredPlace(repository);
    if (!decided) return { policy, doubt };
    return readInForce(repository, { ...known, location: { known: "place", place: decided, by: "setting" } }, []);
  }
  // If a branch is the default one only by its name, its lack of a policy proves nothing while another branch has one.
  if (!policy && by === "name" && (await isAdopted(repository, destination.branches))) {
    const gap = await findGap(repository, known.remote, "bare name");
    return doubtful(new CountersignError("POLICY_REF_UNKNOWN", { remote: known.remote, gap }));
  }
  return { policy, doubt: undefined };
}

/** Reads the policy at a place: one that cannot be read is a doubt, on the branches that it may protect. */
export async function readPolicyAt(
  repository: Repository,
  place: PolicyPlace,
  defaultBranch: string | undefined,
): Promise<KnownPolicy> {
  try {
    return { policy: await readPolicy(repository, place), doubt: undefined };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return doubtful(error, await findProtectable(repository, place, defaultBranch));
  }
}

function doubtful(fault: CountersignError, mayProtect: PolicyDoubt["mayProtect"] = () => true): KnownPolicy {
  return { policy: undefined, doubt: { fault, mayProtect } };
}

/** The branch that the ref of a policy's place stands for. */
function branchAt({ remote }: KnownDestination, { ref }: PolicyPlace): string | undefined {
  const start = remote === undefined ? undefined : `${remoteRefs(remote)}/`;
  return start !== undefined && ref.startsWith(start) ? ref.slice(start.length) : branchName(ref);
}
