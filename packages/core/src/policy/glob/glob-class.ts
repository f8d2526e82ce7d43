const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const COLON = 0x3a;
const DASH = 0x2d;
const BANG = 0x21;
const CARET = 0x5e;

/** A `[…]` that was read: the bytes it takes, as 256 flags, and where the pattern goes on. */
export interface GlobClass {
  readonly members: Uint8Array;
  readonly end: number;
}

/** What each `[:name:]` holds. git knows ASCII only, and its white space has neither form feed nor vertical tab. */
const NAMED: ReadonlyMap<string, (byte: number) => boolean> = new Map([
  ["alnum", (byte: number) => isAlpha(byte) || isDigit(byte)],
  ["alpha", isAlpha],
  ["blank", (byte: number) => byte === 0x20 || byte === 0x09],
  ["cntrl", (byte: number) => byte < 0x20 || byte === 0x7f],
  ["digit", isDigit],
  ["graph", (byte: number) => byte > 0x20 && byte < 0x7f],
  ["lower", isLower],
  ["print", (byte: number) => byte >= 0x20 && byte < 0x7f],
  ["punct", (byte: number) => byte > 0x20 && byte < 0x7f && !isAlpha(byte) && !isDigit(byte)],
  ["space", (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d],
  ["upper", isUpper],
  ["xdigit", (byte: number) => isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)],
]);

/**
 * Reads the class whose `[` stands at `start`. Text says what is wrong with one that git would
 * let match nothing: it has no end, or names a class that does not exist.
 */
export function parseGlobClass(pattern: Uint8Array, start: number): GlobClass | string {
  const members = new Uint8Array(256);
  let at = start + 1;
  const negated = pattern[at] === BANG || pattern[at] === CARET;
  if (negated) at += 1;

  // The first character is a member even if it is `]`, and no range can begin before it.
  let previous: number | undefined;
  do {
    const byte = pattern[at];
    if (byte === undefined) return UNCLOSED;
    if (byte === BACKSLASH) {
      at += 1;
      const escaped = pattern[at];
      if (escaped === undefined) return UNCLOSED;
      members[escaped] = 1;
      previous = escaped;
    } else if (byte === DASH && previous !== undefined && pattern[at + 1] !== CLOSE) {
      at += pattern[at + 1] === BACKSLASH ? 2 : 1;
      const last = pattern[at];
      if (last === undefined) return UNCLOSED;
      members.fill(1, previous, last + 1);
      previous = undefined;
    } else if (byte === OPEN && pattern[at + 1] === COLON) {
      const close = pattern.indexOf(CLOSE, at + 2);
      if (close > at + 2 && pattern[close - 1] === COLON) {
        const name = String.fromCharCode(...pattern.subarray(at + 2, Math.min(close - 1, at + 32)));
        const holds = NAMED.get(name);
        if (holds === undefined) return `[:${name}:] is not a class of characters`;
        for (const member of members.keys()) if (holds(member)) members[member] = 1;
        at = close;
        previous = undefined;
      } else {
        members[OPEN] = 1;
        previous = OPEN;
      }
    } else {
      members[byte] = 1;
      previous = byte;
    }
    at += 1;
  } while (pattern[at] !== CLOSE);

  if (negated) for (const [member, taken] of members.entries()) members[member] = taken === 1 ? 0 : 1;
  members[SLASH] = 0;
  return { members, end: at + 1 };
}

const UNCLOSED = "a [ has no closing ]; write \\[ for the character itself";

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function isLower(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function isAlpha(byte: number): boolean {
  return isUpper(byte) || isLower(byte);
}
