import {
  CountersignError,
  type Destination,
  type ObjectId,
  type PolicyPlace,
  type RefTip,
  type RefUpdate,
} from "@countersign/core";
import { branchName, branchRef, isZeroOid } from "@countersign/core/internal";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/** The repository that a push goes to, as this clone knows it, and where the policy in force there stands. */
export interface KnownDestination {
  readonly destination: Destination;
  readonly policyPlace: PolicyPlace | undefined;
}

/**
 * What this clone knows of a remote: the tips it last saw, corrected by the ids that the push itself names. The policy
 * is the one on the remote's default branch before the push; never a pushed commit's, never the work tree's.
 */
export async function readRemote(
  repository: GitRepository,
  remote: string | undefined,
  updates: readonly RefUpdate[],
): Promise<KnownDestination> {
  const prefix = remote === undefined ? undefined : `refs/remotes/${remote}`;
  const tips = prefix === undefined ? [] : await repository.refs(prefix);
  const branches = new Map<string, ObjectId>();
  for (const { name, oid, target } of tips)
    if (target === undefined) branches.set(name.slice(`${prefix}/`.length), oid);
  const defaultBranch = findDefaultBranch(prefix, tips, updates);
  const destination = { branches, defaultBranch, aliases: new Map<string, string>() };
  return { destination, policyPlace: await findPolicy(repository, prefix, destination, updates) };
}

/** The branch that the remote's HEAD names, as far as `git clone` or `git remote set-head` noted it. */
function findDefaultBranch(
  prefix: string | undefined,
  tips: readonly RefTip[],
  updates: readonly RefUpdate[],
): string | undefined {
  const head = tips.find(({ name }) => name === `${prefix}/HEAD`)?.target;
  if (head?.startsWith(`${prefix}/`)) return head.slice(`${prefix}/`.length);
  const known = (branch: string): boolean =>
    tips.some(({ name }) => name === `${prefix}/${branch}`) ||
    updates.some((update) => branchName(update.ref) === branch && !isZeroOid(update.old));
  return ["main", "master"].find(known);
}

async function findPolicy(
  repository: GitRepository,
  prefix: string | undefined,
  { branches, defaultBranch }: Destination,
  updates: readonly RefUpdate[],
): Promise<PolicyPlace | undefined> {
  if (defaultBranch !== undefined) {
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
  return findConfiguredPolicy(repository);
}

async function findConfiguredPolicy(repository: GitRepository): Promise<PolicyPlace | undefined> {
  const { status, output } = await git(repository.context, ["config", "--get", "countersign.policyRef"], [0, 1]);
  if (status === 1) return undefined;
  const ref = output.trim();
  const tip = (await repository.refs(ref)).find(({ name }) => name === ref);
  const commit = tip && (await repository.peelToCommit(tip.oid));
  if (!commit) throw new CountersignError("REVISION_UNKNOWN", { revision: ref });
  return { commit, ref };
}
