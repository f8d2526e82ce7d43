import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import { branchName, branchRef } from "../ref.ts";
import type { ConfiguredRepository } from "../repository.ts";
import { isAdopted } from "./adopted.ts";
import { findConfiguredPlace } from "./configured-place.ts";
import { findUsualBranch, isUsualBranch } from "./default-branch.ts";
import type { KnownDestination, PolicyLocation } from "./known-destination.ts";

/** A repository as a destination itself. In a bare one HEAD names the default branch; elsewhere only what is checked out. */
export async function readLocalDestination(repository: ConfiguredRepository, bare: boolean): Promise<KnownDestination> {
  const branches = new Map<string, ObjectId>();
  const aliases = new Map<string, string>();
  for (const { name, oid, target } of await repository.refs("refs/heads")) {
    branches.set(branchName(name) ?? name, oid);
    if (target !== undefined) aliases.set(name, target);
  }
  const defaultBranch = await findDefaultBranch(repository, bare, branches);
  const tip = defaultBranch === undefined ? undefined : branches.get(defaultBranch);
  const commit = tip && (await repository.peelToCommit(tip));
  const location: PolicyLocation =
    commit && defaultBranch !== undefined
      ? { known: "place", place: { commit, ref: branchRef(defaultBranch) }, by: "own" }
      : await locateElsewhere(repository, bare, branches, defaultBranch);
  return { destination: { branches, defaultBranch, aliases }, location, remote: undefined };
}

async function findDefaultBranch(
  repository: ConfiguredRepository,
  bare: boolean,
  branches: ReadonlyMap<string, ObjectId>,
): Promise<string | undefined> {
  const usual = bare ? undefined : findUsualBranch((branch) => branches.has(branch));
  if (usual !== undefined) return usual;
  const head = await repository.symbolicRef("HEAD");
  // With both main and master, what happens to be checked out says least of all.
  const doubtful = !bare && [...branches.keys()].some(isUsualBranch);
  return head === undefined || doubtful ? undefined : branchName(head);
}

async function locateElsewhere(
  repository: ConfiguredRepository,
  bare: boolean,
  branches: ReadonlyMap<string, ObjectId>,
  defaultBranch: string | undefined,
): Promise<PolicyLocation> {
  const place = await findConfiguredPlace(repository);
  if (place) return { known: "place", place, by: "setting" };
  // HEAD of a bare repository may name a branch that nobody has pushed. All its branches are here to be asked.
  if (branches.size === 0 || (bare && !(await isAdopted(repository, branches)))) return { known: "empty" };
  const gap = defaultBranch === undefined ? "local" : "gone";
  return { known: "nothing", fault: new CountersignError("POLICY_REF_UNKNOWN", { remote: undefined, gap }) };
}
