import { COLON, CR, LF, SPACE, TAB } from "../../bytes.ts";
import { DOMAIN, HOST, KEY, LOCAL, OPENER, PERSON_KEY, SEED, type Sieve, slot, step, WHOLE_DOMAIN } from "./sieve.ts";

const AT = 0x40;
const PLUS = 0x2b;
const SLASH = 0x2f;
const OPEN_ANGLE = 0x3c;
const CLOSE_ANGLE = 0x3e;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const UNDERSCORE = 0x5f;
const ASTERISK = 0x2a;
const BACKTICK = 0x60;
const BACKSLASH = 0x5c;
const LETTER_N = 0x6e;
const LETTER_X = 0x78;
const DOT = 0x2e;
/** The full-width colon of input methods, in UTF-8. */
const WIDE_COLON = [0xef, 0xbc, 0x9a] as const;

/** What may stand between a key and its colon: blanks and the end of its emphasis. */
const BESIDE_COLON = new Uint8Array(256);
for (const byte of [SPACE, TAB, ASTERISK, UNDERSCORE, BACKTICK]) BESIDE_COLON[byte] = 1;

/** The bytes worth a look. One look-up skips all others, where comparing would guess wrong at every second blank. */
const STOPS = new Uint8Array(256);
for (const byte of [LF, CR, BACKSLASH, COLON, AT, WIDE_COLON[0]]) STOPS[byte] = 1;

/**
 * Whether the message may hold a mark. One pass over the bytes, without making a string: what is walked from a stop ends
 * at the next or the last one, so that no text is walked again and again.
 */
export function mayHoldMarks(message: Uint8Array, sieve: Sieve): boolean {
  const { slots } = sieve;
  const end = message.length;
  let personKey = false;
  if (opensLine(message, 0, sieve)) return true;
  for (let i = 0; i < end; i += 1) {
    const byte = message[i] as number;
    if (STOPS[byte] === 0) continue;
    if (byte === LF || byte === CR || byte === BACKSLASH) {
      // Models write `\n` where a line should end.
      if (byte === BACKSLASH && message[i + 1] !== LETTER_N) continue;
      if (personKey || opensLine(message, byte === BACKSLASH ? i + 2 : i + 1, sieve)) return true;
      personKey = false;
    } else if (byte === COLON && message[i + 1] === SLASH && message[i + 2] === SLASH) {
      if (((slots[slot(hashHost(message, i + 3))] as number) & HOST) !== 0) return true;
    } else if (byte === COLON || byte === WIDE_COLON[0]) {
      if (byte !== COLON && (message[i + 1] !== WIDE_COLON[1] || message[i + 2] !== WIDE_COLON[2])) continue;
      const bits = keyBits(message, i, sieve);
      if ((bits & KEY) !== 0) return true;
      if ((bits & PERSON_KEY) === 0) continue;
      // A second key behind a name that has no address: their lines have lost their ends.
      if (personKey) return true;
      personKey = true;
    } else if (byte === AT) {
      // `@copilot` is not an address; the name before it counts.
      if (isWordByte(message[i - 1] ?? 0) && isWordByte(message[i + 1] ?? 0)) personKey = false;
      const domain = hashHost(message, i + 1);
      const bits = slots[slot(domain)] as number;
      if ((bits & WHOLE_DOMAIN) !== 0) return true;
      if ((bits & DOMAIN) !== 0 && ((slots[slot(hashLocal(message, i, domain))] as number) & LOCAL) !== 0) return true;
    }
  }
  return personKey;
}

/** Where a line ends the next one is looked at by itself: nothing is walked twice. */
function endsLine(byte: number): boolean {
  return byte === LF || byte === CR;
}

function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function isWordByte(byte: number): boolean {
  return isLetter(byte) || byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
}

function opensLine(message: Uint8Array, start: number, { slots, initials }: Sieve): boolean {
  const stop = message.length;
  let at = start;
  // Emoji, quotes, bullets, emphasis and tags may stand before the first word.
  while (at < stop && !endsLine(message[at] as number) && (!isLetter(message[at] as number) || isCheck(message, at)))
    at = behindMarkup(message, at);
  if (at === stop || initials[(message[at] as number) | 0x20] === 0) return false;
  let hash = SEED;
  while (at < stop && isWordByte(message[at] as number)) {
    hash = step(hash, message[at] as number);
    at += 1;
  }
  return ((slots[slot(hash)] as number) & OPENER) !== 0;
}

