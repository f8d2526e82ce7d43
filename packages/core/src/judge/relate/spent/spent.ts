import { oldEntry } from "../../../merge/entry.ts";
import { pathKey } from "../../../merge/merged-paths.ts";
import type { Change } from "../../../object/change.ts";
import { parseCommit } from "../../../object/commit.ts";
import type { ObjectId } from "../../../object/oid.ts";
import type { Repository } from "../../../repository.ts";
import { Lineage } from "../lineage.ts";
import { RangeGraph } from "../range-graph.ts";
import { isOfBranch, isOfLedger, isWholeBranch, type SignedClaim } from "../signed-claim.ts";
import type { Since } from "../since.ts";
import { type Doing, type Doings, readDoings } from "./doings.ts";
import { type ApprovedPath, approvedPath, Progress } from "./done.ts";

/** Commits among which a co-sign may have been used up. */
export interface SpendingRange {
  /** What the branch will have, with all that they reach. */
  readonly tips: readonly ObjectId[];
  /** Where it stood before; undefined if it is new. */
  readonly stood: ObjectId | undefined;
  /** What it had for the signer: the base, or what was judged before where the branch is new. */
  readonly exclude: readonly ObjectId[];
  readonly since: Since;
  /** The co-signs that a commit bears in its message. */
  claimsOf(oid: ObjectId): Promise<readonly SignedClaim[]>;
}

/**
 * Finds, for co-signs with one base, which commit took something of the approved change out again since then: coming back
 * requires a new review. It looks at the commits that do not descend from the one that is spoken for, each by what it does
 * itself. Only what was put in can be taken out.
 */
export async function findSpent(
  repository: Repository,
  range: SpendingRange,
  signed: readonly SignedClaim[],
): Promise<ReadonlyMap<SignedClaim, ObjectId>> {
  const spent = new Map<SignedClaim, ObjectId>();
  const { since } = range;
  const lineage = new Lineage(since);
  // Nothing but what speaks for it came since: an ordinary push of one commit asks nothing more.
  const asked = signed.filter(({ claim }) => lineage.order.some((oid) => !lineage.descends(oid, claim.bearer)));
  if (asked.length === 0) return spent;
  const paths = new Set(asked.flatMap(({ approval }) => approval.changes.map(({ path }) => pathKey(path))));
  const commits = lineage.order.map((oid) => ({ oid, parents: since.get(oid) ?? [] }));
  const doings = await readDoings(repository, commits, paths);
  const search = new Search(repository, range, lineage, doings);
  for (const each of asked) {
    const by = await search.takenOutBy(each);
    if (by && !(await leavesPaths(repository, range, each))) spent.set(each, by);
  }
  return spent;
}

/** Whether the landing that brings the commit leaves the approved paths as they were: then nothing comes back by it. */
async function leavesPaths(
  repository: Repository,
  { tips, stood }: SpendingRange,
  { claim, approval }: SignedClaim,
): Promise<boolean> {
  const landing = await findLanding(repository, tips, stood, claim.bearer);
  if (landing?.before === undefined) return false;
  const paths = new Set(approval.changes.map(({ path }) => pathKey(path)));
  for await (const { changes } of repository.changes([{ oid: landing.at, parents: [landing.before] }])) {
    if (changes.some(({ path }) => paths.has(pathKey(path)))) return false;
  }
  return true;
}

/** The step of the branch that brings a commit: from where, and to where. */
async function findLanding(
  repository: Repository,
  [tip]: readonly ObjectId[],
  stood: ObjectId | undefined,
  commit: ObjectId,
): Promise<{ readonly before: ObjectId | undefined; readonly at: ObjectId } | undefined> {
  let at = tip;
  while (at) {
    const { parents } = parseCommit(await repository.commit(at));
    const before = await findLine(repository, parents, stood);
    if (before === undefined || !(await repository.isAncestor(commit, before))) return { before, at };
    at = before;
  }
  return undefined;
}

/** The parent by which a step goes on from where the branch stood. */
async function findLine(
  repository: Repository,
  parents: readonly ObjectId[],
  stood: ObjectId | undefined,
): Promise<ObjectId | undefined> {
  if (stood === undefined) return parents[0];
  for (const parent of parents) if (await repository.isAncestor(stood, parent)) return parent;
  return undefined;
}

class Search {
  readonly #repository: Repository;
  readonly #range: SpendingRange;
  readonly #lineage: Lineage;
  readonly #doings: Doings;
  readonly #progress: Progress;
  /** For each commit that takes something out, what speaks for it. */
  readonly #speaking = new Map<ObjectId, readonly SignedClaim[]>();
  /** What is new by the merges for which a whole branch's block speaks. */
  readonly #broughtIn = new Map<ObjectId, ReadonlySet<ObjectId>>();

