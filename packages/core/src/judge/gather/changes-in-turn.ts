import type { Change } from "../../object/change.ts";
import type { Commit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { CommitChanges } from "../../repository.ts";

/** The changes of commits, in the order in which they were asked for: only those of one commit are kept at a time. */
export class ChangesInTurn {
  readonly #answers: AsyncIterator<CommitChanges>;
  readonly #asked: readonly Commit[];
  #next = 0;

  constructor(answers: AsyncIterable<CommitChanges>, asked: readonly Commit[]) {
    this.#answers = answers[Symbol.asyncIterator]();
    this.#asked = asked;
  }

  /** The changes of the commit if it is the next one that was asked about; undefined, at once, for any other: most are. */
  of({ oid }: Commit): Promise<readonly Change[]> | undefined {
    if (this.#asked[this.#next]?.oid !== oid) return undefined;
    this.#next += 1;
    return this.#read(oid);
  }

  async #read(oid: ObjectId): Promise<readonly Change[]> {
    const { value } = await this.#answers.next();
    if (value?.commit !== oid) throw new Error("a repository answers in the order in which it is asked");
    return value.changes;
  }

  /** Ends what is still being read. */
  async end(): Promise<void> {
    await this.#answers.return?.();
  }
}
