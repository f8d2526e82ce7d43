import type { Change } from "../../object/change.ts";
import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import { countsLines } from "../../policy/commit-requirements.ts";
import type { Policy } from "../../policy/policy.ts";
import { isPolicyChange, POLICY_FILES } from "../../policy/policy-files.ts";
import type { TracedCommit } from "../../records/recorder.ts";
import type { Repository } from "../../repository.ts";
import { ChangesInTurn } from "./changes-in-turn.ts";
import { findPlainMerges } from "./plain-merges.ts";

/** A commit and all that is read of it to see what is asked of it. */
export interface CommitReading extends TracedCommit {
  /** All changes of a commit that is assisted or touches the policy; none of another one. */
  readonly changes: readonly Change[];
  /** Those among them by which the commit itself changes the policy. */
  readonly policyChanges: readonly Change[];
  /** Whether it is a merge that brings nothing of its own, asked where everything else must be disclosed. */
  readonly plainMerge?: boolean;
}

/** What of a policy decides which facts are read. */
export type FactNeeds = Pick<Policy, "rules" | "disclosure">;

/** Reads what is asked about beyond the commits: the changes of the assisted ones and of those that touch the policy. */
export async function* readFacts(
  repository: Repository,
  needs: FactNeeds,
  traced: readonly TracedCommit[],
): AsyncGenerator<CommitReading> {
  const sound = traced.filter(({ commit }) => commit.malformed === undefined);
  const assisted = sound.filter(({ provenance }) => provenance.state === "assisted").map(({ commit }) => commit);
  const others = sound.filter(({ provenance }) => provenance.state !== "assisted").map(({ commit }) => commit);
  const touching: Commit[] = [];
  const byOid = new Map(others.map((commit) => [commit.oid, commit]));
  for await (const { commit, changes } of repository.changes(others, { names: POLICY_FILES })) {
    const found = changes.length > 0 ? byOid.get(commit) : undefined;
    if (found) touching.push(found);
  }
  const disclosed = needs.disclosure === "required" ? sound.map(({ commit }) => commit) : [];
  const plain = await findPlainMerges(repository, disclosed);
  // Read one commit at a time: a few commits between two large trees would fill the memory.
  const ofAssisted = new ChangesInTurn(repository.changes(assisted, { lines: countsLines(needs) }), assisted);
  // A signature is over the whole change, so whatever must be co-signed is read in full.
  const ofTouching = new ChangesInTurn(repository.changes(touching), touching);
  try {
    for (const { commit, provenance } of traced) {
      const changes = (await ofAssisted.of(commit)) ?? (await ofTouching.of(commit)) ?? [];
      const policyChanges = await ownPolicyChanges(repository, commit, changes.filter(isPolicyChange));
      yield { commit, provenance, changes, policyChanges, plainMerge: plain.has(commit.oid) };
    }
  } finally {
    await Promise.all([ofAssisted.end(), ofTouching.end()]);
  }
}

/**
 * A merge that takes over the policy of one of its parents changes nothing itself: that parent's commits are judged
 * where they are new, and the tip of the branch is compared with the policy in force. A commit that brings a policy
 * where there was none lifts nothing: it adopted countersign before anybody could be asked.
 */
async function ownPolicyChanges(
  repository: Repository,
  { oid, parents }: Commit,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  if (changes.length === 0) return changes;
  const entriesOf = async (commit: ObjectId): Promise<string> =>
    JSON.stringify(await repository.rootEntries(commit, POLICY_FILES));
  const [first, ...others] = await Promise.all(parents.map(entriesOf));
  if (first === undefined || first === "[]") return [];
  return others.length > 0 && others.includes(await entriesOf(oid)) ? [] : changes;
}
