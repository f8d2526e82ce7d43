import { formatDay } from "@countersign/core/internal";
import { escapeText } from "../text/escape.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import { wrapText } from "../text/wrap.ts";
import type { LogEntry } from "./log-entry-schema.ts";

const SHORT: Readonly<Record<LogEntry["state"], string>> = {
  assisted: "assisted",
  "declared-human": "human",
  undeclared: "-",
};

/** What else is shown of a commit where that is asked for. */
export type LogShown = Pick<LogEntry, "time" | "branch">;

export interface LogLayout extends LogShown {
  readonly author?: boolean;
  /** Whether the lines must fit on a terminal of 80 columns. */
  readonly terminal?: boolean;
  readonly paint?: Paint;
}

/** A commit as text: a line, and on a terminal others for what does not fit. */
export function formatLogEntry(entry: LogEntry, layout: LogLayout = {}): string {
  return layout.terminal ? formatForTerminal(entry, layout) : formatLine(entry, layout);
}

/** Id, state, agents, subject and co-signs; what is asked for stands before the state. */
function formatLine(entry: LogEntry, { time, branch, author, paint = PLAIN }: LogLayout): string {
  const state = SHORT[entry.state].padEnd(8);
  const agents = escapeText(entry.agents.join(","), 24).padEnd(14);
  const signed =
    entry.cosigns.length === 0 ? "" : ` ${paintSigns(entry.cosigns, paint, `[${formatSigns(entry.cosigns)}]`)}`;
  const shown = entry.state === "assisted" ? paint.strong(state) : paint.dim(state);
  const more = [
    ...(time === undefined ? [] : [formatDay(time)]),
    ...(author ? [escapeText(entry.author.name, 24).padEnd(16)] : []),
    ...(branch === undefined ? [] : [escapeText(branch, 40).padEnd(16)]),
  ];
  const start = [entry.oid.slice(0, 12), ...more].join(" ");
  return `${paint.dim(start)} ${shown} ${agents} ${escapeText(entry.subject, 72)}${signed}`;
}

const WIDTH = 80;

/** One line for what people look for, and below it what the commit waits for or got. */
function formatForTerminal(entry: LogEntry, { time, branch, author, paint = PLAIN }: LogLayout): string {
  const { state, agents, cosigns } = entry;
  const start = [
    entry.oid.slice(0, 12),
    ...(time === undefined ? [] : [formatDay(time)]),
    ...(author ? [escapeText(entry.author.name, 13).padEnd(14)] : []),
  ].join(" ");
  const made = escapeText(state === "assisted" ? agents.join(",") || "assisted" : SHORT[state], 12).padEnd(13);
  // What is cut ends with a mark, which takes a column.
  const rest = WIDTH - start.length - made.length - 3;
  const line = `${paint.dim(start)} ${state === "assisted" ? paint.strong(made) : paint.dim(made)} ${escapeText(entry.subject, rest)}`;
  const below = [
    ...(branch === undefined ? [] : wrapText("    on ", escapeText(branch, 70)).map(paint.dim)),
    ...(cosigns.length === 0
      ? []
      : wrapText("    ", formatSigns(cosigns)).map((text) => paintSigns(cosigns, paint, text))),
  ];
  return [line, ...below].join("\n");
}

function formatSigns(cosigns: LogEntry["cosigns"]): string {
  const signs = cosigns
    .filter(({ valid }) => valid)
    .map(({ email, proof, record }) => `${escapeText(email ?? "", 40)} (${proof}${record ? ", in the ledger" : ""})`);
  if (signs.length === 0) return "no valid co-sign";
  return `co-signed by ${signs.join(", ")}${signs.length < cosigns.length ? "; another is not valid" : ""}`;
}

function paintSigns(cosigns: LogEntry["cosigns"], paint: Paint, text: string): string {
  return cosigns.some(({ valid }) => valid) ? paint.good(text) : paint.bad(text);
}
