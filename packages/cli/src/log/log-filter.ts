import type { ObjectId, RawCommit } from "@countersign/core";
import { asciiLowerCase, readCommitterTime } from "@countersign/core/internal";
import type { LogEntry } from "@countersign/report";

/** Which commits to show. */
export interface LogFilter {
  /** A part of the author's name or address. */
  readonly author?: string | undefined;
  /** An agent's id in the catalogue. */
  readonly agent?: string | undefined;
  /** In seconds since 1970. */
  readonly since?: number | undefined;
  readonly only?: ReadonlySet<ObjectId> | undefined;
}

/** What can be told before a commit is read. */
export function passesUnread({ since, only }: LogFilter, raw: RawCommit): boolean {
  if (only && !only.has(raw.oid)) return false;
  return since === undefined || (readCommitterTime(raw) ?? 0) >= since;
}

export function passes({ author, agent }: LogFilter, entry: LogEntry): boolean {
  if (agent !== undefined && !entry.agents.includes(asciiLowerCase(agent))) return false;
  if (author === undefined) return true;
  const { name, email } = entry.author;
  return `${name} <${email}>`.toLowerCase().includes(author.toLowerCase());
}

export function filtersAnything({ author, agent, since, only }: LogFilter): boolean {
  return [author, agent, since, only].some((part) => part !== undefined);
}
