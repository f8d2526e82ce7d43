import { Effort } from "../diff/effort.ts";
import { type CleanEntry, type Entry, isSameEntry, noEntry } from "../merge/entry.ts";
import { mergeEntries } from "../merge/merge-entries.ts";
import { NO_MODE } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import { POLICY_FILES } from "../policy/policy-files.ts";
import type { Repository, TreeEntry } from "../repository.ts";

/** A policy file as a landing leaves it. */
export type PolicyEntry = TreeEntry & CleanEntry;

/** What happens to the policy files of a branch when another line is merged into it. */
export interface MergedPolicy {
  /** All that the branch will have. */
  readonly entries: readonly PolicyEntry[];
  /** Those that the merge changes there, as the merged line has them: of mode `NO_MODE` where it took the file away. */
  readonly changed: readonly TreeEntry[];
  /** What the merge bases have, each once. */
  readonly bases: readonly (readonly TreeEntry[])[];
}

/**
 * Merges the policy files of two lines as git does: what one line alone changed since their merge base stands, and so does
 * what both changed in different places. Changed is what any merge base gives otherwise than the branch has it, and what
 * conflicts: a person who resolves it can choose either.
 */
export async function mergePolicies(repository: Repository, old: ObjectId, tip: ObjectId): Promise<MergedPolicy> {
  const [ours, theirs] = await Promise.all([readEntries(repository, old), readEntries(repository, tip)]);
  // Whatever both come from, what they have alike stays.
  if (nameEntries(ours) === nameEntries(theirs)) return { entries: ours, changed: [], bases: [ours] };
  const bases = await readBases(repository, old, tip);
  const nothing = noEntry(repository.format);
  const at = (files: readonly TreeEntry[], path: string): Entry => files.find((file) => file.path === path) ?? nothing;
  const effort = Effort.forMany();
  const entries: PolicyEntry[] = [];
  const changed: TreeEntry[] = [];
  for (const path of POLICY_FILES) {
    const [our, their] = [at(ours, path), at(theirs, path)];
    const given: (CleanEntry | undefined)[] = [];
    for (const base of bases) given.push(await mergeEntries(repository, at(base, path), our, their, effort));
    const stays = given.every((entry) => entry && isSameEntry(entry, our));
    const [first] = given;
    const agreed = given.every((entry) => entry && first && isSameEntry(entry, first)) ? first : undefined;
    const after = agreed ?? (their.mode === NO_MODE ? our : their);
    if (after.mode !== NO_MODE) entries.push({ path, ...after });
    if (!stays) changed.push({ path, mode: their.mode, oid: their.oid });
  }
  return { entries, changed, bases };
}

/** The policy files of each merge base, without repetition; lines that share no history begin with none. */
async function readBases(
  repository: Repository,
  old: ObjectId,
  tip: ObjectId,
): Promise<readonly (readonly TreeEntry[])[]> {
  const bases = new Map<string, readonly TreeEntry[]>();
  for (const base of await repository.mergeBases(old, tip)) {
    const entries = await readEntries(repository, base);
    bases.set(nameEntries(entries), entries);
  }
  return bases.size === 0 ? [[]] : [...bases.values()];
}

function readEntries(repository: Repository, commit: ObjectId): Promise<readonly TreeEntry[]> {
  return repository.rootEntries(commit, POLICY_FILES);
}

/** Entries as a text that only the same ones have. */
export function nameEntries(entries: readonly TreeEntry[]): string {
  return entries.map(({ mode, oid, path }) => `${mode} ${oid} ${path}`).join("\n");
}
