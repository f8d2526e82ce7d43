import type { CodedMessage, Message } from "@countersign/core/internal";
import { escapeLine } from "./escape.ts";
import type { Paint } from "./paint.ts";

/** `CODE: what`, then details, why and fix: the form that every refusal and every error has. */
export function formatMessage(message: CodedMessage, paint: Paint): readonly string[] {
  const { code, what, details = [] } = message;
  return [
    `${paint.bad(code)}: ${escapeLine(what)}`,
    ...details.map((detail) => `  - ${escapeLine(detail)}`),
    ...formatReason(message, paint),
  ];
}

export function formatReason({ why, fix }: Message, paint: Paint): readonly string[] {
  return [`  ${paint.dim("why:")} ${escapeLine(why)}`, `  ${paint.dim("fix:")} ${escapeLine(fix)}`];
}
