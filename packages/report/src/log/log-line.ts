import { formatJson } from "../text/json-text.ts";
import type { LogEntry } from "./log-entry-schema.ts";

/**
 * An entry as a line of `jsonl`. Nearly every commit of a long history tells nothing of its making; such a line is put
 * together from what differs, which takes half the time.
 */
export function formatLogLine(entry: LogEntry): string {
  const { oid, subject, author, state, class: kind, agents, evidence, cosigns, raw } = entry;
  if (kind !== null || agents.length > 0 || evidence.length > 0 || cosigns.length > 0 || raw) return formatJson(entry);
  const person = `{"name":${formatJson(author.name)},"email":${formatJson(author.email)}}`;
  return `{"oid":"${oid}","subject":${formatJson(subject)},"author":${person},"state":"${state}","class":null,"agents":[],"evidence":[],"cosigns":[]}`;
}
