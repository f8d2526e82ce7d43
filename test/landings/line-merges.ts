import { mergeFiles, type Triple } from "../merge/merge-file.ts";
import type { Scratch } from "../rig/repository/scratch.ts";

/** What `git merge-file` says of merges of texts: first the questions are noted, then git answers all of them at once. */
export class LineMerges {
  readonly #triples = new Map<string, Triple>();
  #answers: ReadonlyMap<string, string | undefined> | undefined;

  /** The clean merge; undefined where it conflicts, and for as long as git was not asked. */
  merge(base: string, ours: string, theirs: string): string | undefined {
    if (ours === theirs || base === theirs) return ours;
    if (base === ours) return theirs;
    const key = JSON.stringify([base, ours, theirs]);
    if (!this.#answers) this.#triples.set(key, [Buffer.from(base), Buffer.from(ours), Buffer.from(theirs)]);
    return this.#answers?.get(key);
  }

  ask(scratch: Scratch): void {
    const merged = mergeFiles(scratch, [...this.#triples.values()]);
    this.#answers = new Map([...this.#triples.keys()].map((key, index) => [key, merged[index]?.toString()]));
  }
}
