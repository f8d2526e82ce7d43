import { type ObjectId, parseCommit, type RawCommit } from "@countersign/core";
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

/** What a commit says itself, and so needs no more reading. */
export function passesUntraced({ author, since, only }: LogFilter, raw: RawCommit): boolean {
  if (only && !only.has(raw.oid)) return false;
  if (since !== undefined && (readCommitterTime(raw) ?? 0) < since) return false;
  if (author === undefined) return true;
  const { name, email } = parseCommit(raw).author;
  return `${name} <${email}>`.toLowerCase().includes(author.toLowerCase());
}

export function passesTraced({ agent }: LogFilter, { agents }: Pick<LogEntry, "agents">): boolean {
  return agent === undefined || agents.includes(asciiLowerCase(agent));
}

export function filtersAnything({ author, agent, since, only }: LogFilter): boolean {
  return [author, agent, since, only].some((part) => part !== undefined);
}
