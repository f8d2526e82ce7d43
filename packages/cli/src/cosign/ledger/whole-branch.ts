import { type Block, type Change, changeDigest, type ObjectId, pathsDigest } from "@countersign/core";
import { compareTrees, type GitRepository, mergeCleanly, type NamedWork } from "@countersign/git/internal";

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
  /** From where it parted to its tip. Undefined where the target branch does not exist, or has no history in common. */
  readonly whole: WholeBranch | undefined;
  /** What landing it would change on the target as that stands, where that is something else. */
  readonly landing: WholeBranch | undefined;
  /** Where the branch and the target parted, if that was at several commits: the sum is from the first. */
  readonly bases: number;
}

/** `target` is where the branch stands that the work is to land on. */
export async function findSums(
  repository: GitRepository,
  { tip, from }: Pick<NamedWork, "tip" | "from">,
  target: ObjectId | undefined,
): Promise<Sums> {
  if (target === undefined) return { whole: undefined, landing: undefined, bases: 0 };
  const bases = await repository.mergeBases(from ?? target, tip);
  const [base] = bases;
  if (base === undefined) return { whole: undefined, landing: undefined, bases: 0 };
  const { context } = repository;
  const sum = async (start: ObjectId, end: ObjectId): Promise<WholeBranch> => {
    return { from: start, to: end, changes: await compareTrees(context, start, end) };
  };
  const whole = await sum(base, tip);
  // The upper half of a stack lands on what its lower half makes of the target, which is yet to come.
  const merged = from !== undefined || base === target ? undefined : await mergeCleanly(context, target, tip);
  const landing = merged && (await sum(target, merged));
  const differs = landing && landing.changes.length > 0 && digestOf(landing) !== digestOf(whole);
  return { whole, landing: differs ? landing : undefined, bases: bases.length };
}

function digestOf({ changes }: WholeBranch): string {
  return changeDigest(changes);
}

/** The block by which a whole branch is signed as one change. */
export function blockOfWhole(
  { changes }: WholeBranch,
  said: Required<Pick<Block, "authors" | "commits" | "agents">>,
): Block {
  return { change: changeDigest(changes), paths: pathsDigest(changes), parents: 1, otherParents: [], ...said };
}
