import type { ObjectId } from "../object/oid.ts";
import type { CommitRange, RawCommit, Repository } from "../repository.ts";
import type { MadeCommit } from "./made-objects.ts";

/** Commits that were made and what some tips reach of them, and the stored commits that those build on. */
interface Reached {
  readonly made: ReadonlySet<ObjectId>;
  readonly stored: readonly ObjectId[];
}

/** Walks a history whose newest commits were made in memory: these are few, and no stored commit builds on one. */
export class MadeHistory {
  readonly #stored: Repository;
  readonly #made: ReadonlyMap<ObjectId, MadeCommit>;

  constructor(stored: Repository, made: ReadonlyMap<ObjectId, MadeCommit>) {
    this.#stored = stored;
    this.#made = made;
  }

  async *commits({ tips, exclude, ...rest }: CommitRange): AsyncGenerator<RawCommit> {
    const [added, known] = [this.#reach(tips), this.#reach(exclude)];
    for (const oid of added.made) {
      const made = this.#made.get(oid);
      if (made && !known.made.has(oid)) yield made.raw;
    }
    const ends = added.stored.filter((oid) => !known.stored.includes(oid));
    if (ends.length > 0) yield* this.#stored.commits({ ...rest, tips: ends, exclude: known.stored });
  }

  async isAncestor(ancestor: ObjectId, descendants: readonly ObjectId[]): Promise<boolean> {
    const { made, stored } = this.#reach(descendants);
    if (this.#made.has(ancestor)) return made.has(ancestor);
    return stored.length > 0 && this.#stored.isAncestor(ancestor, ...stored);
  }

  /** What a made commit reaches of the stored ones is what a merge of the commits that it builds on would reach. */
  async mergeBases(commit: ObjectId, others: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    const [left, right] = [this.#reach([commit]), this.#reach(others)];
    const shared = [...left.made].filter((oid) => right.made.has(oid));
    const bases = new Set(shared);
    for (const end of left.stored) {
      if (right.stored.length === 0) break;
      for (const oid of await this.#stored.mergeBases(end, ...right.stored)) bases.add(oid);
    }
    return this.#withoutReached([...bases]);
  }

  async #withoutReached(commits: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    const best: ObjectId[] = [];
    for (const oid of commits) {
      const others = commits.filter((other) => other !== oid);
      if (others.length === 0 || !(await this.isAncestor(oid, others))) best.push(oid);
    }
    return best;
  }

  #reach(tips: readonly ObjectId[]): Reached {
    const made = new Set<ObjectId>();
    const stored = new Set<ObjectId>();
    const open = [...tips];
    for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
      const parents = this.#made.get(oid)?.parents;
      if (!parents) stored.add(oid);
      else if (!made.has(oid)) open.push(...parents);
      if (parents) made.add(oid);
    }
    return { made, stored: [...stored] };
  }
}
