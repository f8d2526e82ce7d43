import { escapeText } from "../text/escape.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import type { LogEntry } from "./log-entry-schema.ts";

const SHORT: Readonly<Record<LogEntry["state"], string>> = {
  assisted: "assisted",
  "declared-human": "human",
  undeclared: "-",
};

/** A commit as one line: id, state, agents, co-signs and subject. */
export function formatLogEntry(entry: LogEntry, paint: Paint = PLAIN): string {
  const state = SHORT[entry.state].padEnd(8);
  const agents = escapeText(entry.agents.join(","), 24).padEnd(14);
  const told = entry.cosigns.length === 0 ? "" : ` ${formatSigns(entry.cosigns, paint)}`;
  const shown = entry.state === "assisted" ? paint.strong(state) : paint.dim(state);
  return `${paint.dim(entry.oid.slice(0, 12))} ${shown} ${agents} ${escapeText(entry.subject, 72)}${told}`;
}

function formatSigns(cosigns: LogEntry["cosigns"], paint: Paint): string {
  const signs = cosigns
    .filter(({ valid }) => valid)
    .map(({ email, proof, record }) => `${escapeText(email ?? "", 40)} (${proof}${record ? ", in the ledger" : ""})`);
  if (signs.length === 0) return paint.bad("[no valid co-sign]");
  return paint.good(
    `[co-signed by ${signs.join(", ")}${signs.length < cosigns.length ? "; another is not valid" : ""}]`,
  );
}
