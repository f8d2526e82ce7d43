import { parseTrailers } from "@countersign/core";
import {
  asciiLowerCase,
  COSIGN_KEY,
  encodeBase64,
  equalBytes,
  hasKey,
  type Identity,
  NOTHING,
  SIGNATURE_KEY,
  type SignedBy,
} from "@countersign/core/internal";
import type { NewTrailer } from "./append-trailers.ts";
import { encodeIn } from "./encode-in.ts";

/** Lines are folded here, so that neither mail nor a message checker objects to a signature. */
const COLUMNS = 72;

/** `Co-signed-by`, if the message does not have it already; undefined if the name cannot be written in its encoding. */
export function formatCosign(
  { name, email }: Identity,
  message: Uint8Array,
  encoding: string | undefined,
): readonly NewTrailer[] | undefined {
  const value = encodeIn(encoding, `${name} <${email}>`);
  if (!value) return undefined;
  // Whole values are compared: another person's co-sign is not a reason to leave this one out.
  const present = parseTrailers(message).some(
    (trailer) => hasKey(trailer, COSIGN_KEY) && equalBytes(trailer.value, value),
  );
  return present ? [] : [{ key: COSIGN_KEY, lines: [value] }];
}

/** `Co-signature: address time base <author>… base64`, folded. */
export function formatSignature({ cosigner, time, base, authors }: SignedBy, signature: Uint8Array): NewTrailer {
  const words = [
    asciiLowerCase(cosigner),
    time,
    base ?? NOTHING,
    ...authors.map((author) => `<${asciiLowerCase(author)}>`),
  ];
  // A continuation line begins with a blank.
  const base64 = encodeBase64(signature).match(new RegExp(`.{1,${COLUMNS - 1}}`, "g")) ?? [];
  return { key: SIGNATURE_KEY, lines: [...fold(words), ...base64].map((line) => Buffer.from(line)) };
}

/** Puts words on lines, as many on each as it has room for. */
function fold(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = `${SIGNATURE_KEY}:`;
  for (const word of words) {
    if (line.length + 1 + word.length > COLUMNS && line !== "") {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  // The key is put before the first line by the code that writes the trailer.
  return lines.map((text, at) => (at === 0 ? text.slice(`${SIGNATURE_KEY}: `.length) : text));
}
