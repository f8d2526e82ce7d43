import { detectInMessage } from "@countersign/core";
import { asciiLowerCase, formatStamp } from "@countersign/core/internal";
import type { Cleanup } from "../message/cleanup.ts";
import type { Assistance } from "./assistances.ts";

/** One line to write, and who it is about. */
export interface Stamp {
  readonly line: string;
  readonly assistance: Assistance;
}

/**
 * The stamps that a message lacks. An agent whose own mark is there needs none, whatever form that has; two agents get
 * two lines, as whole values are compared and not keys.
 */
export function missingStamps(
  message: Uint8Array,
  assistances: readonly Assistance[],
  key: string,
  cleanup: Cleanup,
): readonly Stamp[] {
  const marked = new Set(detectInMessage(message).agents);
  const missing = new Map<string, Assistance>();
  for (const assistance of assistances) {
    const { agent, model } = assistance;
    // Every mark already says that an unnamed AI took part.
    if (marked.has(agent) || (agent === UNKNOWN && marked.size > 0)) continue;
    const known = missing.get(agent);
    if (known === undefined || (known.model === undefined && model !== undefined)) missing.set(agent, assistance);
  }
  if (missing.size > 1) missing.delete(UNKNOWN);
  return [...missing.values()].map((assistance) => ({
    line: `${spellKey(key, cleanup)}: ${formatStamp(assistance)}`,
    assistance,
  }));
}

/** The catalogue's id for an AI that it does not name. */
const UNKNOWN = "unknown";

/**
 * git compares keys without regard to case, but takes a line that begins with the comment character for a comment: now,
 * when the message is edited again, or where it looks for trailers.
 */
export function spellKey(key: string, { comment }: Cleanup): string {
  if (!key.startsWith(comment)) return key;
  const lower = asciiLowerCase(key);
  return lower.startsWith(comment) ? key.toUpperCase() : lower;
}
