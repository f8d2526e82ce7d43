import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { CommitParents, CommitRange } from "../../repository.ts";

/** The parents of so many commits are kept in mind; a longer range must not fill the memory. */
const TRACED = 1000;

/** How the new commits of a range hang together with what was judged before. */
export class RangeShape {
  readonly #range: CommitRange;
  readonly #judged: ReadonlySet<ObjectId>;
  readonly #seen = new Set<ObjectId>();
  readonly #named = new Set<ObjectId>();
  #count = 0;
  #rooted = false;
  /** Those judged tips that a new commit names as a parent: the range certainly builds on them. */
  readonly parents = new Set<ObjectId>();
  readonly merges: CommitParents[] = [];

  constructor(range: CommitRange) {
    this.#range = range;
    this.#judged = new Set(range.exclude);
  }

  add({ oid, parents, malformed }: Commit): void {
    this.#count += 1;
    if (parents.length === 0 || malformed !== undefined) this.#rooted = true;
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

  /**
   * Whether every line of new commits ends at the one judged tip. Then none of them can have landed before: the tip would
   * be its own ancestor. Not known of long ranges.
   */
  get exact(): boolean {
    const [only, second] = this.#range.exclude;
    if (this.#count > TRACED || this.#rooted || only === undefined || second !== undefined) return false;
    return [...this.#named].every((parent) => parent === only || this.#seen.has(parent));
  }
}
