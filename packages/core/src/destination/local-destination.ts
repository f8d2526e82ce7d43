import type { ObjectId } from "../object/oid.ts";
import { branchName, branchRef } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { findUsualBranch } from "./default-branch.ts";
import type { KnownDestination } from "./known-destination.ts";

/** A repository as a destination itself. In a bare one HEAD names the default branch; elsewhere only what is checked out. */
export async function readLocalDestination(repository: Repository, bare: boolean): Promise<KnownDestination> {
  const branches = new Map<string, ObjectId>();
  const aliases = new Map<string, string>();
  for (const { name, oid, target } of await repository.refs("refs/heads")) {
    branches.set(branchName(name) ?? name, oid);
    if (target !== undefined) aliases.set(name, target);
  }
  const head = await repository.symbolicRef("HEAD");
  const checkedOut = head === undefined ? undefined : branchName(head);
  const usual = bare ? undefined : findUsualBranch((branch) => branches.has(branch));
  const defaultBranch = usual ?? checkedOut;
  const tip = defaultBranch === undefined ? undefined : branches.get(defaultBranch);
  const commit = tip && (await repository.peelToCommit(tip));
  const policyPlace = commit && defaultBranch !== undefined ? { commit, ref: branchRef(defaultBranch) } : undefined;
  return { destination: { branches, defaultBranch, aliases }, policyPlace };
}
