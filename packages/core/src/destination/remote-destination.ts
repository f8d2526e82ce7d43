import { CountersignError } from "../error.ts";
import { isZeroOid, type ObjectId } from "../object/oid.ts";
import type { PolicyPlace } from "../policy/in-force.ts";
import { branchName, branchRef, type Destination, type RefUpdate } from "../ref.ts";
import type { ConfiguredRepository } from "../repository.ts";
import { findDefaultBranch } from "./default-branch.ts";
import type { KnownDestination } from "./known-destination.ts";
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
  const prefix = remote === undefined ? undefined : remoteRefs(remote);
  const tips = prefix === undefined ? [] : await repository.refs(prefix);
  const branches = new Map<string, ObjectId>();
  for (const { name, oid, target } of tips)
    if (target === undefined) branches.set(name.slice(`${prefix}/`.length), oid);
  const head = tips.find(({ name }) => name === `${prefix}/HEAD`)?.target;
  const isKnown = (branch: string): boolean =>
    branches.has(branch) || updates.some(({ ref, old }) => branchName(ref) === branch && !isZeroOid(old));
  const defaultBranch = findDefaultBranch(prefix, head, isKnown);
  const destination = { branches, defaultBranch, aliases: new Map<string, string>() };
  return { destination, policyPlace: await findPolicy(repository, prefix, destination, updates) };
}

async function findPolicy(
  repository: ConfiguredRepository,
  prefix: string | undefined,
  { branches, defaultBranch }: Destination,
  updates: readonly RefUpdate[],
): Promise<PolicyPlace | undefined> {
  if (defaultBranch === undefined) return findConfiguredPolicy(repository);
  // The remote says which tip it has when that very branch is pushed; a fetch may be long ago.
  const pushed = updates.find(({ ref }) => ref === branchRef(defaultBranch));
  const named = pushed && !isZeroOid(pushed.old) ? await repository.peelToCommit(pushed.old) : undefined;
  if (named) return { commit: named, ref: branchRef(defaultBranch) };
  const seen = branches.get(defaultBranch);
  const commit = seen && !(pushed && isZeroOid(pushed.old)) ? await repository.peelToCommit(seen) : undefined;
  if (commit) return { commit, ref: `${prefix}/${defaultBranch}` };
  const configured = await findConfiguredPolicy(repository);
  // The remote has that branch, so that it may well have a policy; "none known" must not pass for "none".
  if (!configured && pushed && !isZeroOid(pushed.old)) {
    throw new CountersignError("TIP_UNKNOWN", { ref: pushed.ref, old: pushed.old });
  }
  return configured;
}

async function findConfiguredPolicy(repository: ConfiguredRepository): Promise<PolicyPlace | undefined> {
  const ref = (await repository.setting("countersign.policyRef"))?.trim();
  if (ref === undefined) return undefined;
  const tip = (await repository.refs(ref)).find(({ name }) => name === ref);
  const commit = tip && (await repository.peelToCommit(tip.oid));
  if (!commit) throw new CountersignError("REVISION_UNKNOWN", { revision: ref });
  return { commit, ref };
}
