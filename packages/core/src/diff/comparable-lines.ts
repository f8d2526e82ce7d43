/** The lines of one side that are looked for in the other. */
export interface Comparable {
  readonly numbers: Int32Array;
  /** Where each of them stands in its text. */
  readonly places: Int32Array;
}

/** What is left to compare of two texts, and for each line whether it was found to be removed or added. */
export interface Comparison {
  readonly before: Comparable;
  readonly after: Comparable;
  /** One entry more than there are lines, which stays 0: behind the last line nothing changes. */
  readonly removed: Uint8Array;
  readonly added: Uint8Array;
}

/**
 * Leaves out of a comparison what git leaves out: what both texts begin and end with, lines that the other text does
 * not have, and lines that it has often where they stand among such.
 */
export function prepareComparison(before: Int32Array, after: Int32Array, kinds: number): Comparison {
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  const removed = new Uint8Array(before.length + 1);
  const added = new Uint8Array(after.length + 1);
  return {
    before: keepComparable(before, start, before.length - end, countEach(after, kinds), removed),
    after: keepComparable(after, start, after.length - end, countEach(before, kinds), added),
    removed,
    added,
  };
}

function commonStart(a: Int32Array, b: Int32Array): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  return length;
}

function commonEnd(a: Int32Array, b: Int32Array, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}

function countEach(numbers: Int32Array, kinds: number): Int32Array {
  const counts = new Int32Array(kinds);
  for (const number of numbers) counts[number] = (counts[number] as number) + 1;
  return counts;
}

/** How often the other text has a line: never, sometimes, or so often that finding it says little. */
const ABSENT = 0;
const PRESENT = 1;
const FREQUENT = 2;
const MOST_PRESENT = 1024;

/** Keeps some of the lines from `start` to `end`, and marks the others as changed. */
function keepComparable(
  numbers: Int32Array,
  start: number,
  end: number,
  occurrences: Int32Array,
  changed: Uint8Array,
): Comparable {
  const frequent = Math.min(roughRoot(numbers.length), MOST_PRESENT);
  const found = new Uint8Array(end - start);
  for (let at = 0; at < found.length; at += 1) {
    const count = occurrences[numbers[start + at] as number] as number;
    found[at] = count === 0 ? ABSENT : count < frequent ? PRESENT : FREQUENT;
  }
  const drops = findDrops(found);
  const kept = { numbers: new Int32Array(found.length), places: new Int32Array(found.length) };
  let count = 0;
  for (let at = 0; at < found.length; at += 1) {
    const place = start + at;
    if (drops[at] === 1) changed[place] = 1;
    else {
      kept.numbers[count] = numbers[place] as number;
      kept.places[count] = place;
      count += 1;
    }
  }
  return { numbers: kept.numbers.subarray(0, count), places: kept.places.subarray(0, count) };
}

/** How far git looks around a frequent line. */
const WINDOW = 100;

/**
 * Drops absent lines, and frequent ones with absent ones above and below them, between the nearest present lines, that
 * are more than three times as many as the frequent ones. The line itself counts with those above and with those below.
 */
function findDrops(found: Uint8Array): Uint8Array {
  const drops = new Uint8Array(found.length);
  const absentAbove = countAbsent(found);
  let afterPresent = 0;
  let nextPresent = 0;
  for (let at = 0; at < found.length; at += 1) {
    if (found[at] === ABSENT) drops[at] = 1;
    if (found[at] === PRESENT) afterPresent = at + 1;
    if (found[at] !== FREQUENT) continue;
    nextPresent = Math.max(nextPresent, at);
    while (nextPresent < found.length && found[nextPresent] !== PRESENT) nextPresent += 1;
    const from = Math.max(afterPresent, at - WINDOW);
    const to = Math.min(nextPresent, at + WINDOW + 1);
    const above = (absentAbove[at] as number) - (absentAbove[from] as number);
    const below = (absentAbove[to] as number) - (absentAbove[at] as number);
    const frequent = to - from - (above + below) + 1;
    if (above > 0 && below > 0 && above + below > 3 * frequent) drops[at] = 1;
  }
  return drops;
}

function countAbsent(found: Uint8Array): Int32Array {
  const above = new Int32Array(found.length + 1);
  for (let at = 0; at < found.length; at += 1) above[at + 1] = (above[at] as number) + (found[at] === ABSENT ? 1 : 0);
  return above;
}

/** git's estimate of a square root, a power of two. */
export function roughRoot(number: number): number {
  let root = 1;
  for (let rest = number; rest > 0; rest = Math.floor(rest / 4)) root *= 2;
  return root;
}
