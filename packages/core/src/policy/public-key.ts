import { decodeText, encodeText } from "../bytes.ts";

/** An OpenSSH public key. */
export interface PublicKey {
  readonly type: string;
  /** Type and canonical base64, without a comment: two keys are one key exactly if these are equal. */
  readonly text: string;
  /** The key in wire form, as it stands inside a signature. */
  readonly blob: Uint8Array;
}

/** What each supported type of key holds after its type: one entry a field, telling what is wrong with it. */
const KEY_FIELDS: ReadonlyMap<string, readonly ((field: Uint8Array) => string | undefined)[]> = new Map([
  ["ssh-ed25519", [ofLength(32)]],
  ["ecdsa-sha2-nistp256", [named("nistp256"), point(65)]],
  ["ecdsa-sha2-nistp384", [named("nistp384"), point(97)]],
  ["ecdsa-sha2-nistp521", [named("nistp521"), point(133)]],
  ["ssh-rsa", [() => undefined, modulus]],
  ["sk-ssh-ed25519@openssh.com", [ofLength(32), () => undefined]],
  ["sk-ecdsa-sha2-nistp256@openssh.com", [named("nistp256"), point(65), () => undefined]],
]);

const KEY_LINE = /^([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+[^\p{Cc}]*)?$/u;

/** Reads `type base64 [comment]`, the line of a `.pub` file. Text tells what is wrong. */
export function readPublicKey(line: string): PublicKey | string {
  const [, type, base64] = KEY_LINE.exec(line) ?? [];
  if (type === undefined || base64 === undefined) return "is no public key; copy the line of a .pub file";
  const fields = KEY_FIELDS.get(type);
  if (fields === undefined) return `has the key type ${type}; supported are ${[...KEY_FIELDS.keys()].join(", ")}`;
  const blob = decodeBase64(base64);
  if (blob === undefined) return "is damaged: its base64 does not decode";
  const strings = readStrings(blob);
  const [inner, ...values] = strings ?? [];
  if (inner === undefined || values.length !== fields.length) return "is damaged: its data ends too early or too late";
  if (decodeText(inner) !== type) return `says ${type}, but its data is for another type of key`;
  for (const [index, flawOf] of fields.entries()) {
    const flaw = flawOf(values[index] as Uint8Array);
    if (flaw !== undefined) return flaw;
  }
  return { type, text: `${type} ${base64}`, blob };
}

function ofLength(length: number): (field: Uint8Array) => string | undefined {
  return (field) => (field.length === length ? undefined : `is damaged: ${field.length} bytes where ${length} belong`);
}

function named(curve: string): (field: Uint8Array) => string | undefined {
  return (field) => (decodeText(field) === curve ? undefined : "is damaged: it names another curve than its type");
}

function point(length: number): (field: Uint8Array) => string | undefined {
  return (field) =>
    field.length === length && field[0] === 4 ? undefined : "is damaged: it holds no uncompressed point of its curve";
}

function modulus(field: Uint8Array): string | undefined {
  const start = field.findIndex((byte) => byte !== 0);
  const bits = start < 0 ? 0 : (field.length - start) * 8 - Math.clz32(field[start] as number) + 24;
  return bits >= 2048 ? undefined : `is an RSA key of ${bits} bits; at least 2048 are needed`;
}

/** The length-prefixed strings that make up the whole of `blob`, or undefined where they do not end with it. */
function readStrings(blob: Uint8Array): Uint8Array[] | undefined {
  const strings: Uint8Array[] = [];
  let at = 0;
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined;
    const [a = 0, b = 0, c = 0, d = 0] = blob.subarray(at, at + 4);
    const end = at + 4 + (((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
    if (end > blob.length) return undefined;
    strings.push(blob.subarray(at + 4, end));
    at = end;
  }
  return strings;
}

const ALPHABET = encodeText("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const SIXES = new Uint8Array(128);
for (const [six, letter] of ALPHABET.entries()) SIXES[letter] = six;

/** Strict: the text must be exactly what encoding the bytes gives, so that one key has one spelling. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length - padding; i += 1) {
    held = (held << 6) | (SIXES[text.charCodeAt(i)] as number);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = held >> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return held === 0 ? bytes : undefined;
}
