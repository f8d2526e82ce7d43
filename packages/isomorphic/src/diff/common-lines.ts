/**
 * The length of the longest common subsequence of two lists of line numbers below `numbers`. Files that are alike
 * are settled by their few differences; for others the effort is bounded by their lengths' product over 32.
 */
export function countCommon(a: Int32Array, b: Int32Array, numbers: number): number {
  if (a.length === 0 || b.length === 0) return 0;
  // So far the first method costs no more than the second would.
  const most = Math.max(64, Math.floor(Math.sqrt(a.length * b.length) / 32));
  const distance = findDistance(a, b, most);
  return distance === undefined ? countByBits(a, b, numbers) : (a.length + b.length - distance) / 2;
}

/** Myers' greedy walk along the diagonals: the size of the smallest edit, or undefined if it is above `most`. */
function findDistance(a: Int32Array, b: Int32Array, most: number): number | undefined {
  const limit = Math.min(most, a.length + b.length);
  const centre = limit + 1;
  /** How far into `a` each diagonal has come. */
  const reach = new Int32Array(2 * limit + 3);
  for (let distance = 0; distance <= limit; distance += 1) {
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const fromAbove = reach[centre + diagonal + 1] ?? 0;
      const fromLeft = (reach[centre + diagonal - 1] ?? 0) + 1;
      const down = diagonal === -distance || (diagonal !== distance && fromAbove >= fromLeft);
      let x = down ? fromAbove : fromLeft;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      if (x >= a.length && x - diagonal >= b.length) return distance;
      reach[centre + diagonal] = x;
    }
  }
  return undefined;
}

/**
 * Hyyrö's bit-parallel count: the row of the classic table, one bit a column, a zero where the value grows.
 * Each line of `b` makes the next row by one addition over the whole row.
 */
function countByBits(a: Int32Array, b: Int32Array, numbers: number): number {
  const words = Math.ceil(a.length / 32);
  const row = new Uint32Array(words).fill(0xffffffff);
  const hits = new Uint32Array(words);
  const places = placesOf(a, numbers);
  for (const line of b) {
    const at = places[line] ?? [];
    for (const place of at) hits[place >>> 5] = (hits[place >>> 5] as number) | (1 << (place & 31));
    const last = (at.at(-1) ?? -1) >>> 5;
    let carry = 0;
    for (let word = (at[0] ?? a.length) >>> 5; word < words && (word <= last || carry > 0); word += 1) {
      const old = row[word] as number;
      const hit = (old & (hits[word] as number)) >>> 0;
      const sum = old + hit + carry;
      carry = sum > 0xffffffff ? 1 : 0;
      row[word] = sum | (old & ~hit);
    }
    for (const place of at) hits[place >>> 5] = 0;
  }
  return row.reduce((zeros, word) => zeros + countZeros(word), 0);
}

/** Where each line stands in `a`, ascending. */
function placesOf(a: Int32Array, numbers: number): readonly (readonly number[] | undefined)[] {
  const places: (number[] | undefined)[] = new Array(numbers);
  for (const [place, line] of a.entries()) {
    const known = places[line];
    if (known) known.push(place);
    else places[line] = [place];
  }
  return places;
}

function countZeros(word: number): number {
  let zeros = 0;
  for (let rest = ~word; rest !== 0; rest &= rest - 1) zeros += 1;
  return zeros;
}
