import { decodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { POLICY_FILES } from "../policy/files.ts";
import type { Policy } from "../policy/policy.ts";
import { countsLines } from "../policy/requirement.ts";
import type { Provenance } from "../provenance/provenance.ts";
import type { Repository } from "../repository.ts";
import type { CommitSubject } from "./judge-commit.ts";

/** A commit and what it tells of its making. */
export interface SeenCommit {
  readonly commit: Commit;
  readonly provenance: Provenance;
}

/** Reads what judging needs beyond the commits themselves: all changes of the assisted ones, those of the policy's files of the others. */
export async function* readSubjects(
  repository: Repository,
  policy: Policy,
  seen: readonly SeenCommit[],
): AsyncGenerator<CommitSubject> {
  const sound = seen.filter(({ commit }) => commit.malformed === undefined);
  const assisted = sound.filter(({ provenance }) => provenance.state === "assisted").map(({ commit }) => commit);
  const others = sound.filter(({ provenance }) => provenance.state !== "assisted").map(({ commit }) => commit);
  const lines = countsLines(policy);
  const changes = new Map<ObjectId, readonly Change[]>();
  for await (const answer of repository.changes(assisted, { lines })) changes.set(answer.commit, answer.changes);
  for await (const answer of repository.changes(others, { paths: POLICY_FILES }))
    changes.set(answer.commit, answer.changes);
  for (const { commit, provenance } of seen) {
    const all = changes.get(commit.oid) ?? [];
    const policyChanges = await ownPolicyChanges(repository, commit, all.filter(isPolicyChange));
    yield { commit, provenance, changes: all, policyChanges };
  }
}

/**
 * A merge that takes over the policy of one of its parents changes nothing itself: that parent's commits are judged
 * where they are new, and the tip of the branch is compared with the policy in force.
 */
async function ownPolicyChanges(
  repository: Repository,
  commit: Commit,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  if (changes.length === 0 || commit.parents.length < 2) return changes;
  const result = JSON.stringify(await repository.rootEntries(commit.oid, POLICY_FILES));
  for (const parent of commit.parents.slice(1)) {
    if (JSON.stringify(await repository.rootEntries(parent, POLICY_FILES)) === result) return [];
  }
  return changes;
}

/** Whether a change is one of the policy's own files. */
function isPolicyChange({ path }: Change): boolean {
  return path.length <= 32 && (POLICY_FILES as readonly string[]).includes(decodeText(path));
}