  constructor(repository: Repository, range: SpendingRange, lineage: Lineage, doings: Doings) {
    this.#repository = repository;
    this.#range = range;
    this.#lineage = lineage;
    this.#doings = doings;
    this.#progress = new Progress(repository);
  }

  /** The first commit that took something of an approved change out. */
  async takenOutBy(signed: SignedClaim): Promise<ObjectId | undefined> {
    for (const change of signed.approval.changes) {
      const by = await this.#takenOutAt(signed, change);
      if (by) return by;
    }
    return undefined;
  }

  async #takenOutAt(signed: SignedClaim, change: Change): Promise<ObjectId | undefined> {
    const approved = approvedPath(change);
    const used = new Set<string>([blockKey(signed)]);
    const doings = this.#doings.get(pathKey(change.path)) ?? [];
    for (const doing of doings) {
      const { commit } = doing;
      if (this.#lineage.descends(commit, signed.claim.bearer) || this.#isSummedUp(signed, commit)) continue;
      if (!(await this.#takesOut(approved, doing))) continue;
      // A branch may try and undo: what was signed along with it was seen along with it.
      if (await this.#isSignedAlong(signed, commit, used)) continue;
      if (await this.#wasIn(approved, change, doing, doings)) return commit;
    }
    return undefined;
  }

  /** Whether a commit is one of the branch that is approved as one change, and comes with it. */
  #isSummedUp({ claim: { bearer }, approval }: SignedClaim, commit: ObjectId): boolean {
    if (!isWholeBranch(approval)) return false;
    const known = this.#broughtIn.get(bearer) ?? this.#findBroughtIn(bearer);
    this.#broughtIn.set(bearer, known);
    return known.has(commit);
  }

  /** What a merge brings in that the branch has not. */
  #findBroughtIn(merge: ObjectId): ReadonlySet<ObjectId> {
    return new Set([...new RangeGraph(this.#range.since).broughtInBy(merge)].filter((oid) => !this.#isThere(oid)));
  }

  /** Whether the branch has a commit before this landing. */
  #isThere(commit: ObjectId): boolean {
    const { stood } = this.#range;
    return stood !== undefined && this.#lineage.descends(stood, commit);
  }

  /**
   * Whether another change of the same signing speaks for a commit; each speaks for one. What was approved as a branch comes
   * at once, so that what is there already is not part of it.
   */
  async #isSignedAlong(signed: SignedClaim, commit: ObjectId, used: Set<string>): Promise<boolean> {
    if (isOfBranch(signed.approval) && this.#isThere(commit)) return false;
    const speaking = this.#speaking.get(commit) ?? (await this.#range.claimsOf(commit));
    this.#speaking.set(commit, speaking);
    const along = speaking.find(
      (other) => !isWholeBranch(other.approval) && signingOf(other) === signingOf(signed) && !used.has(blockKey(other)),
    );
    if (along) used.add(blockKey(along));
    return along !== undefined;
  }

  async #takesOut(approved: ApprovedPath, { before, after }: Doing): Promise<boolean> {
    for (const was of before) if (await this.#progress.isLessDone(approved, was, after)) return true;
    return false;
  }

  /** Whether part of the change was put in before it was taken out: since the base, or in the base. */
  async #wasIn(approved: ApprovedPath, { path }: Change, out: Doing, doings: readonly Doing[]): Promise<boolean> {
    for (const { commit, before, after } of doings) {
      if (commit === out.commit || !this.#lineage.descends(out.commit, commit)) continue;
      for (const was of before) if (await this.#progress.isLessDone(approved, after, was)) return true;
    }
    const key = pathKey(path);
    for (const base of this.#range.exclude) {
      let entry = out.after;
      for await (const { changes } of this.#repository.changes([{ oid: out.commit, parents: [base] }])) {
        const found = changes.find((each) => pathKey(each.path) === key);
        if (found) entry = oldEntry(found);
      }
      if (await this.#progress.isDone(approved, entry)) return true;
    }
    return false;
  }
}

/** What was signed together: a record, or, in commits' messages, what one signer signed for one base at one time. */
function signingOf(signed: SignedClaim): string {
  const { claim, signature, approval } = signed;
  return isOfLedger(signed) ? signature.id : `${claim.email} ${approval.base} ${signature.time}`;
}

/** One change of a signing: a block of a record, or a commit's own. */
function blockKey(signed: SignedClaim): string {
  return isOfLedger(signed) ? `${signed.approval.signed.block}` : signed.claim.bearer;
}
