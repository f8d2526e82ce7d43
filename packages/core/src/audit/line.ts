import { CountersignError } from "../error.ts";
import { type Commit, parseCommit, readCommitterTime } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { POLICY_FILES } from "../policy/policy-files.ts";
import type { Repository } from "../repository.ts";
import { findLineParent, type LineBranch } from "./line-parent.ts";

/** A commit that a branch stood at. */
export interface LineCommit {
  readonly commit: ObjectId;
  /** Where the branch stood before; undefined at the beginning of its history. */
  readonly parent: ObjectId | undefined;
  /** When it was committed, in seconds since 1970; undefined where it does not say. */
  readonly time: number | undefined;
  /** Whether that parent is not its first one, so that first parents lead away from the branch. */
  readonly hidesLine: boolean;
}

/**
 * The commits that a branch stood at, the oldest first: from the one that it stands at now by first parents, and by
 * another one where a merge says itself that the branch is what was merged. Behind `end` nothing is read.
 */
export async function readLine(
  repository: Repository,
  tip: ObjectId,
  branch: LineBranch,
  end: ObjectId | undefined,
): Promise<readonly LineCommit[]> {
  const line: LineCommit[] = [];
  for (let oid: ObjectId | undefined = tip; oid !== undefined; ) {
    repository.throwIfEnded();
    const raw = await repository.commit(oid);
    const commit = parseCommit(raw);
    // What is behind a commit that cannot be read would be left out in silence.
    if (commit.malformed !== undefined && commit.parents.length === 0) {
      throw new CountersignError("OBJECT_MISSING", { oid, wanted: "a parent of the commit" });
    }
    const at: number = oid === end ? 0 : await chooseParent(repository, commit, branch);
    const parent: ObjectId | undefined = commit.parents[at];
    line.push({ commit: oid, parent, time: readCommitterTime(raw), hidesLine: at > 0 });
    oid = oid === end ? undefined : parent;
  }
  return line.reverse();
}

/** A message may say what it likes, but leads from a policy to no line without one, on which nothing would be asked. */
async function chooseParent(repository: Repository, commit: Commit, branch: LineBranch): Promise<number> {
  const said = findLineParent(commit, branch);
  if (said === 0) return 0;
  const has = async (oid: ObjectId | undefined): Promise<boolean> =>
    oid !== undefined && (await repository.rootEntries(oid, POLICY_FILES)).length > 0;
  return (await has(commit.parents[said])) || !(await has(commit.parents[0])) ? said : 0;
}

/** How many commits of a line, the oldest first, another commit reaches. */
export async function countReached(
  repository: Repository,
  line: readonly LineCommit[],
  from: ObjectId,
): Promise<number> {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = line[middle];
    if (there && (await repository.isAncestor(there.commit, from))) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** When a commit of a line landed at the earliest, in seconds since 1970: not before the one that it came upon, nor after now. */
export function landedAt(line: readonly LineCommit[], index: number, now: number): number {
  const before = line[index - 1]?.time ?? Number.NEGATIVE_INFINITY;
  return Math.min(now, Math.max(line[index]?.time ?? now, before));
}

/** What came by one push is looked for so far on: most pushes are small, and forges rebase no more than a hundred commits. */
const AHEAD = [10, 100, 2000];

/** Later tips of the branch, the nearest first. */
export function laterTips(line: readonly LineCommit[], index: number): readonly ObjectId[] {
  const places = new Set(AHEAD.map((steps) => Math.min(index + steps, line.length - 1)));
  return [...places].flatMap((place) => (place > index ? (line[place]?.commit ?? []) : []));
}
