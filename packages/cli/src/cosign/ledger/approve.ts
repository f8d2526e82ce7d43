import type { Block, Change, ObjectId } from "@countersign/core";
import { firstOfEach, signedAuthors, workOf } from "@countersign/core/internal";
import { blockOfWhole } from "@countersign/git/internal";
import type { WantedCommit } from "../wanted-commit.ts";
import type { Target } from "./targets.ts";

/** A change that the record approves. */
export interface ApprovedPart {
  /** Absent where it is a whole branch. */
  readonly commit?: ObjectId;
  readonly block: Block;
  readonly changes: readonly Change[];
}

/** A block for each plain commit and each merge with changes of its own, then for the branch as one change, for each target. */
export function approve(commits: readonly WantedCommit[], targets: readonly Target[]): readonly ApprovedPart[] {
  const [first] = targets;
  if (!first) return [];
  const { branch, policy } = first.choice;
  const working = commits.filter(({ commit, own }) => commit.parents.length < 2 || own.length > 0);
  const parts = working.map(({ commit, changes, own, verdict: { provenance } }): ApprovedPart => {
    const { block } = workOf(policy.policy, branch, { commit, changes, own });
    const agents = provenance.state === "assisted" ? provenance.agents : [];
    const authors = signedAuthors(policy.policy, commit);
    return { commit: commit.oid, block: { ...block, authors, agents }, changes };
  });
  const sums = targets.flatMap((target) => sumUp(target, parts));
  // What two targets see alike is one block.
  return [...parts, ...firstOfEach(sums, ({ block }) => JSON.stringify(block))];
}

function sumUp({ commits, sums: { whole, landing } }: Target, parts: readonly ApprovedPart[]): readonly ApprovedPart[] {
  const own = parts.filter(({ commit }) => commit !== undefined && commits.has(commit));
  // It has all of that already, or gets nothing but merges that do nothing themselves.
  if (own.length === 0) return [];
  const authors = own.flatMap(({ block }) => block.authors);
  const agents = own.flatMap(({ block }) => block.agents ?? []);
  const said = { authors, agents, commits: commits.size };
  return [whole, landing].flatMap((sum) => (sum ? [{ block: blockOfWhole(sum, said), changes: sum.changes }] : []));
}
