import { decodeStrictly, encodeText, equalBytes } from "../bytes.ts";
import { ARMOR_BEGIN, formatArmor, parseArmor } from "../ssh/armor.ts";
import { parseSshSignature, type SshSignature } from "../ssh/ssh-signature.ts";

/** What a file `record` or `withdrawn` holds: lines, and a signature that is well-formed but not verified. */
export interface SignedFile {
  readonly bytes: Uint8Array;
  readonly signature: SshSignature;
}

/** Neither file may be larger. */
export const SIGNED_FILE_LIMIT = 4 * 1024 * 1024;

/** The lines, then the signature in its armor. */
export function formatSignedFile(lines: Uint8Array, signature: Uint8Array): Uint8Array {
  return encodeText((decodeStrictly(lines) ?? "") + formatArmor(signature));
}

/** Takes such a file apart; undefined if it is not to the byte as `formatSignedFile` writes it. */
export function parseSignedFile(file: Uint8Array): SignedFile | undefined {
  const text = decodeStrictly(file) ?? "";
  const end = text.indexOf(`\n${ARMOR_BEGIN}`) + 1;
  const blob = end > 0 ? parseArmor(text.slice(end)) : undefined;
  const signature = blob && parseSshSignature(blob);
  if (!signature || typeof signature === "string") return undefined;
  const bytes = encodeText(text.slice(0, end));
  return equalBytes(bytes, file.subarray(0, bytes.length)) ? { bytes, signature } : undefined;
}
