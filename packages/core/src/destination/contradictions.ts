import { CountersignError } from "../error.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { type PolicyDoubt, type PolicyInForce, type PolicyPlace, readProtectedBranches } from "../policy/in-force.ts";
import { findProtection } from "../policy/policy.ts";
import { POLICY_FILES } from "../policy/policy-files.ts";
import { branchName, isCreated, type RefUpdate } from "../ref.ts";
import type { Repository, TreeEntry } from "../repository.ts";
import type { KnownDestination } from "./known-destination.ts";

/** The policy that is taken for the one in force. */
interface Taken {
  readonly policy: PolicyInForce | undefined;
  readonly place: PolicyPlace;
  /** Whether its branch is the default one by its name alone. */
  readonly guessed: boolean;
}

/**
 * Branches that hold a policy which protects them and never stood on the default branch as it is known here: so shows a
 * default branch that was renamed. An older policy of the default branch, as release branches have it, is not a contradiction.
 */
export async function findContradictions(
  repository: Repository,
  { destination, remote }: KnownDestination,
  taken: Taken,
  updates: readonly RefUpdate[],
): Promise<PolicyDoubt | undefined> {
  const found = new Set<string>();
  let fault: CountersignError | undefined;
  for (const update of updates) {
    const branch = branchName(update.ref);
    if (branch === undefined || branch === destination.defaultBranch || isCreated(update)) continue;
    const seen = destination.branches.get(branch);
    const tip = (await repository.peelToCommit(update.old)) ?? (seen && (await repository.peelToCommit(seen)));
    if (!tip) continue;
    try {
      if (await contradicts(repository, taken, branch, tip)) found.add(branch);
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      found.add(branch);
      fault ??= error;
    }
  }
  if (found.size === 0) return undefined;
  const data = { branches: [...found], remote, ref: taken.place.ref };
  return {
    fault: fault ?? new CountersignError("POLICY_CONTRADICTED", data),
    mayProtect: (branch) => found.has(branch),
  };
}

async function contradicts(repository: Repository, taken: Taken, branch: string, tip: ObjectId): Promise<boolean> {
  const { policy, place, guessed } = taken;
  const entries = await repository.rootEntries(tip, POLICY_FILES);
  if (entries.length === 0 || (policy && isSame(entries, [policy.entry]))) return false;
  const patterns = await readProtectedBranches(repository, entries);
  if (!patterns?.some((glob) => glob.matches(branch))) return false;
  if (guessed && !(policy && findProtection(policy.policy, branch))) return true;
  return !(await stoodOn(repository, place.commit, entries, tip));
}

/** Whether a branch that now ends at `end` once had these policy files, where `tip` went off from it or later. */
async function stoodOn(
  repository: Repository,
  end: ObjectId,
  entries: readonly TreeEntry[],
  tip: ObjectId,
): Promise<boolean> {
  const bases = await repository.mergeBases(tip, end);
  for (const base of bases) if (isSame(await repository.rootEntries(base, POLICY_FILES), entries)) return true;
  const parents = new Map<ObjectId, readonly ObjectId[]>();
  for await (const raw of repository.commits({ tips: [end], exclude: bases })) {
    parents.set(raw.oid, parseCommit(raw).parents);
  }
  const line: { readonly oid: ObjectId; readonly parents: readonly ObjectId[] }[] = [];
  for (let oid: ObjectId | undefined = end; oid !== undefined; ) {
    const next: readonly ObjectId[] | undefined = parents.get(oid);
    if (!next) break;
    line.push({ oid, parents: next });
    oid = next[0];
  }
  for await (const { commit, changes } of repository.changes(line, { names: POLICY_FILES })) {
    if (changes.length > 0 && isSame(await repository.rootEntries(commit, POLICY_FILES), entries)) return true;
  }
  return false;
}

function isSame(some: readonly TreeEntry[], others: readonly TreeEntry[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ path, mode, oid }, at) => {
      const other = others[at];
      return other?.path === path && other.mode === mode && other.oid === oid;
    })
  );
}
