import { type Change, changeDigest, type ObjectId, type Repository } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import type { GitRepository } from "../repository/git-repository.ts";
import { compareTrees } from "./compare-trees.ts";
import { mergeCleanly } from "./merge-cleanly.ts";
import type { NamedWork } from "./resolve-work.ts";

/** A whole branch as one change. */
export interface WholeBranch {
  /** A commit. */
  readonly from: ObjectId;
  /** A commit, or the tree that a merge of it would have. */
  readonly to: ObjectId;
  readonly changes: readonly Change[];
}

/** What a branch sums up to. */
export interface Sums {
  /** From where it parted to its tip. Undefined if the target branch does not exist, or has no history in common. */
  readonly whole: WholeBranch | undefined;
  /** What landing it would change on the target as that stands, where that is something else. */
  readonly landing: WholeBranch | undefined;
  /** Where the branch and the target parted, if that was at several commits: the sum is from the first. */
  readonly bases: number;
}

/** `target` is where the branch stands that the work is to land on. */
export async function findSums(
  repository: GitRepository,
  work: Pick<NamedWork, "tip" | "from">,
  target: ObjectId | undefined,
): Promise<Sums> {
  const { context } = repository;
  const { whole, bases } = await findWhole(repository, context, work, target);
  if (!whole || target === undefined) return { whole, landing: undefined, bases };
  // The upper half of a stack lands on what its lower half makes of the target, which is in the future.
  const hasMovedOn = work.from === undefined && whole.from !== target;
  const merged = hasMovedOn ? await mergeCleanly(context, target, work.tip) : undefined;
  const landing = merged && (await compare(context, target, merged));
  const differs = landing && landing.changes.length > 0 && digestOf(landing) !== digestOf(whole);
  return { whole, landing: differs ? landing : undefined, bases };
}

/** What a branch sums up to from where it parted to its tip. */
export async function findWhole(
  repository: Pick<Repository, "mergeBases">,
  context: GitContext,
  { tip, from }: Pick<NamedWork, "tip" | "from">,
  target: ObjectId | undefined,
): Promise<Pick<Sums, "whole" | "bases">> {
  const bases = target === undefined ? [] : await repository.mergeBases(from ?? target, tip);
  const [base] = bases;
  const whole = base && (await compare(context, base, tip));
  return { whole, bases: bases.length };
}

async function compare(context: GitContext, from: ObjectId, to: ObjectId): Promise<WholeBranch> {
  return { from, to, changes: await compareTrees(context, from, to) };
}

function digestOf({ changes }: WholeBranch): string {
  return changeDigest(changes);
}
