import { formatDay } from "@countersign/core/internal";
import { codeCell, codeSpan } from "../text/code-span.ts";
import { escapeText } from "../text/escape.ts";
import { countOf, formatCount, formatShare } from "../text/numbers.ts";
import type { Landing, Overview } from "./overview.ts";
import { type Summary, sumUp } from "./sum-up.ts";
import { describeRange, describeSummary } from "./summary-words.ts";

/** A comment or a step's summary is read at a glance. */
const ROWS = 20;

/** An overview in GitHub's and GitLab's Markdown. All that others wrote stands in code, where nothing is a link, a mention or HTML. */
export function formatOverviewMarkdown(overview: Overview): string {
  const summary = sumUp(overview);
  const blocks = [
    `### What landed on ${codeSpan(escapeText(overview.branch))}`,
    `${describeRange(overview, formatDay)}. ${describeSummary(summary).join(" ")}`,
    ...tablesOf(summary),
    ...tableOf("Came around the gate", ["landed", "landing", "what is wrong"], findBypassed(overview)),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function tablesOf({ landings, periods, agents, folders, coverage, signers }: Summary): readonly string[] {
  const shares = (rows: Summary["folders"]) =>
    rows.map(({ name, landings: all, assisted }) => [
      codeCell(name),
      formatCount(all),
      formatCount(assisted),
      formatShare(assisted, all),
    ]);
  return [
    ...tableOf("Over time", ["from", "landings", "AI-assisted", "share"], shares(periods.slice(-ROWS))),
    ...tableOf(
      "By agent",
      ["agent", "landings", "share of all"],
      agents.map((each) => [
        codeCell(each.agent),
        formatCount(each.landings),
        formatShare(each.landings, landings.landings),
      ]),
    ),
    ...tableOf("By folder", ["folder", "landings", "AI-assisted", "share"], shares(folders)),
    ...tableOf(
      "What was asked",
      ["rules", "needs", "asked", "met", "share"],
      coverage.map(({ rules, needs, asked, met }) => [
        rules === "" ? "all AI-assisted work" : codeCell(rules),
        codeCell(needs),
        formatCount(asked),
        formatCount(met),
        formatShare(met, asked),
      ]),
    ),
    ...tableOf(
      "Who co-signed",
      ["person", "commits", "signatures", "lines", "lines of half of them", "lines of the largest"],
      signers.map(({ person, commits, signatures, lines, medianLines, mostLines }) => [
        codeCell(person.name),
        ...[commits, signatures, lines, medianLines, mostLines].map((number) =>
          number === undefined ? "–" : formatCount(number),
        ),
      ]),
    ),
  ];
}

function findBypassed({ landings }: Overview): readonly (readonly string[])[] {
  return landings
    .filter(({ standing }) => ["bypassed", "emergency", "undecided"].includes(standing))
    .reverse()
    .map(({ landed, commit, subject, wrong }: Landing) => [
      formatDay(landed),
      commit === undefined ? "–" : `${codeSpan(commit.slice(0, 12))} ${codeCell(subject)}`,
      [...new Set(wrong.map(({ code }) => codeSpan(code)))].join(", "),
    ]);
}

function tableOf(heading: string, columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const lines = [columns, columns.map(() => "---"), ...rows.slice(0, ROWS)].map((cells) => `| ${cells.join(" | ")} |`);
  const left = rows.length - ROWS;
  return [
    `#### ${heading}`,
    [...lines, ...(left > 0 ? [`\nand ${countOf(left, "more row", "more rows")}`] : [])].join("\n"),
  ];
}
