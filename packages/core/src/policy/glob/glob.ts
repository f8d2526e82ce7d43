import { encodeText } from "../../bytes.ts";
import { parseGlobClass } from "./glob-class.ts";

/** A pattern of git's wildmatch, as `:(glob)` pathspecs have it: `*` stays within a segment, `**` does not. */
export interface Glob {
  readonly pattern: string;
  /** Why nothing can match, for a pattern that is malformed. */
  readonly flaw: string | undefined;
  /** Whether the whole name matches. Text stands for its UTF-8 bytes. */
  matches(name: Uint8Array | string): boolean;
}

const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const STAR = 0x2a;
const QUESTION = 0x3f;
const OPEN = 0x5b;

// What a token of a compiled pattern takes from the name.
const BYTE = 0; // one given byte
const CLASS = 1; // one byte of a set
const WITHIN = 2; // `*`: any bytes but slashes
const SEGMENTS = 3; // `**/`: no, one or more whole segments, each with its slash
const ANYTHING = 4; // `**` at the end, or before an escaped slash

interface Program {
  readonly kinds: Uint8Array;
  /** The byte of each BYTE token, and the index in `sets` of each CLASS token. */
  readonly args: Uint8Array;
  readonly sets: readonly Uint8Array[];
  /** The literal bytes with which every match ends: most names differ in them already. */
  readonly tail: Uint8Array;
}

/** Any single byte but a slash: what `?` takes. */
const ANY_BYTE = new Uint8Array(256).fill(1);
ANY_BYTE[SLASH] = 0;

/**
 * Compiles a pattern once. Matching takes time in proportion to the name's length times the
 * pattern's, whatever either holds. A malformed pattern compiles, has a `flaw` and matches nothing, as in git.
 */
export function compileGlob(pattern: string): Glob {
  const program = compile(encodeText(pattern));
  if (typeof program === "string") return { pattern, flaw: program, matches: () => false };
  return {
    pattern,
    flaw: undefined,
    matches: (name) => run(program, typeof name === "string" ? encodeText(name) : name),
  };
}

function compile(pattern: Uint8Array): Program | string {
  const kinds: number[] = [];
  const args: number[] = [];
  const sets: Uint8Array[] = [ANY_BYTE];
  let at = 0;
  while (at < pattern.length) {
    const byte = pattern[at] as number;
    let kind = BYTE;
    let arg = byte;
    let next = at + 1;
    if (byte === BACKSLASH) {
      if (next === pattern.length) return "its last backslash escapes nothing";
      arg = pattern[next] as number;
      next += 1;
    } else if (byte === QUESTION) {
      kind = CLASS;
      arg = 0;
    } else if (byte === OPEN) {
      const found = parseGlobClass(pattern, at);
      if (typeof found === "string") return found;
      // An index must fit a byte; git's own patterns have no such limit, and no policy comes near it.
      if (sets.length > 255) return "it has more than 255 classes of characters";
      kind = CLASS;
      arg = sets.push(found.members) - 1;
      next = found.end;
    } else if (byte === STAR) {
      while (pattern[next] === STAR) next += 1;
      kind = WITHIN;
      // Two stars cross folders only where they are a segment of their own.
      if (next - at > 1 && (at === 0 || pattern[at - 1] === SLASH)) {
        if (next === pattern.length) kind = ANYTHING;
        else if (pattern[next] === BACKSLASH && pattern[next + 1] === SLASH) kind = ANYTHING;
        else if (pattern[next] === SLASH) {
          kind = SEGMENTS;
          next += 1;
        }
      }
    }
    kinds.push(kind);
    args.push(arg);
    at = next;
  }
  const tailStart = kinds.findLastIndex((kind) => kind !== BYTE) + 1;
  return {
    kinds: Uint8Array.from(kinds),
    args: Uint8Array.from(args),
    sets,
    tail: Uint8Array.from(args.slice(tailStart)),
  };
}

/**
 * Follows the pattern from the left and, where it fails, lets the latest star take more. Going back
 * further is never of use: a `*` cannot pass the slash that ends its segment, and what a `**` that
 * stands further left could skip, the latest one can skip as well.
 */
function run({ kinds, args, sets, tail }: Program, name: Uint8Array): boolean {
  for (let i = tail.length, j = name.length; i > 0; ) {
    i -= 1;
    j -= 1;
    if (name[j] !== tail[i]) return false;
  }

  let token = 0;
  let at = 0;
  // The token behind the latest `*` and the latest `**`, 0 where there was none yet, and what of the name they have taken.
  let star = 0;
  let starAt = 0;
  let wide = 0;
  let wideAt = 0;
  for (;;) {
    if (token < kinds.length) {
      const kind = kinds[token] as number;
      if (kind === WITHIN) {
        token += 1;
        star = token;
        starAt = at;
        continue;
      }
      if (kind === SEGMENTS || kind === ANYTHING) {
        token += 1;
        if (kind === ANYTHING && token === kinds.length) return true;
        wide = token;
        wideAt = at;
        star = 0;
        continue;
      }
      if (at < name.length) {
        const byte = name[at] as number;
        const arg = args[token] as number;
        if (kind === BYTE ? byte === arg : (sets[arg] as Uint8Array)[byte] === 1) {
          token += 1;
          at += 1;
          continue;
        }
      }
    } else if (at === name.length) return true;

    if (star > 0 && starAt < name.length && name[starAt] !== SLASH) {
      starAt += 1;
      at = starAt;
      token = star;
    } else if (wide > 0) {
      if (kinds[wide - 1] === SEGMENTS) {
        const slash = name.indexOf(SLASH, wideAt);
        if (slash < 0) return false;
        wideAt = slash + 1;
      } else {
        if (wideAt === name.length) return false;
        wideAt += 1;
      }
      at = wideAt;
      token = wide;
      star = 0;
    } else return false;
  }
}