/** Behind the tag or the emoji's name, as `:robot:`, that begins here; else behind this one byte. */
function behindMarkup(message: Uint8Array, start: number): number {
  const opener = message[start] as number;
  if (opener !== OPEN_ANGLE && opener !== COLON) return start + 1;
  let at = start + 1;
  if (opener === COLON) while (isNameByte(message[at] ?? 0)) at += 1;
  else while (at < message.length && !endsTag(message[at] as number)) at += 1;
  return message[at] === (opener === COLON ? COLON : CLOSE_ANGLE) ? at + 1 : start + 1;
}

function isNameByte(byte: number): boolean {
  return isWordByte(byte) || byte === PLUS || byte === UNDERSCORE;
}

function endsTag(byte: number): boolean {
  return byte === OPEN_ANGLE || byte === CLOSE_ANGLE || endsLine(byte);
}

/** The cross of a check box, `[x]`. */
function isCheck(message: Uint8Array, at: number): boolean {
  return (
    ((message[at] as number) | 0x20) === LETTER_X &&
    message[at - 1] === OPEN_BRACKET &&
    message[at + 1] === CLOSE_BRACKET
  );
}

function hashHost(message: Uint8Array, start: number): number {
  let hash = SEED;
  for (let at = start; at < message.length; at += 1) {
    const byte = message[at] as number;
    // A full stop belongs to a host only where more of the host follows it.
    if (!isWordByte(byte) && !(byte === DOT && isWordByte(message[at + 1] ?? 0))) break;
    hash = step(hash, byte);
  }
  return hash;
}

function keyBits(message: Uint8Array, colon: number, { slots, finals }: Sieve): number {
  let end = colon;
  while (end > 0 && BESIDE_COLON[message[end - 1] as number] === 1) end -= 1;
  if (end === 0 || finals[(message[end - 1] as number) | 0x20] === 0) return 0;
  let start = end;
  while (start > 0) {
    if (isWordByte(message[start - 1] as number)) start -= 1;
    else if (isHyphen(message, start - HYPHEN_LENGTH)) start -= HYPHEN_LENGTH;
    else break;
  }
  if (message[start - 1] === BACKSLASH && message[start] === LETTER_N) start += 1;
  // Dashes before a key are no part of it.
  while (start < end && !isLetter(message[start] as number)) start += 1;
  let hash = SEED;
  for (let at = start; at < end; ) {
    const hyphen = isHyphen(message, at);
    hash = step(hash, hyphen ? HYPHEN : (message[at] as number));
    at += hyphen ? HYPHEN_LENGTH : 1;
  }
  return slots[slot(hash)] as number;
}

const HYPHEN = 0x2d;
const HYPHEN_LENGTH = 3;

/** One of the hyphens and dashes from U+2010 to U+2015, in UTF-8. */
function isHyphen(message: Uint8Array, at: number): boolean {
  const last = message[at + 2] ?? 0;
  return message[at] === 0xe2 && message[at + 1] === 0x80 && last >= 0x90 && last <= 0x95;
}

/** The part before the `@`, hashed on from its domain: a support@ at one vendor is not one at another. */
function hashLocal(message: Uint8Array, at: number, domain: number): number {
  let start = at;
  while (start > 0) {
    const byte = message[start - 1] as number;
    if (byte === OPEN_BRACKET) {
      // `name[bot]` is one word; the bracket of a Markdown link begins one.
      if (!isWordByte(message[start - 2] ?? 0)) break;
    } else if (!isWordByte(byte) && byte !== CLOSE_BRACKET && byte !== DOT && byte !== UNDERSCORE) break;
    if (byte === PLUS) break;
    start -= 1;
  }
  let hash = domain;
  for (let i = start; i < at; i += 1) hash = step(hash, message[i] as number);
  return hash;
}
