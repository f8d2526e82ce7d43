import type { Effort } from "./effort.ts";
import { Frontier } from "./frontier.ts";

/** A part of both texts: the lines from `fromA` to `toA` of one, those from `fromB` to `toB` of the other. */
export interface Box {
  readonly fromA: number;
  readonly toA: number;
  readonly fromB: number;
  readonly toB: number;
  /** Whether only the shortest path through it will do, whatever the search costs. */
  readonly exact: boolean;
}

/** Where a path through a box passes: behind so many lines of one text and so many of the other. */
interface Waypoint {
  readonly a: number;
  readonly b: number;
  /** Whether the path up to here, and the one from here, have to be the shortest. */
  readonly exactBefore: boolean;
  readonly exactAfter: boolean;
}

/** Above this cost a path will do that has come far for its cost and just ran through so many equal lines. */
const PATIENCE = 256;
const LONG_RUN = 20;
const FAR = 4;

/**
 * Myers' search from both corners of a box ("An O(ND) Difference Algorithm and Its Variations"). It ends where git's
 * ends: where paths meet, else with one that is good enough, else at `mostCost` with the one that has come farthest.
 */
export class PathFinder {
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  readonly #mostCost: number;
  readonly #effort: Effort;
  readonly #forward: Frontier;
  readonly #backward: Frontier;
  /** Whether one of the last steps ran through many equal lines. */
  #ranFar = false;

  constructor(a: Int32Array, b: Int32Array, mostCost: number, effort: Effort) {
    this.#a = a;
    this.#b = b;
    this.#mostCost = mostCost;
    this.#effort = effort;
    this.#forward = new Frontier(a.length, b.length, -1);
    this.#backward = new Frontier(a.length, b.length, 0x7fffffff);
  }

  /** Where to split a box in two; undefined if that is too much work. */
  split(box: Box): Waypoint | undefined {
    const lowest = box.fromA - box.toB;
    const highest = box.toA - box.fromB;
    this.#forward.start(box.fromA, box.fromB);
    this.#backward.start(box.toA, box.toB);
    for (let cost = 1; !this.#effort.isExhausted; cost += 1) {
      this.#ranFar = false;
      this.#forward.widen(lowest, highest);
      const met = this.#stepForward(box);
      if (met) return met;
      this.#backward.widen(lowest, highest);
      const metBehind = this.#stepBackward(box);
      if (metBehind) return metBehind;
      if (box.exact) continue;
      const good = this.#ranFar && cost > PATIENCE && (this.#goodForward(box, cost) ?? this.#goodBackward(box, cost));
      if (good) return good;
      if (cost >= this.#mostCost) return this.#farthest(box);
    }
    return undefined;
  }

  /** Moves each forward path on by one line that differs and all equal ones behind it, until one meets a backward path. */
  #stepForward({ toA, toB }: Box): Waypoint | undefined {
    const [forward, backward, a, b] = [this.#forward, this.#backward, this.#a, this.#b];
    const canMeet = (forward.origin - backward.origin) % 2 !== 0;
    for (let diagonal = forward.highest; diagonal >= forward.lowest; diagonal -= 2) {
      const start = Math.max(forward.at(diagonal - 1) + 1, forward.at(diagonal + 1));
      let at = start;
      while (at < toA && at - diagonal < toB && a[at] === b[at - diagonal]) at += 1;
      if (this.#countRun(at - start)) return undefined;
      forward.set(diagonal, at);
      if (canMeet && backward.has(diagonal) && backward.at(diagonal) <= at) return meeting(at, diagonal);
    }
    return undefined;
  }

  #stepBackward({ fromA, fromB }: Box): Waypoint | undefined {
    const [forward, backward, a, b] = [this.#forward, this.#backward, this.#a, this.#b];
    const canMeet = (forward.origin - backward.origin) % 2 === 0;
    for (let diagonal = backward.highest; diagonal >= backward.lowest; diagonal -= 2) {
      const start = Math.min(backward.at(diagonal - 1), backward.at(diagonal + 1) - 1);
      let at = start;
      while (at > fromA && at - diagonal > fromB && a[at - 1] === b[at - 1 - diagonal]) at -= 1;
      if (this.#countRun(start - at)) return undefined;
      backward.set(diagonal, at);
      if (canMeet && forward.has(diagonal) && at <= forward.at(diagonal)) return meeting(at, diagonal);
    }
    return undefined;
  }

  /** Notes how many equal lines a step ran through; true if that was too much work. */
  #countRun(lines: number): boolean {
    if (lines > LONG_RUN) this.#ranFar = true;
    this.#effort.spend(lines + 1);
    return this.#effort.isExhausted;
  }

  #goodForward({ fromA, toA, fromB, toB }: Box, cost: number): Waypoint | undefined {
    const forward = this.#forward;
    let best = FAR * cost;
    let found: Waypoint | undefined;
    for (let diagonal = forward.highest; diagonal >= forward.lowest; diagonal -= 2) {
      const a = forward.at(diagonal);
      const b = a - diagonal;
      const progress = a - fromA + (b - fromB) - Math.abs(diagonal - forward.origin);
      if (progress <= best || a >= toA || b >= toB || a < fromA + LONG_RUN || b < fromB + LONG_RUN) continue;
      if (!this.#isRun(a - LONG_RUN, b - LONG_RUN)) continue;
      best = progress;
      found = { a, b, exactBefore: true, exactAfter: false };
    }
    return found;
  }

  #goodBackward({ fromA, toA, fromB, toB }: Box, cost: number): Waypoint | undefined {
    const backward = this.#backward;
    let best = FAR * cost;
    let found: Waypoint | undefined;
    for (let diagonal = backward.highest; diagonal >= backward.lowest; diagonal -= 2) {
      const a = backward.at(diagonal);
      const b = a - diagonal;
      const progress = toA - a + (toB - b) - Math.abs(diagonal - backward.origin);
      if (progress <= best || a <= fromA || b <= fromB || a > toA - LONG_RUN || b > toB - LONG_RUN) continue;
      if (!this.#isRun(a, b)) continue;
      best = progress;
      found = { a, b, exactBefore: false, exactAfter: true };
    }
    return found;
  }

  #isRun(a: number, b: number): boolean {
    for (let line = 0; line < LONG_RUN; line += 1) if (this.#a[a + line] !== this.#b[b + line]) return false;
    return true;
  }

  #farthest({ fromA, toA, fromB, toB }: Box): Waypoint {
    const [forward, backward] = [this.#forward, this.#backward];
    let ahead = -1;
    let aheadA = -1;
    for (let diagonal = forward.highest; diagonal >= forward.lowest; diagonal -= 2) {
      const a = Math.min(forward.at(diagonal), toA, toB + diagonal);
      if (ahead < a + a - diagonal) {
        ahead = a + a - diagonal;
        aheadA = a;
      }
    }
    let back = 2 * 0x7fffffff;
    let backA = back;
    for (let diagonal = backward.highest; diagonal >= backward.lowest; diagonal -= 2) {
      const a = Math.max(backward.at(diagonal), fromA, fromB + diagonal);
      if (a + a - diagonal < back) {
        back = a + a - diagonal;
        backA = a;
      }
    }
    return toA + toB - back < ahead - (fromA + fromB)
      ? { a: aheadA, b: ahead - aheadA, exactBefore: true, exactAfter: false }
      : { a: backA, b: back - backA, exactBefore: false, exactAfter: true };
  }
}

function meeting(a: number, diagonal: number): Waypoint {
  return { a, b: a - diagonal, exactBefore: true, exactAfter: true };
}
