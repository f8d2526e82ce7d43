import type { CountersignError } from "../error.ts";
import type { Words } from "../messages/words.ts";
import { escapeLine } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** `CODE: what`, then details, why and fix: the form that every refusal and every error has. */
export function formatWords(code: string, words: Words, paint: Paint): readonly string[] {
  return [
    `${paint.bad(code)}: ${escapeLine(words.what)}`,
    ...(words.details ?? []).map((detail) => `  - ${escapeLine(detail)}`),
    ...formatReason(words, paint),
  ];
}

export function formatReason({ why, fix }: Words, paint: Paint): readonly string[] {
  return [`  ${paint.dim("why:")} ${escapeLine(why)}`, `  ${paint.dim("fix:")} ${escapeLine(fix)}`];
}

export function formatError(error: CountersignError, paint: Paint): readonly string[] {
  return formatWords(error.code, error.words, paint);
}
