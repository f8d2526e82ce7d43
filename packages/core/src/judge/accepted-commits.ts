import { isCountersignError } from "../error.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";

/** A longer range is left to git to walk. */
const FEW = 50;

/**
 * What branches that count as judged say of a tip that is bound for another one: of each the newest commit on its
 * first-parent line that the tip reaches. What came there by a merge was judged together with the merge, and counts only
 * together with it. `judged` are commits that count with all that they reach; `ofNone`, where it is known already, are commits
 * that no such branch has.
 */
export async function findAcceptedCommits(
  repository: Repository,
  tip: ObjectId,
  judged: readonly ObjectId[],
  branchTips: ReadonlySet<ObjectId>,
  ofNone?: ReadonlySet<ObjectId>,
): Promise<readonly ObjectId[]> {
  const known = new Set(judged);
  const isOther = (oid: ObjectId): boolean => branchTips.has(oid) && !known.has(oid);
  if (!has(branchTips, isOther)) return [];
  const added = await walkBack(repository, tip, (oid) => known.has(oid) || branchTips.has(oid));
  const reached = added && [...added.ends].filter(isOther);
  // Of thousands of branches none is looked at where the tip brings nothing, or nothing that one of them has.
  if (reached && [...added.commits].every((oid) => ofNone?.has(oid))) return reached;
  const open = [...branchTips].filter((oid) => isOther(oid) && !added?.ends.has(oid));
  if (!reached) return findNewestReached(repository, tip, open);
  if (open.length === 0) return reached;
  // What is not among the new commits says nothing of them. Most branches have none of those, which is one question.
  const isNew = (oid: ObjectId): boolean => added.commits.has(oid);
  const common = await orMissing(repository.mergeBases(tip, ...open));
  if (!common?.some(isNew)) return reached;
  return [...reached, ...(await findNewestReached(repository, tip, open)).filter(isNew)];
}

function has(oids: Iterable<ObjectId>, test: (oid: ObjectId) => boolean): boolean {
  for (const oid of oids) if (test(oid)) return true;
  return false;
}

/** Some commits and the judged ones that they build on. */
interface AddedCommits {
  readonly commits: ReadonlySet<ObjectId>;
  readonly ends: ReadonlySet<ObjectId>;
}

/** What a tip adds, if that is little and every line of it ends at one of the commits that are given; else undefined. */
async function walkBack(
  repository: Repository,
  tip: ObjectId,
  isEnd: (oid: ObjectId) => boolean,
): Promise<AddedCommits | undefined> {
  const commits = new Set<ObjectId>();
  const ends = new Set<ObjectId>();
  const open = [tip];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    if (isEnd(oid)) ends.add(oid);
    if (ends.has(oid) || commits.has(oid)) continue;
    if (commits.size === FEW) return undefined;
    const raw = await orMissing(repository.commit(oid));
    const { parents, malformed } = raw ? parseCommit(raw) : { parents: [], malformed: undefined };
    // A root ends nowhere; a malformed commit may hide a parent.
    if (parents.length === 0 || malformed !== undefined) return undefined;
    commits.add(oid);
    open.push(...parents);
  }
  return { commits, ends };
}

/** For each commit, the first one on its line of first parents that the tip reaches. */
async function findNewestReached(
  repository: Repository,
  tip: ObjectId,
  lines: readonly ObjectId[],
): Promise<readonly ObjectId[]> {
  const unreached = await orMissing(readFirstParents(repository, tip, lines));
  // Where history is missing nothing is known of the lines, so that none counts.
  if (!unreached) return [];
  const newest = new Set<ObjectId>();
  for (const line of lines) {
    let oid: ObjectId | undefined = line;
    // Lines that run together are followed once.
    while (oid !== undefined && unreached.has(oid)) {
      const parent: ObjectId | undefined = unreached.get(oid);
      unreached.set(oid, undefined);
      oid = parent;
    }
    if (oid !== undefined) newest.add(oid);
  }
  return [...newest];
}

/** The first parents of all commits that the lines have and the tip does not. */
async function readFirstParents(
  repository: Repository,
  tip: ObjectId,
  lines: readonly ObjectId[],
): Promise<Map<ObjectId, ObjectId | undefined>> {
  const parents = new Map<ObjectId, ObjectId | undefined>();
  for await (const raw of repository.commits({ tips: lines, exclude: [tip] })) {
    const commit = parseCommit(raw);
    parents.set(commit.oid, commit.malformed === undefined ? commit.parents[0] : undefined);
  }
  return parents;
}

/** Undefined if history that was asked for is not here. */
function orMissing<Found>(found: Promise<Found>): Promise<Found | undefined> {
  return found.catch((error: unknown) => {
    if (isCountersignError(error) && ["OBJECT_MISSING", "HISTORY_SHALLOW"].includes(error.code)) return undefined;
    throw error;
  });
}
