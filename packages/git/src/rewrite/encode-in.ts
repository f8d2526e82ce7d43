import { encodeText } from "@countersign/core/internal";

const UTF8 = /^utf-?8$/i;
const LATIN1 = /^(?:iso-?8859-?1|latin-?1)$/i;

/** The bytes of a text in a commit with this `encoding` header; undefined if they are not certain. */
export function encodeIn(encoding: string | undefined, text: string): Uint8Array | undefined {
  if (encoding === undefined || UTF8.test(encoding) || /^[ -~]*$/.test(text)) return encodeText(text);
  return LATIN1.test(encoding) && /^[ -~\u00a0-\u00ff]*$/.test(text) ? Buffer.from(text, "latin1") : undefined;
}
