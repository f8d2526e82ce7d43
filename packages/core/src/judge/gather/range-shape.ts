import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { CommitParents, CommitRange } from "../../repository.ts";

/** The parents of this many commits are kept; a longer range must not fill the memory. */
const TRACED = 1000;

/** How the new commits of a range are connected with what was judged before. */
export class RangeShape {
  readonly #range: CommitRange;
  readonly #linked: boolean;
  readonly #judged: ReadonlySet<ObjectId>;
  readonly #seen = new Set<ObjectId>();
  readonly #named = new Set<ObjectId>();
  #count = 0;
  #rooted = false;
  /** Those judged tips that a new commit names as a parent: the range certainly builds on them. */
  readonly parents = new Set<ObjectId>();
  readonly merges: CommitParents[] = [];
  /** The parents of every commit, where that was asked for. */
  readonly links = new Map<ObjectId, readonly ObjectId[]>();

  /** `linked`: whether to keep how all commits are connected. */
  constructor(range: CommitRange, { linked }: { readonly linked: boolean }) {
    this.#range = range;
    this.#linked = linked;
    this.#judged = new Set(range.exclude);
  }

  add({ oid, parents, malformed }: Commit): void {
    this.#count += 1;
    if (parents.length === 0 || malformed !== undefined) this.#rooted = true;
    if (this.#linked) this.links.set(oid, parents);
    if (parents.length > 1) this.merges.push({ oid, parents });
    for (const parent of parents) if (this.#judged.has(parent)) this.parents.add(parent);
    if (this.#count <= TRACED || this.#range.tips.includes(oid)) this.#seen.add(oid);
    if (this.#count <= TRACED) for (const parent of parents) this.#named.add(parent);
  }

  /** How many commits there are. */
  get count(): number {
    return this.#count;
  }

  /** The tips that were not among the commits. */
  get missingTips(): readonly ObjectId[] {
    return this.#range.tips.filter((tip) => !this.#seen.has(tip));
  }

  /** The parents at which the lines of new commits end; undefined of long ranges, and where one ends at a root. */
  get ends(): readonly ObjectId[] | undefined {
    if (this.#count > TRACED || this.#rooted) return undefined;
    return [...this.#named].filter((parent) => !this.#seen.has(parent));
  }
}
