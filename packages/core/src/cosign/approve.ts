import { firstOfEach } from "../group-by.ts";
import type { Change } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Policy } from "../policy/policy.ts";
import type { Provenance } from "../provenance/provenance.ts";
import { signedAuthors } from "./authors.ts";
import { changeDigest, pathsDigest } from "./digest.ts";
import type { Block } from "./lines.ts";
import { type WorkReading, workOf } from "./work.ts";

/** A change that is approved. */
export interface ApprovedPart {
  /** Absent if it is a whole branch. */
  readonly commit?: ObjectId;
  readonly block: Block;
  readonly changes: readonly Change[];
}

/** A commit of a branch that is approved. */
export interface ApprovedCommit extends Required<WorkReading> {
  readonly provenance: Pick<Provenance, "state" | "agents">;
}

/** A branch on which approved work is to land, and what the work is there. */
export interface ApprovedFor {
  /** The commits that it would add there. */
  readonly commits: ReadonlySet<ObjectId>;
  /** What it sums up to, each as one change: from where it parted, and what landing it would change, where that is something else. */
  readonly sums: readonly (readonly Change[])[];
}

/** Whether a commit does anything itself: a merge may not. */
export function doesAnything({ commit, own }: ApprovedCommit): boolean {
  return commit.parents.length < 2 || own.length > 0;
}

/** A block for each plain commit and each merge with changes of its own, then for the branch as one change, for each target. */
export function approve(
  policy: Policy,
  branch: string,
  commits: readonly ApprovedCommit[],
  targets: readonly ApprovedFor[],
): readonly ApprovedPart[] {
  const parts = commits.filter(doesAnything).map((commit) => approveCommit(policy, branch, commit));
  const sums = targets.flatMap((target) => sumUp(target, parts));
  // What two targets see alike is one block.
  return [...parts, ...firstOfEach(sums, ({ block }) => JSON.stringify(block))];
}

/** The block for a commit. `authors`: whose work it is, as for a merge that is approved with all that it brought. */
export function approveCommit(
  policy: Policy,
  branch: string,
  { commit, changes, own, provenance }: ApprovedCommit,
  authors = signedAuthors(policy, commit),
): Required<ApprovedPart> {
  const { block } = workOf(policy, branch, { commit, changes, own });
  const agents = provenance.state === "assisted" ? provenance.agents : [];
  return { commit: commit.oid, block: { ...block, authors, agents }, changes };
}

function sumUp({ commits, sums }: ApprovedFor, parts: readonly Required<ApprovedPart>[]): readonly ApprovedPart[] {
  const own = parts.filter(({ commit }) => commits.has(commit));
  // It has all of that already, or gets nothing but merges that do nothing themselves.
  if (own.length === 0) return [];
  const authors = own.flatMap(({ block }) => block.authors);
  const agents = own.flatMap(({ block }) => block.agents ?? []);
  const said = { parents: 1, otherParents: [], authors, agents, commits: commits.size };
  return sums.map((changes) => ({
    block: { change: changeDigest(changes), paths: pathsDigest(changes), ...said },
    changes,
  }));
}
