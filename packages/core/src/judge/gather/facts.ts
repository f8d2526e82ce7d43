import type { Change } from "../../object/change.ts";
import type { ObjectId } from "../../object/oid.ts";
import { countsLines } from "../../policy/commit-requirements.ts";
import type { Policy } from "../../policy/policy.ts";
import { POLICY_FILES } from "../../policy/policy-files.ts";
import type { TracedCommit } from "../../records/recorder.ts";
import type { CommitParents, Repository } from "../../repository.ts";
import { ChangesInTurn } from "./changes-in-turn.ts";
import { type OwnWork, readOwnWork } from "./own-work.ts";
import { type PolicyEntry, policyChangesOf } from "./policy-changes.ts";

/** A commit and all that is read of it to see what it needs. */
export interface CommitReading extends TracedCommit, OwnWork {
  /** Those among its own changes by which the commit changes the policy. */
  readonly policyChanges: readonly Change[];
}

/** What decides which facts are read. */
export interface FactNeeds extends Pick<Policy, "rules" | "disclosure"> {
  /** The policy in force, where there is one. */
  readonly inForce?: PolicyEntry | undefined;
}

/** Reads what judging needs beyond the commits: the changes of assisted ones and of those that touch the policy. */
export async function* readFacts(
  repository: Repository,
  needs: FactNeeds,
  traced: readonly TracedCommit[],
): AsyncGenerator<CommitReading> {
  const sound = traced.filter(({ commit }) => commit.malformed === undefined);
  const assisted = sound.filter(({ provenance }) => provenance.state === "assisted").map(({ commit }) => commit);
  const others = sound.filter(({ provenance }) => provenance.state !== "assisted").map(({ commit }) => commit);
  const touching = await findTouching(repository, others);
  const lines = countsLines(needs);
  // Read one commit at a time: a few commits between two large trees would fill the memory.
  const ofAssisted = new ChangesInTurn(repository.changes(assisted, { lines }), assisted);
  // A signature is over the whole change, so whatever must be co-signed is read in full.
  const ofTouching = new ChangesInTurn(repository.changes(touching), touching);
  try {
    for (const one of traced) {
      const { commit } = one;
      const asked = ofAssisted.of(commit) ?? ofTouching.of(commit);
      if (asked) {
        const changes = await asked;
        const work = await readOwnWork(repository, commit, changes, { lines });
        yield { ...one, ...work, policyChanges: await policyChangesOf(repository, commit, work.own, needs.inForce) };
      } else if (needs.disclosure === "required" && commit.malformed === undefined) {
        yield { ...one, ...NOTHING, mechanical: (await readOwnWork(repository, commit, [])).mechanical };
      } else yield { ...one, ...NOTHING };
    }
  } finally {
    await Promise.all([ofAssisted.end(), ofTouching.end()]);
  }
}

const NOTHING = { changes: [], own: [], policyChanges: [], mechanical: false };

/** The commits whose policy file differs from that of one of their parents. */
export async function findTouching<Of extends CommitParents>(
  repository: Repository,
  commits: readonly Of[],
): Promise<readonly Of[]> {
  const pairs = commits.flatMap(({ oid, parents }) =>
    parents.length > 1 ? parents.map((parent) => ({ oid, parents: [parent] })) : [{ oid, parents }],
  );
  const touching = new Set<ObjectId>();
  for await (const { commit, changes } of repository.changes(pairs, { names: POLICY_FILES })) {
    if (changes.length > 0) touching.add(commit);
  }
  return commits.filter(({ oid }) => touching.has(oid));
}
