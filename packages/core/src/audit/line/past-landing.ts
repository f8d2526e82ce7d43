import type { Past } from "../../judge/push.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { TreeEntry } from "../../repository.ts";
import { type Line, type LineCommit, landedAt } from "./line.ts";
import type { PolicyStep } from "./policy-line.ts";

/** What came by one push is looked for so far on: most pushes are small, and forges rebase no more than a hundred commits. */
const AHEAD = [10, 100, 2000];

/** A landing of the past, and what is known of it now. */
export class PastLanding {
  readonly #line: Line;
  readonly #now: number;
  /** Its place in the branch's line. */
  readonly index: number;
  readonly at: LineCommit;
  /** The policy files that stood there before it. */
  readonly before: readonly TreeEntry[];
  /** Whether there are others after it. */
  readonly changesPolicy: boolean;

  constructor(line: Line, { index, at, before, changes }: PolicyStep, now: number) {
    this.#line = line;
    this.#now = now;
    this.index = index;
    this.at = at;
    this.before = before;
    this.changesPolicy = changes;
  }

  /** When it came at the earliest, in seconds since 1970. */
  get landed(): number {
    return landedAt(this.#line, this.index, this.#now);
  }

  /** What it left behind. */
  get past(): Past {
    const movedOn = (commits: number): number | undefined =>
      this.index + commits < this.#line.length ? landedAt(this.#line, this.index + commits, this.#now) : undefined;
    return { by: this.#now, movedOn, later: this.#laterTips() };
  }

  #laterTips(): readonly ObjectId[] {
    const places = new Set(AHEAD.map((steps) => Math.min(this.index + steps, this.#line.length - 1)));
    return [...places].flatMap((place) => (place > this.index ? (this.#line.at(place)?.commit ?? []) : []));
  }
}
