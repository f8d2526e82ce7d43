import { CountersignError, isCountersignError } from "../../error.ts";
import { type Commit, parseCommit, readCommitterTime } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import { POLICY_FILES } from "../../policy/policy-files.ts";
import type { RawCommit, Repository } from "../../repository.ts";
import { Line, type LineCommit } from "./line.ts";
import { findLineParent, type LineBranch } from "./line-parent.ts";

/** A commit as a list has it, which does not say what stands in its message. */
export interface ListedCommit {
  readonly oid: ObjectId;
  readonly parents: readonly ObjectId[];
  /** When it was committed, in seconds since 1970; zero where that cannot be read. */
  readonly time: number;
}

/** Lists a line of first parents, the newest first, as far as it is read. */
export type ListLine = (from: ObjectId) => AsyncIterable<ListedCommit>;

/** The branch whose line is read, and what lists lines without reading commits, where something can. */
export interface LineSource extends LineBranch {
  readonly list?: ListLine | undefined;
}

/**
 * Where a list has led away from the branch, so many commits are read one by one before there is another one: merges that
 * do so come in numbers, and a list costs as much as reading so many.
 */
const UNLISTED = 100;

/**
 * The commits that a branch stood at, the oldest first: from the one that it stands at now by first parents, and by
 * another one where a merge says itself that the branch is what was merged. Behind `end` nothing is read.
 */
export async function readLine(
  repository: Repository,
  tip: ObjectId,
  { list, ...branch }: LineSource,
  end: ObjectId | undefined,
): Promise<Line> {
  const line = new Line();
  let next: ObjectId | undefined = tip;
  const follow = async (raw: RawCommit): Promise<void> => {
    repository.throwIfEnded();
    const { oid } = raw;
    const commit = parseCommit(raw);
    // What is behind a commit that cannot be read would be left out in silence.
    if (commit.malformed !== undefined && commit.parents.length === 0) {
      throw new CountersignError("OBJECT_MISSING", { oid, wanted: "a parent of the commit" });
    }
    const at: number = oid === end ? 0 : await chooseParent(repository, commit, branch);
    const parent: ObjectId | undefined = commit.parents[at];
    line.addOlder({ commit: oid, parent, time: readCommitterTime(raw), hidesLine: at > 0 });
    next = oid === end ? undefined : parent;
  };
  const readListed = async (listed: AsyncIterable<ListedCommit>): Promise<void> => {
    for await (const { oid, parents, time } of listed) {
      if (oid !== next) break;
      const [parent, ...others]: readonly ObjectId[] = parents;
      // A merge may say where its line goes on; and where git sees no parent, history may only be cut off.
      if (parent === undefined || others.length > 0 || time === 0 || oid === end)
        await follow(await repository.commit(oid));
      else {
        line.addOlder({ commit: oid, parent, time, hidesLine: false });
        next = parent;
      }
      if (next === undefined) break;
    }
  };
  while (list && next !== undefined) {
    const start: ObjectId = next;
    await readListed(list(start)).catch((error: unknown) => {
      if (!isCountersignError(error)) throw error;
      // What is missing may lie behind the end: whether it is needed is found below.
      repository.throwIfEnded();
    });
    if (next === start) break;
    for (let read = 0; read < UNLISTED && next !== undefined; read += 1) await follow(await repository.commit(next));
  }
  // Mostly each is listed behind the one that it is a parent of, and asking for one after the other takes far longer.
  if (next !== undefined) {
    for await (const raw of repository.commits({ tips: [next], exclude: end ? [end] : [] })) {
      if (raw.oid === next) await follow(raw);
      if (next === undefined) break;
    }
  }
  while (next !== undefined) await follow(await repository.commit(next));
  return line;
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
export function countReached(repository: Repository, line: Line, from: ObjectId): Promise<number> {
  return countFirst(line, ({ commit }) => repository.isAncestor(commit, from));
}

/** The place of the first commit of a line that has another one; undefined if none has. */
export async function findBringing(repository: Repository, line: Line, brought: ObjectId): Promise<number | undefined> {
  const lacking = await countFirst(line, async ({ commit }) => !(await repository.isAncestor(brought, commit)));
  return lacking < line.length ? lacking : undefined;
}

/** How many of a line something is true of, that is true of no later one once it is false. */
async function countFirst(line: Line, isTrue: (at: LineCommit) => Promise<boolean>): Promise<number> {
  let [low, high] = [0, line.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = line.at(middle);
    if (at && (await isTrue(at))) low = middle + 1;
    else high = middle;
  }
  return low;
}
