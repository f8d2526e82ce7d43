import { asciiLowerCase } from "../bytes.ts";
import { type ApprovedCommit, type ApprovedPart, approve, doesAnything } from "../cosign/approve.ts";
import { changeDigest } from "../cosign/digest.ts";
import { BLOCK_LIMIT } from "../cosign/parse-lines.ts";
import type { Standing } from "../judge/relate/base.ts";
import { readSpokenFor } from "../judge/relate/read-claims.ts";
import { readAdded } from "../merge-way/added-commits.ts";
import { mergeCommits } from "../merge-way/merge-trees.ts";
import type { WouldBeRepository } from "../merge-way/would-be-repository.ts";
import type { Change } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import { readAuthors } from "../provenance/authors.ts";

/** A branch as it was reviewed: all that an approval of it approves. */
export interface ReviewedBranch {
  /** As `countersign cosign` would have signed it; empty if there is nothing to approve. */
  readonly parts: readonly ApprovedPart[];
  /** Where it parted from the branch that it is for: what came there since may have taken back what is approved. */
  readonly base: ObjectId;
  /** The addresses of all who made some of it, committers too, in ASCII lower case. */
  readonly makers: ReadonlySet<string>;
}

/** Reads a branch up to the tip that was reviewed; undefined if it has no history in common with where it lands, or too much for one record. */
export async function readReviewedBranch(
  repository: WouldBeRepository,
  policy: Policy,
  { branch, stood }: Standing,
  head: ObjectId,
): Promise<ReviewedBranch | undefined> {
  const target = stood && (await repository.peelToCommit(stood));
  const [base] = target ? await repository.mergeBases(target, head) : [];
  const added = target && base && (await readAdded(repository, policy, target, head, BLOCK_LIMIT - 2));
  if (!target || !base || !added) return undefined;
  const commits = await readCommits(repository, added);
  const sums = await readSums(repository, { target, base, head });
  const landing = { commits: new Set(added.map(({ commit }) => commit.oid)), sums };
  return { parts: approve(policy, branch, commits, [landing]), base, makers: findMakers(commits) };
}

async function readCommits(
  repository: WouldBeRepository,
  added: NonNullable<Awaited<ReturnType<typeof readAdded>>>,
): Promise<readonly ApprovedCommit[]> {
  const sound = added.filter(({ commit }) => commit.malformed === undefined);
  const items = sound.values();
  const commits: ApprovedCommit[] = [];
  for await (const spoken of readSpokenFor(
    repository,
    sound.map(({ commit }) => commit),
  )) {
    const { provenance } = items.next().value ?? {};
    if (provenance) commits.push({ ...spoken, provenance });
  }
  return commits;
}

/** A person who did no more than bring the branch up to date made nothing. */
function findMakers(commits: readonly ApprovedCommit[]): ReadonlySet<string> {
  const working = commits.filter(doesAnything);
  return new Set(
    working.flatMap(({ commit }) => [...readAuthors(commit).keys(), asciiLowerCase(commit.committer.email)]),
  );
}

interface Parted {
  readonly target: ObjectId;
  readonly base: ObjectId;
  readonly head: ObjectId;
}

/** What the branch changes from where it parted, and what landing it would change, where that is something else. */
async function readSums(
  repository: WouldBeRepository,
  { target, base, head }: Parted,
): Promise<readonly (readonly Change[])[]> {
  const whole = await compare(repository, base, head);
  if (base === target) return [whole];
  const merged = await mergeCommits(repository, target, head);
  if ("conflicts" in merged) return [whole];
  const made = { tree: merged.tree, parents: [target], headers: new Uint8Array(), message: new Uint8Array() };
  const landing = await compare(repository, target, repository.made.addCommit(made));
  return landing.length === 0 || changeDigest(landing) === changeDigest(whole) ? [whole] : [whole, landing];
}

async function compare(repository: WouldBeRepository, from: ObjectId, to: ObjectId): Promise<readonly Change[]> {
  for await (const { changes } of repository.changes([{ oid: to, parents: [from] }])) return changes;
  throw new Error("one pair has one answer");
}
