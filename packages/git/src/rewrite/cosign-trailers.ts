import { parseTrailers } from "@countersign/core";
import {
  asciiLowerCase,
  COSIGN_KEY,
  encodeBase64,
  equalBytes,
  hasKey,
  type Identity,
  SIGNATURE_KEY,
} from "@countersign/core/internal";
import type { NewTrailer } from "./append-trailers.ts";
import { encodeIn } from "./encode-in.ts";

/** Lines are folded here, so that neither mail nor a message checker objects to a signature. */
const COLUMNS = 72;

/** `Co-signed-by`, if the message does not have it already; undefined where the name cannot be written in its encoding. */
export function formatCosign(
  { name, email }: Identity,
  message: Uint8Array,
  encoding: string | undefined,
): readonly NewTrailer[] | undefined {
  const value = encodeIn(encoding, `${name} <${email}>`);
  if (!value) return undefined;
  // Whole values are compared: another person's co-sign is no reason to leave this one out.
  const present = parseTrailers(message).some(
    (trailer) => hasKey(trailer, COSIGN_KEY) && equalBytes(trailer.value, value),
  );
  return present ? [] : [{ key: COSIGN_KEY, lines: [value] }];
}

/** `Co-signature: address time base64`, folded. */
export function formatSignature(email: string, time: string, signature: Uint8Array): NewTrailer {
  const head = `${asciiLowerCase(email)} ${time}`;
  const base64 = encodeBase64(signature);
  const room = COLUMNS - `${SIGNATURE_KEY}: ${head} `.length;
  // A few letters behind the time would look like a part of it.
  const first = room < 8 ? 0 : room;
  // A continuation line begins with a blank.
  const rest = base64.slice(first).match(new RegExp(`.{1,${COLUMNS - 1}}`, "g")) ?? [];
  const lines = first === 0 ? [head, ...rest] : [`${head} ${base64.slice(0, first)}`, ...rest];
  return { key: SIGNATURE_KEY, lines: lines.map((line) => Buffer.from(line)) };
}
