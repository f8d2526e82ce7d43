import { encodeText } from "../bytes.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import { identify } from "../provenance/identify.ts";
import { agentIndexUnder } from "../provenance/under-policy.ts";
import type { TracedCommit } from "../records/recorder.ts";
import type { AddedCommit } from "./added-commits.ts";
import { headersOf } from "./headers-of.ts";
import { mergeCommits, mergeOnto, type Unmerged } from "./merge-trees.ts";
import type { MergeWay } from "./merge-way.ts";
import { squashMessage, withMarks } from "./squash-message.ts";
import type { WouldBeRepository } from "./would-be-repository.ts";

/** A branch that is to be merged. */
export interface Merging {
  readonly policy: Policy;
  /** Where the branch that it is merged into stands. */
  readonly target: ObjectId;
  readonly tip: ObjectId;
  /** What the tip adds, oldest first. */
  readonly added: readonly AddedCommit[];
}

/** What a way makes: where the branch will stand, and for each commit that is made what it was made of. */
export type MadeLanding = { readonly tip: ObjectId; readonly madeOf: ReadonlyMap<ObjectId, ObjectId> } | Unmerged;

/** Makes in memory what a forge's button makes of a branch. */
export function makeLanding(repository: WouldBeRepository, way: MergeWay, merging: Merging): Promise<MadeLanding> {
  return way === "rebase" ? rebase(repository, merging) : putTogether(repository, way, merging);
}

async function putTogether(
  repository: WouldBeRepository,
  way: "merge" | "squash",
  merging: Merging,
): Promise<MadeLanding> {
  const { target, tip, added } = merging;
  const merged = await mergeCommits(repository, target, tip);
  if ("conflicts" in merged) return merged;
  // A squash that changes nothing is not made.
  if (way === "squash" && merged.tree === (await repository.treeOf(target))) return { tip: target, madeOf: new Map() };
  const of = authorOf(merging) ?? parseCommit(await repository.commit(tip));
  const raw = added.find(({ commit }) => commit.oid === of.oid)?.raw ?? (await repository.commit(tip));
  const message = way === "merge" ? "Merge\n" : squashMessage(added, { author: of.author.email });
  const made = repository.made.addCommit({
    tree: merged.tree,
    parents: way === "merge" ? [target, tip] : [target],
    headers: headersOf(raw, ["author ", "committer "]),
    message: encodeText(message),
  });
  return { tip: made, madeOf: new Map([[made, tip]]) };
}

/** The first person who wrote some of it: a forge takes the one who opened the pull request. */
function authorOf({ policy, added }: Merging): TracedCommit["commit"] | undefined {
  const index = agentIndexUnder(policy);
  const plain = added.map(({ commit }) => commit).filter(({ parents }) => parents.length < 2);
  return plain.find(({ author }) => !identify(author.name, author.email, index)) ?? plain[0];
}

/** Each plain commit on top of the one before; merges are left out, and so is what changes nothing any more. */
async function rebase(repository: WouldBeRepository, { target, added }: Merging): Promise<MadeLanding> {
  const madeOf = new Map<ObjectId, ObjectId>();
  let at = target;
  for (const one of added) {
    const { oid, parents } = one.commit;
    const [parent] = parents;
    repository.throwIfEnded();
    if (parents.length > 1) continue;
    // What follows the branch already stays as it is.
    if (parent === at) {
      at = oid;
      continue;
    }
    const merged = await mergeOnto(repository, parent, at, oid);
    if ("conflicts" in merged) return merged;
    const wasEmpty = parent !== undefined && (await repository.treeOf(oid)) === (await repository.treeOf(parent));
    if (!wasEmpty && merged.tree === (await repository.treeOf(at))) continue;
    const headers = headersOf(one.raw);
    at = repository.made.addCommit({ tree: merged.tree, parents: [at], headers, message: withMarks(one) });
    madeOf.set(at, oid);
  }
  return { tip: at, madeOf };
}
