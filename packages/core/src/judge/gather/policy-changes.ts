import { decodeText } from "../../bytes.ts";
import type { OwnChange } from "../../merge/own-changes.ts";
import type { Change } from "../../object/change.ts";
import type { Commit } from "../../object/commit.ts";
import { isPolicyChange, POLICY_FILES } from "../../policy/policy-files.ts";
import type { Repository, TreeEntry } from "../../repository.ts";

/** A policy file of a tree. */
export type PolicyEntry = Pick<TreeEntry, "path" | "mode" | "oid">;

/**
 * Those of its own changes by which a commit changes the policy. A commit that brings a policy where there was none lifts
 * nothing: it adopted countersign before anyone could be asked. A merge whose parents conflict there, and that takes the
 * policy in force, drops nothing either.
 */
export async function policyChangesOf(
  repository: Repository,
  { parents }: Commit,
  own: readonly (Change | OwnChange)[],
  inForce: PolicyEntry | undefined,
): Promise<readonly Change[]> {
  const changes = own.filter((change) => isPolicyChange(change) && !keeps(change, inForce));
  if (changes.length === 0) return [];
  for (const parent of parents) {
    if ((await repository.rootEntries(parent, POLICY_FILES)).length > 0) return changes;
  }
  return [];
}

function keeps(change: Change | OwnChange, inForce: PolicyEntry | undefined): boolean {
  if (!inForce || !("isConflict" in change) || !change.isConflict) return false;
  const { path, newMode, newOid } = change;
  return newMode === inForce.mode && newOid === inForce.oid && decodeText(path) === inForce.path;
}
