/**
 * What a message must hold before it is worth reading. Passing proves nothing, as two words may share a slot;
 * failing proves that there is no mark. One commit in a long history costs microseconds because of it.
 */
export interface Sieve {
  readonly slots: Uint8Array;
  /** The letters that openers begin with, and those that keys end with. Most lines fall through at these. */
  readonly initials: Uint8Array;
  readonly finals: Uint8Array;
}

/** The words that a sieve lets through, in any case. */
export interface SieveWords {
  /** `local@domain`; the part up to the last `+` does not matter. */
  readonly addresses: Iterable<string>;
  /** Domains at which every address matters. */
  readonly domains: Iterable<string>;
  /** Keys whose every line matters. */
  readonly keys: Iterable<string>;
  /** Keys that matter where no address follows. */
  readonly personKeys: Iterable<string>;
  /** Hosts of links. */
  readonly hosts: Iterable<string>;
  /** First words of lines. */
  readonly openers: Iterable<string>;
}

// What a word is: the bits of its slot.
export const DOMAIN = 1;
export const LOCAL = 2;
export const WHOLE_DOMAIN = 4;
export const KEY = 8;
export const PERSON_KEY = 16;
export const HOST = 32;
export const OPENER = 64;

export const SEED = 0x811c9dc5;

// FNV-1a over bytes whose case bit is set: equal for all spellings that differ in case alone.
export function step(hash: number, byte: number): number {
  return Math.imul(hash ^ (byte | 0x20), 0x01000193);
}

export function slot(hash: number): number {
  return (hash ^ (hash >>> 16)) & 0xffff;
}

function slotOf(word: string): number {
  let hash = SEED;
  for (let i = 0; i < word.length; i += 1) hash = step(hash, word.charCodeAt(i));
  return slot(hash);
}

export function buildSieve(words: SieveWords): Sieve {
  const slots = new Uint8Array(0x10000);
  const mark = (all: Iterable<string>, bit: number): void => {
    for (const word of all) {
      const at = slotOf(word);
      slots[at] = (slots[at] ?? 0) | bit;
    }
  };
  for (const address of words.addresses) {
    const at = address.lastIndexOf("@");
    const domain = address.slice(at + 1);
    const local = address.slice(address.lastIndexOf("+", at) + 1, at);
    mark([domain], DOMAIN);
    mark([domain + local], LOCAL);
  }
  mark(words.domains, DOMAIN | WHOLE_DOMAIN);
  mark(words.keys, KEY);
  mark(words.personKeys, PERSON_KEY);
  mark(words.hosts, HOST);
  mark(words.openers, OPENER);
  const initials = bytesOf(words.openers, 0);
  const finals = bytesOf([...words.keys, ...words.personKeys], -1);
  return { slots, initials, finals };
}

/** One letter of each word, by its byte with the case bit set. */
function bytesOf(words: Iterable<string>, at: number): Uint8Array {
  const bytes = new Uint8Array(256);
  for (const word of words) bytes[(word.at(at) ?? "").charCodeAt(0) | 0x20] = 1;
  return bytes;
}
