import { CountersignError } from "../error.ts";
import { isZeroOid, type ObjectId } from "../object/oid.ts";
import { branchName, branchRef, isCreated, type RefUpdate } from "../ref.ts";
import type { ConfiguredRepository } from "../repository.ts";
import { findConfiguredPlace } from "./configured-place.ts";
import { findUsualBranch, isUsualBranch } from "./default-branch.ts";
import { findGap } from "./find-gap.ts";
import type { KnownDestination, PolicyLocation } from "./known-destination.ts";
import { remoteRefs } from "./remote.ts";

/**
 * What this clone knows of a remote: the tips it last saw, corrected by the ids that the push itself names. The policy
 * is the one on the remote's default branch before the push; never a pushed commit's, never the work tree's.
 */
export async function readRemoteDestination(
  repository: ConfiguredRepository,
  remote: string | undefined,
  updates: readonly RefUpdate[],
): Promise<KnownDestination> {
  const seen = await readSeen(repository, remote);
  const defaultBranch = seen.noted ?? findUsualBranch((branch) => isKnown(seen, branch, updates));
  const { branches } = seen;
  return {
    destination: { branches, defaultBranch, aliases: new Map() },
    location: await locatePolicy(repository, remote, seen, updates),
    remote,
  };
}

/** What was last seen of a remote. */
interface Seen {
  readonly branches: ReadonlyMap<string, ObjectId>;
  /** The default branch, where this clone has noted it. */
  readonly noted: string | undefined;
}

async function readSeen(repository: ConfiguredRepository, remote: string | undefined): Promise<Seen> {
  const branches = new Map<string, ObjectId>();
  if (remote === undefined) return { branches, noted: undefined };
  const [start, head] = [`${remoteRefs(remote)}/`, `${remoteRefs(remote)}/HEAD`];
  let target: string | undefined;
  for (const tip of await repository.refs(remoteRefs(remote))) {
    if (tip.target === undefined) branches.set(tip.name.slice(start.length), tip.oid);
    else if (tip.name === head) target = tip.target;
  }
  // A symbolic ref that leads nowhere is not listed, and says all the same what the default branch was.
  target ??= await repository.symbolicRef(head);
  return { branches, noted: target?.startsWith(start) ? target.slice(start.length) : undefined };
}

function isKnown({ branches }: Seen, branch: string, updates: readonly RefUpdate[]): boolean {
  return branches.has(branch) || updates.some((update) => branchName(update.ref) === branch && !isCreated(update));
}

async function locatePolicy(
  repository: ConfiguredRepository,
  remote: string | undefined,
  seen: Seen,
  updates: readonly RefUpdate[],
): Promise<PolicyLocation> {
  if (await isEmpty(repository, seen, updates)) return { known: "empty" };
  if (seen.noted !== undefined) return locateOn(repository, remote, seen, updates, seen.noted, "note");
  const configured = await findConfiguredPlace(repository);
  if (configured) return { known: "place", place: configured, by: "setting" };
  const usual = findUsualBranch((branch) => isKnown(seen, branch, updates));
  if (usual !== undefined) return locateOn(repository, remote, seen, updates, usual, "name");
  const found = [...seen.branches.keys()].some(isUsualBranch) ? "both" : "neither";
  return unknown(repository, remote, seen, found);
}

/** git says which branches a push creates: a remote of which nothing was ever seen, and that lacks its first one, has none. */
async function isEmpty(
  repository: ConfiguredRepository,
  { branches, noted }: Seen,
  updates: readonly RefUpdate[],
): Promise<boolean> {
  if (branches.size > 0 || updates.length === 0 || !updates.every(isCreated)) return false;
  const created = updates.map(({ ref }) => branchName(ref)).filter((branch) => branch !== undefined);
  if (created.some((branch) => branch === noted || isUsualBranch(branch))) return true;
  const first = (await repository.setting("init.defaultBranch"))?.trim();
  return first !== undefined && created.includes(first);
}

async function locateOn(
  repository: ConfiguredRepository,
  remote: string | undefined,
  seen: Seen,
  updates: readonly RefUpdate[],
  branch: string,
  by: "note" | "name",
): Promise<PolicyLocation> {
  // The remote says which tip it has when that very branch is pushed; a fetch may be long ago.
  const pushed = updates.find(({ ref }) => ref === branchRef(branch));
  const old = pushed && !isZeroOid(pushed.old) ? pushed.old : undefined;
  const named = old && (await repository.peelToCommit(old));
  if (named) return { known: "place", place: { commit: named, ref: branchRef(branch) }, by };
  const tip = pushed && !old ? undefined : seen.branches.get(branch);
  const commit = tip && (await repository.peelToCommit(tip));
  if (commit && remote !== undefined) {
    return { known: "place", place: { commit, ref: `${remoteRefs(remote)}/${branch}` }, by };
  }
  const configured = await findConfiguredPlace(repository);
  if (configured) return { known: "place", place: configured, by: "setting" };
  if (pushed && old) return { known: "nothing", fault: new CountersignError("TIP_UNKNOWN", { ref: pushed.ref, old }) };
  return unknown(repository, remote, seen, "gone");
}

async function unknown(
  repository: ConfiguredRepository,
  remote: string | undefined,
  { branches }: Seen,
  found: "both" | "neither" | "gone",
): Promise<PolicyLocation> {
  const gap = await findGap(repository, remote, branches.size > 0 ? found : undefined);
  return { known: "nothing", fault: new CountersignError("POLICY_REF_UNKNOWN", { remote, gap }) };
}
