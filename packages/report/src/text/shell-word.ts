import { shellWord as quoteWord } from "@countersign/core/internal";
import { escapeText } from "./escape.ts";

/** A word of a command that a person is to copy. */
export function shellWord(text: string): string {
  return quoteWord(escapeText(text, Number.POSITIVE_INFINITY));
}
