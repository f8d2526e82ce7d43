import { decodeText } from "../bytes.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { readPositive, readStrings, WireReader } from "./wire.ts";

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
  ["ssh-rsa", [exponent, modulus]],
  ["sk-ssh-ed25519@openssh.com", [ofLength(32), application]],
  ["sk-ecdsa-sha2-nistp256@openssh.com", [named("nistp256"), point(65), application]],
]);

const KEY_LINE = /^([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]+(?:[^ \t\p{Cc}][^\p{Cc}]*)?)?$/u;
const WRONG_END = "is damaged: its data ends too early or too late";

/** Reads `type base64 [comment]`, the line of a `.pub` file. Text says what is wrong. */
export function readPublicKey(line: string): PublicKey | string {
  const [, type, base64] = KEY_LINE.exec(line) ?? [];
  if (type === undefined || base64 === undefined) return "is not a public key; copy the line of a .pub file";
  if (!KEY_FIELDS.has(type)) return unsupported(type);
  const blob = decodeBase64(base64);
  if (blob === undefined) return "is damaged: its base64 does not decode";
  return readKeyData(blob, type);
}

/** Reads a key in wire form, as a signature holds it. Text says what is wrong. */
export function readKeyBlob(blob: Uint8Array): PublicKey | string {
  return readKeyData(blob, undefined);
}

function readKeyData(blob: Uint8Array, announced: string | undefined): PublicKey | string {
  const inner = new WireReader(blob).string();
  if (inner === undefined) return WRONG_END;
  const type = decodeText(inner);
  const fields = KEY_FIELDS.get(announced ?? type);
  if (fields === undefined) return unsupported(type);
  const values = readStrings(blob)?.slice(1);
  if (values?.length !== fields.length) return WRONG_END;
  if (type !== (announced ?? type)) return `says ${announced}, but its data is for another type of key`;
  for (const [index, flawOf] of fields.entries()) {
    const flaw = flawOf(values[index] as Uint8Array);
    if (flaw !== undefined) return flaw;
  }
  return { type, text: `${type} ${encodeBase64(blob)}`, blob };
}

/** The strings that a key's data holds after its type. */
export function keyFields(key: PublicKey): readonly Uint8Array[] {
  return readStrings(key.blob)?.slice(1) ?? [];
}

function unsupported(type: string): string {
  const shown = /^[!-~]{1,64}$/.test(type) ? type : "that cannot be read";
  if (type.endsWith("-cert-v01@openssh.com")) return `is a certificate (${shown}); only plain keys are supported`;
  return `has the key type ${shown}; supported are ${[...KEY_FIELDS.keys()].join(", ")}`;
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

/** With the exponent 1 everyone could sign, and an even one has no inverse. */
function exponent(field: Uint8Array): string | undefined {
  const value = readPositive(field);
  if (value === undefined) return "is damaged: its exponent is not a number in the usual form";
  const odd = ((value.at(-1) as number) & 1) === 1;
  return odd && !(value.length === 1 && value[0] === 1) ? undefined : "is damaged: no RSA key has this exponent";
}

function modulus(field: Uint8Array): string | undefined {
  const value = readPositive(field);
  if (value === undefined) return "is damaged: its modulus is not a number in the usual form";
  const bits = value.length * 8 - Math.clz32(value[0] as number) + 24;
  if (bits < 2048) return `is an RSA key of ${bits} bits; at least 2048 are needed`;
  // OpenSSH and OpenSSL read none that is longer.
  return bits > 16384 ? `is an RSA key of ${bits} bits; at most 16384 are supported` : undefined;
}

/** ssh-keygen makes no security key for another application: those without `ssh:` belong to web sites. */
function application(field: Uint8Array): string | undefined {
  return /^ssh:[ -~]*$/.test(decodeText(field))
    ? undefined
    : 'is a security key for an application that is not "ssh:…"';
}
