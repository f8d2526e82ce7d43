import { CountersignError } from "../error.ts";
import { mapAhead } from "../map-ahead.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection, isLedger, type Policy, type Protection } from "../policy/policy.ts";
import { branchName, branchRef, isCreated, isDeleted, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { findAcceptedCommits } from "./accepted-commits.ts";
import type { Target } from "./gather/open-case.ts";
import type { Push } from "./push.ts";

/** A commit that is to stand on a protected branch. */
export interface Arrival extends Target {
  readonly update: RefUpdate;
  readonly tip: ObjectId;
  /** The commit that the branch stood at; undefined if it is created, or that commit is not here. */
  readonly old: ObjectId | undefined;
}

/** Branches beside the one that is pushed to, and their tips, each once. */
interface OtherBranches {
  readonly byName: ReadonlyMap<string, ObjectId>;
  readonly tips: ReadonlySet<ObjectId>;
  /** Commits of the push that none of them has, where that was worth a question. */
  readonly ofNone: ReadonlySet<ObjectId> | undefined;
}

/** This many branches are asked about together: asking git costs more than its answer does. */
const TOGETHER = { most: 500 };

/** Where a push moves so many branches, git is asked once for all of them which of its commits are on no other branch. */
const MANY = 20;
const MOST_COMMITS = 100_000;

/**
 * The one place that says which commits count as judged on a branch, with all that they reach. Only full names of the
 * destination's branches lead to them, as those stood before the push:
 *
 * - at every door the branch's own tip, the policy's baseline, the branches that the entry accepts, and the default branch
 *   where the same entry governs it;
 * - where a push creates the branch, the other branches of the same entry too. Beforehand, as in CI, they do not count:
 *   nothing need have judged them.
 *
 * From another branch counts what the newest commit on its first-parent line that the new tip reaches brings with it.
 */
export class JudgedTips {
  readonly #repository: Repository;
  readonly #push: Push;
  readonly #policy: Policy;
  /** Updates of this push by the short name of the branch that they move. */
  readonly #moved: ReadonlyMap<string, RefUpdate>;
  /** The same for all branches of an entry, however many refs are pushed. */
  readonly #others = new Map<string, Promise<OtherBranches>>();

  constructor(repository: Repository, push: Push, { policy }: PolicyInForce) {
    this.#repository = repository;
    this.#push = push;
    this.#policy = policy;
    const { aliases } = push.destination;
    this.#moved = new Map(
      push.updates.flatMap((update) => {
        const branch = branchName(aliases.get(update.ref) ?? update.ref);
        return branch === undefined ? [] : [[branch, update]];
      }),
    );
  }

  async of(arrival: Arrival): Promise<readonly ObjectId[]> {
    const { branch, protection, update } = arrival;
    const own = await this.#ownTips(arrival);
    const key = `${this.#policy.protect.indexOf(protection)} ${isCreated(update)}`;
    const known = this.#others.get(key) ?? this.#findOthers(arrival);
    this.#others.set(key, known);
    const { byName, tips, ofNone } = await known;
    const itself = byName.get(branch);
    if (itself === undefined || own.includes(itself)) return this.#withAccepted(arrival, own, tips, ofNone);
    const others = [...byName].filter(([name]) => name !== branch).map(([, tip]) => tip);
    return this.#withAccepted(arrival, own, new Set(others));
  }

  /** With what the same push brings to other branches and is allowed there; undefined if that says nothing more. */
  async after(
    arrival: Arrival & { readonly judged: readonly ObjectId[] },
    landed: ReadonlyMap<string, ObjectId>,
  ): Promise<readonly ObjectId[] | undefined> {
    const counting = [...landed].filter(([name]) => name !== arrival.branch && this.#counts(arrival, name));
    const others = new Set(counting.map(([, tip]) => tip));
    const judged = await this.#withAccepted(arrival, arrival.judged, others);
    return judged.length === arrival.judged.length ? undefined : judged;
  }

  async #ownTips({ branch, old, update }: Arrival): Promise<readonly ObjectId[]> {
    // A tip that is not here leaves the one last seen of that branch to go by.
    const seen = isCreated(update) ? undefined : this.#push.destination.branches.get(branch);
    const own = (await this.#findStart(old)) ?? old ?? (await this.#peel(seen));
    return [own, await this.#peel(this.#policy.baseline)].filter((oid) => oid !== undefined);
  }

  /** Where the question begins, if the branch has that commit. Another one was judged by nobody, no matter who names it. */
  async #findStart(old: ObjectId | undefined): Promise<ObjectId | undefined> {
    const { since } = this.#push;
    if (since === undefined || old === undefined || since === old) return undefined;
    return (await this.#repository.isAncestor(since, old)) ? since : undefined;
  }

  async #findOthers(arrival: Arrival): Promise<OtherBranches> {
    const { branches, aliases } = this.#push.destination;
    const byName = new Map<string, ObjectId>();
    // An alias stands for a branch that has a name of its own.
    const counting = [...branches].filter(([name]) => !aliases.has(branchRef(name)) && this.#counts(arrival, name));
    const find = async ([name, seen]: readonly [string, ObjectId]) => {
      const moved = this.#moved.get(name);
      return { name, tip: await (moved ? this.#findMoved(arrival, name, moved) : this.#peel(seen)) };
    };
    for await (const { name, tip } of mapAhead(counting, find, TOGETHER)) if (tip) byName.set(name, tip);
    const tips = new Set(byName.values());
    return { byName, tips, ofNone: await this.#findOfNone(tips) };
  }

  async #findOfNone(tips: ReadonlySet<ObjectId>): Promise<ReadonlySet<ObjectId> | undefined> {
    if (this.#moved.size < MANY || tips.size < MANY) return undefined;
    const pushed = [...this.#moved.values()].filter((update) => !isDeleted(update)).map((update) => update.new);
    const range = { tips: pushed, exclude: [...tips], most: MOST_COMMITS };
    const found = new Set<ObjectId>();
    try {
      for await (const { oid } of this.#repository.commits(range)) found.add(oid);
    } catch (error) {
      // Where something is missing each branch has to answer for itself.
      if (error instanceof CountersignError) return undefined;
      throw error;
    }
    return found;
  }

  /** What this very push moves stands where the push says, not where it was last seen. */
  async #findMoved({ protection }: Arrival, name: string, moved: RefUpdate): Promise<ObjectId | undefined> {
    if (isCreated(moved) || !this.#isNamed(protection, name)) return undefined;
    return (await this.#peel(moved.old)) ?? this.#peel(this.#push.destination.branches.get(name));
  }

  #counts({ protection, update }: Arrival, name: string): boolean {
    // Nothing judges what its commits have for parents.
    if (isLedger(this.#policy, name)) return false;
    if (this.#isNamed(protection, name)) return true;
    const { merging = false } = this.#push;
    return !merging && isCreated(update) && findProtection(this.#policy, name) === protection;
  }

  /** Whether the entry accepts the branch by its pattern, or as the default branch that it governs too. */
  #isNamed(protection: Protection, name: string): boolean {
    const isDefault = name === this.#push.destination.defaultBranch;
    return (
      protection.accepts.some((glob) => glob.matches(name)) ||
      (isDefault && findProtection(this.#policy, name) === protection)
    );
  }

  async #withAccepted(
    { tip }: Arrival,
    judged: readonly ObjectId[],
    others: ReadonlySet<ObjectId>,
    ofNone?: ReadonlySet<ObjectId>,
  ): Promise<readonly ObjectId[]> {
    const accepted = await findAcceptedCommits(this.#repository, tip, judged, others, ofNone);
    return [...new Set([...judged, ...accepted])];
  }

  async #peel(oid: ObjectId | undefined): Promise<ObjectId | undefined> {
    return oid && this.#repository.peelToCommit(oid);
  }
}
