import { decodeStrictly } from "@countersign/core/internal";
import { escapeText } from "@countersign/report";

/** A path or link target for a person, whole; bytes that are not UTF-8 are shown each, so that no two look alike. */
export function showBytes(bytes: Uint8Array): string {
  const text = decodeStrictly(bytes);
  if (text !== undefined) return escapeText(text, Number.POSITIVE_INFINITY);
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
