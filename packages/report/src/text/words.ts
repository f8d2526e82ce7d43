/** A word of a text, with its punctuation, and the blanks before it. */
export interface Word {
  readonly gap: string;
  readonly text: string;
}

/** Splits a text at blanks. What stands between backquotes is to be copied, so it is part of one word. */
export function splitWords(text: string): readonly Word[] {
  return [...text.matchAll(/( *)((?:`[^`]*`|[^ `]|`)+)/gy)].map(([, gap = "", word = ""]) => ({ gap, text: word }));
}
