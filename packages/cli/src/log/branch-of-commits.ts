import { type ObjectId, parseCommit, type RawCommit } from "@countersign/core";
import type { GitRepository } from "@countersign/git/internal";

const PREFIXES = ["refs/heads/", "refs/remotes/"];

/**
 * Finds by which branch each commit was reached: its own, or that of the commit that it was reached from. Only what is not
 * reached yet is remembered, so that the memory does not grow with the history.
 */
export class BranchOfCommits {
  readonly #names: Map<ObjectId, string>;

  private constructor(names: Map<ObjectId, string>) {
    this.#names = names;
  }

  /** A branch that is here comes before a remote's of the same tip. */
  static async read(repository: GitRepository): Promise<BranchOfCommits> {
    const names = new Map<ObjectId, string>();
    for (const prefix of PREFIXES) {
      for (const { name, oid } of await repository.refs(prefix.slice(0, -1))) {
        if (!name.endsWith("/HEAD") && !names.has(oid)) names.set(oid, name.slice(prefix.length));
      }
    }
    return new BranchOfCommits(names);
  }

  /** Asked once of each commit, of none before the commits that it was reached from. */
  of(raw: RawCommit): string | undefined {
    const name = this.#names.get(raw.oid);
    this.#names.delete(raw.oid);
    if (name === undefined) return undefined;
    for (const parent of parseCommit(raw).parents) if (!this.#names.has(parent)) this.#names.set(parent, name);
    return name;
  }
}
