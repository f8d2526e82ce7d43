import type { Past } from "../../judge/push.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { TreeEntry } from "../../repository.ts";
import { type Line, type LineCommit, landedAt } from "./line.ts";
import type { PolicyStep } from "./policy-line.ts";

/** What came by one push is looked for so far on: most pushes are small, and forges rebase no more than a hundred commits. */
const AHEAD = [10, 100, 2000];

/** A landing of the past, as it is known now. */
export interface PastLanding {
  /** The branch's line, and its place in there. */
  readonly line: Line;
  readonly index: number;
  readonly at: LineCommit;
  /** When it came at the earliest, in seconds since 1970. */
  readonly landed: number;
  /** Seconds since 1970. */
  readonly now: number;
  /** The policy files that stood there before it. */
  readonly before: readonly TreeEntry[];
  /** Whether there are others after it. */
  readonly changesPolicy: boolean;
}

export function toLanding(line: Line, { index, at, before, changes }: PolicyStep, now: number): PastLanding {
  return { line, index, at, landed: landedAt(line, index, now), now, before, changesPolicy: changes };
}

/** What a landing left behind. */
export function pastOf({ line, index, now }: PastLanding): Past {
  const movedOn = (commits: number): number | undefined =>
    index + commits < line.length ? landedAt(line, index + commits, now) : undefined;
  return { by: now, movedOn, later: laterTips(line, index) };
}

function laterTips(line: Line, index: number): readonly ObjectId[] {
  const places = new Set(AHEAD.map((steps) => Math.min(index + steps, line.length - 1)));
  return [...places].flatMap((place) => (place > index ? (line.at(place)?.commit ?? []) : []));
}
