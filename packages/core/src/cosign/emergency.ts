import { decodeStrictly, encodeText } from "../bytes.ts";
import type { Commit } from "../object/commit.ts";
import type { Policy } from "../policy/policy.ts";
import { hasKey, parseTrailers } from "../trailer/parse.ts";

/** A commit's own word that it cannot wait for its review. Anyone can write it, so that alone it changes nothing. */
export interface Emergency {
  readonly reason: string;
  /** The line of the message that it begins on, counted from 1. */
  readonly line: number;
}

/** The trailer by which a commit says so. */
export const EMERGENCY_KEY = "Emergency";

const LIMIT = 1024;

/** The emergency in a message: a trailer by git's own rule. Like a co-sign it is read narrowly: it is shown, and signed. */
export function readEmergency({ message }: Pick<Commit, "message">): Emergency | undefined {
  for (const trailer of parseTrailers(message)) {
    if (!hasKey(trailer, EMERGENCY_KEY)) continue;
    const reason = trailer.value.length > LIMIT ? undefined : decodeStrictly(trailer.value);
    if (reason !== undefined && findReasonFlaw(reason) === undefined) return { reason, line: trailer.line };
  }
  return undefined;
}

/** The same, if the policy lets anything land in an emergency. */
export function findEmergency(
  { emergency }: Pick<Policy, "emergency">,
  commit: Pick<Commit, "message">,
): Emergency | undefined {
  return emergency && readEmergency(commit);
}

/** Why a text cannot be the reason of an emergency, as a clause; undefined if it can. */
export function findReasonFlaw(reason: string): string | undefined {
  if (reason.trim() === "") return "it is empty";
  if (reason !== reason.trim()) return "it begins or ends with a blank";
  if (/[\n\r\u2028\u2029]/.test(reason)) return "it has more than one line";
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd]/u.test(reason)) return "it holds invisible characters";
  return encodeText(reason).length > LIMIT ? `it is longer than ${LIMIT} bytes` : undefined;
}
