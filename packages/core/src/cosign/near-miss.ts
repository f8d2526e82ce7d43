import { asciiLowerCase, upToLast } from "../bytes.ts";
import { hasKey, type Trailer } from "../trailer/parse.ts";
import { COSIGN_KEY } from "./claim.ts";

/** A key that people miss, and the letters of what they write in its place. */
interface MissedKey {
  readonly key: string;
  readonly near: ReadonlySet<string>;
}

/** Ways to write the key that a person takes for it and git does not. */
const COSIGN: MissedKey = {
  key: COSIGN_KEY,
  near: new Set(["cosignedby", "cosignedoffby", "cosignby", "cosignedoffbyby", "countersignedby"]),
};

/** Ways to write the stamp by which no reader knows it. */
const STAMP: MissedKey = {
  key: "Assisted-by",
  near: new Set(["assistedby", "asistedby", "assitedby", "assistedfrom", "assistby", "assistantby"]),
};

/** Letters that look like those of the keys, most of them Cyrillic and Greek. Capitals only where the small ones differ. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "аαɑ",
    b: "вβьʙ",
    c: "сϲ",
    d: "ԁ",
    e: "еεҽ",
    g: "ɡԍ",
    i: "іιıɩɪӏ",
    n: "пΝ",
    o: "оοσ",
    s: "ѕ",
    t: "тτ",
    y: "уүγɣʏΥ",
  }).flatMap(([letter, alike]) => Array.from(alike, (character) => [character, letter] as const)),
);

/**
 * The first bytes, in UTF-8, of those letters, of full-width forms, of other hyphens and of what shows as nothing. Many
 * harmless characters share them, and then the text is read in vain.
 */
const LEAD_BYTES = new Uint8Array(256);
for (const byte of [0xc9, 0xca, 0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xef]) LEAD_BYTES[byte] = 1;

/** Whether there may be anything like a co-sign in the message. A cheap look: most commits hold none. */
export function mentionsCosign(message: Uint8Array): boolean {
  return holdsHint(message) || holdsDisguise(message);
}

/** How far the next byte is that can end a `sign`, in any case: 0 where this one can. */
const STRIDES = new Uint8Array(256).fill(4);
for (const [index, letter] of ["s", "i", "g", "n"].entries()) {
  for (const either of [letter, letter.toUpperCase()]) STRIDES[either.charCodeAt(0)] = 3 - index;
}

/** What every way to write the key in ASCII holds: `co-sign`, `co_sign`, `co sign`, `cosign` or `rsign`. */
function holdsHint(message: Uint8Array): boolean {
  const end = message.length;
  for (let at = 4; at < end; ) {
    const stride = STRIDES[message[at] as number] as number;
    if (stride === 0 && spells(message, at - 3, "sig") && beginsHint(message, at - 4)) return true;
    at += stride || 1;
  }
  return false;
}

/** Whether an `r`, or a `co` and perhaps a blank or hyphen, ends here. */
function beginsHint(message: Uint8Array, last: number): boolean {
  const byte = message[last] as number;
  const co = byte === 0x20 || byte === 0x2d || byte === 0x5f ? last - 2 : last - 1;
  return (byte | 0x20) === 0x72 || spells(message, co, "co");
}

/** Whether these lower-case letters stand there, in any case. */
function spells(message: Uint8Array, start: number, letters: string): boolean {
  if (start < 0) return false;
  for (let i = 0; i < letters.length; i += 1) {
    if (((message[start + i] as number) | 0x20) !== letters.charCodeAt(i)) return false;
  }
  return true;
}

function holdsDisguise(message: Uint8Array): boolean {
  const end = message.length;
  for (let at = 0; at < end; at += 1) {
    const byte = message[at] as number;
    if (byte < 0x80) continue;
    if (LEAD_BYTES[byte] === 1 || leadsDisguise(byte, message[at + 1] ?? 0, message[at + 2] ?? 0)) return true;
  }
  return false;
}

