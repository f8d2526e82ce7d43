import { decodeStrictly } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import type { Policy } from "../policy/policy.ts";
import { hasKey, parseTrailers } from "../trailer/parse.ts";
import { readDenial } from "./message/denial.ts";

/** A commit's own word that the marks of AI on it are wrong. Anyone can write it, so that alone it changes nothing. */
export interface Dispute {
  readonly reason: string;
  /** The line of the message that it begins on, counted from 1. */
  readonly line: number;
}

const KEY = "Assisted-by";
const VALUE_LIMIT = 1024;

/**
 * The dispute in a message, if the policy lets anyone dispute: a trailer by git's own rule, `Assisted-by: none` with a
 * reason. Like a co-sign it is read narrowly: it is shown, and signed.
 */
export function findDispute({ disputes }: Pick<Policy, "disputes">, { message }: Commit): Dispute | undefined {
  if (!disputes) return undefined;
  for (const trailer of parseTrailers(message)) {
    if (!hasKey(trailer, KEY) || trailer.value.length > VALUE_LIMIT) continue;
    const text = decodeStrictly(trailer.value);
    if (text === undefined || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd]/u.test(text)) continue;
    const reason = readDenial(text)?.reason;
    if (reason !== undefined) return { reason, line: trailer.line };
  }
  return undefined;
}
