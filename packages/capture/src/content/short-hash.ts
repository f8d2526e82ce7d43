/**
 * 53 bits that stand for a text. Two texts that someone made to collide would only make two marks look alike, so it need
 * not withstand an attack; it is wanted for every line of a file, where a cryptographic one would take most of the time.
 */
export function shortHash(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return 4294967296 * (2097151 & high) + (low >>> 0);
}

/** The same as 14 hex digits, for a file's name. */
export function shortName(text: string): string {
  return shortHash(text).toString(16).padStart(14, "0");
}