/** Lead bytes that stand before much else too, such as typographic quotes and emoji, are looked at more closely. */
function leadsDisguise(first: number, second: number, third: number): boolean {
  // A soft hyphen; an i without its dot; letters of the mathematical alphabets.
  if (first === 0xc2) return second === 0xad;
  if (first === 0xc4) return second === 0xb1;
  if (first === 0xf0) return second === 0x9d;
  if (first !== 0xe2) return false;
  // Blanks and what has no width, hyphens and dashes; the word joiner; the minus sign.
  if (second === 0x80) return third <= 0x95;
  return (second === 0x81 && third === 0xa0) || (second === 0x88 && third === 0x92);
}

/** A refusal that lists more helps nobody. */
const MOST = 10;

const LINE_LIMIT = 400;

/** A line that is nearly a trailer, counted from 1, and what keeps it from being one. */
export interface NearMiss {
  readonly line: number;
  readonly problem: string;
}

/**
 * Finds lines that a person would take for a co-sign but that are no such trailer to git, so that the refusal can
 * say where and why. They are advice only, never accepted.
 */
export function findNearMisses(message: string, trailers: readonly Trailer[]): readonly NearMiss[] {
  return findMissedKeys(message, trailers, COSIGN);
}

/** The same for the stamp: an `Assisted-by` that is not written so says nothing to any reader. */
export function findNearStamps(message: string, trailers: readonly Trailer[]): readonly NearMiss[] {
  return findMissedKeys(message, trailers, STAMP);
}

function findMissedKeys(message: string, trailers: readonly Trailer[], missed: MissedKey): readonly NearMiss[] {
  const found: NearMiss[] = [];
  const trailerAt = new Map(trailers.map((trailer) => [trailer.line, trailer]));
  for (const [index, whole] of message.split("\n").entries()) {
    const line = index + 1;
    const trailer = trailerAt.get(line);
    if (trailer && hasKey(trailer, missed.key)) continue;
    const key = keyOf(whole.slice(0, LINE_LIMIT));
    if (key === undefined || !missed.near.has(letters(key))) continue;
    found.push({ line, problem: problemOf(key, whole, missed.key) });
    if (found.length === MOST) break;
  }
  return found;
}

const LONGEST_KEY = 40;

/** What stands before the first sign that a person may take for a key's end, without quote marks and bullets. */
function keyOf(line: string): string | undefined {
  const text = line.replace(/^[ \t\r>*-]+/, "");
  const end = text.search(/[:=：]/);
  const key = text.slice(0, Math.max(end, 0)).trimEnd();
  return [...key].length > LONGEST_KEY ? undefined : key;
}

function problemOf(key: string, line: string, wanted: string): string {
  const exact = /^[A-Za-z-]+(?=[ \t]*:)/.exec(line)?.[0] ?? "";
  if (asciiLowerCase(exact) === asciiLowerCase(wanted)) {
    return "it is not a trailer there: trailers stand in the last paragraph, with a blank line above and no other text between them";
  }
  const start = line.slice(0, line.indexOf(key) + key.length + 2).replace(/^[ \t]+/, "");
  const written = upToLast(/[^ \t]/, start);
  const foreign = [...written].find((character) => character > "~");
  const code = foreign?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
  const odd = code === undefined ? "" : `, with the character U+${code}`;
  return `it is written "${written.slice(0, 40)}"${odd}; it must be "${wanted}:" at the start of a line`;
}

/** What the key looks like, in small Latin letters alone. */
function letters(key: string): string {
  let folded = "";
  for (const written of key) {
    for (const character of lookOf(written) ?? written.normalize("NFKD")) {
      const letter = lookOf(character) ?? character.toLowerCase();
      if (/[a-z]/.test(letter)) folded += letter;
    }
  }
  return folded;
}

function lookOf(character: string): string | undefined {
  return LOOK_ALIKES.get(character) ?? LOOK_ALIKES.get(character.toLowerCase());
}
