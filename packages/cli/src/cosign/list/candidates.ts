import type { ObjectId } from "@countersign/core";
import { findProtection, isLedger, type PolicyChoice, remoteRefs } from "@countersign/core/internal";
import { type GitRepository, isReached, listUnmerged } from "@countersign/git/internal";

/** A branch that may land: here, or on the remote. */
export interface Candidate {
  /** The full name of the ref. */
  readonly ref: string;
  readonly tip: ObjectId;
}

/** Where the branch that is judged for stands; undefined if it does not exist yet. */
export async function findTarget(
  repository: GitRepository,
  { destination, branch }: Pick<PolicyChoice, "destination" | "branch">,
): Promise<ObjectId | undefined> {
  const known = destination.branches.get(branch);
  return known && repository.peelToCommit(known);
}

/**
 * The branches here and on the remote with commits that the branch lacks which is judged for. A branch that is here and
 * there is named once where one of both has all of the other. What the policy protects is where work lands, and the ledger
 * is not work.
 */
export async function findCandidates(repository: GitRepository, choice: PolicyChoice): Promise<readonly Candidate[]> {
  const { branch, remote, policy } = choice;
  const target = await findTarget(repository, choice);
  const prefixes = ["refs/heads/", ...(remote === undefined ? [] : [`${remoteRefs(remote)}/`])];
  const byName = new Map<string, Candidate[]>();
  for (const { name: ref, oid: tip } of await listUnmerged(repository.context, target, prefixes)) {
    const prefix = prefixes.find((start) => ref.startsWith(start)) ?? "";
    const name = ref.slice(prefix.length);
    if (name === branch || isLedger(policy.policy, name) || findProtection(policy.policy, name)) continue;
    byName.set(name, [...(byName.get(name) ?? []), { ref, tip }]);
  }
  const found: Candidate[] = [];
  for (const same of byName.values()) found.push(...(await withoutOlder(repository, same)));
  return found;
}

/**
 * Of both that have the name, the one that has all of the other; of two with one tip that which is here. In a history that
 * is not whole both are shown.
 */
async function withoutOlder(repository: GitRepository, same: readonly Candidate[]): Promise<readonly Candidate[]> {
  const [here, there] = same;
  if (!here || !there || here.tip === there.tip) return same.slice(0, 1);
  if (await isReached(repository, there.tip, here.tip)) return [here];
  return (await isReached(repository, here.tip, there.tip)) ? [there] : same;
}
