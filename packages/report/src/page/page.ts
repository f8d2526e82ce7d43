import { formatDay } from "@countersign/core/internal";
import type { Overview } from "../overview/overview.ts";
import { isJudged, type Summary, sumUp } from "../overview/sum-up.ts";
import { describeRange, describeSummary } from "../overview/summary-words.ts";
import { escapeText } from "../text/escape.ts";
import { formatCount, formatShare, formatSpan } from "../text/numbers.ts";
import { shellWord } from "../text/shell-word.ts";
import { SCRIPT } from "./client/script.ts";
import { contentPolicy } from "./content-policy.ts";
import { type Html, html, trusted } from "./html.ts";
import { packLandings } from "./pack-landings.ts";
import { bypassed } from "./sections/bypassed.ts";
import { byRequirement, bySigner, byWait } from "./sections/cosigns.ts";
import { allLandings } from "./sections/landings.ts";
import { byAgent, byFolder, overTime } from "./sections/shares.ts";
import { COLORS } from "./style/colors.ts";
import { LAYOUT } from "./style/layout.ts";
import { PRINT } from "./style/print.ts";
import { TABLES } from "./style/tables.ts";

const STYLE = `${COLORS}${LAYOUT}${TABLES}${PRINT}`;

/** An overview as one page that needs nothing else: it asks no one for anything, and runs and styles only what is ours. */
export async function formatPage(overview: Overview, { version }: { readonly version: string }): Promise<string> {
  const summary = sumUp(overview);
  const branch = escapeText(overview.branch, 80);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(STYLE, SCRIPT)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="countersign ${version}">
<title>What landed on ${branch}</title>
<link rel="icon" href="data:,">
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#landings">Skip to all landings</a>
<header>
<p class="eyebrow">countersign report</p>
<h1>What landed on ${branch}</h1>
<p class="range">${describeRange(overview, formatDay)}</p>
</header>
<main>
<p class="lede">${describeSummary(summary).join(" ")}</p>
${figures(summary)}
${sectionsOf(overview, summary)}
</main>
<footer>${originOf(overview, version)}</footer>
<script type="text/plain" id="data">${trusted(await packLandings(overview))}</script>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`;
  return page.html;
}

function figures(summary: Summary): Html {
  const { landings, asked, met, waits, standings } = summary;
  if (landings.landings === 0) return html``;
  const judged = isJudged(summary);
  const { bypassed: around, emergency, undecided } = standings;
  // What is to be reviewed or judged yet is not around the gate, and not well either.
  const kind = around > 0 ? "bad" : judged && emergency + undecided === 0 ? "good" : "";
  const numbers = [
    ["AI-assisted landings", formatShare(landings.assisted, landings.landings), ""],
    ["of what was asked, co-signed", formatShare(met, asked), ""],
    ["from commit to co-sign, at the median", waits.median === undefined ? "–" : formatSpan(waits.median), ""],
    ["around the gate", judged ? formatCount(around) : "–", kind],
  ] as const;
  return html`<dl class="figures">
${numbers.map(
  ([name, number, look]) => html`<div><dt>${name}</dt><dd class="${look}">${number}</dd></div>
`,
)}</dl>`;
}

function sectionsOf(overview: Overview, summary: Summary): Html {
  if (summary.landings.landings === 0) return html``;
  const pairs = [
    [byAgent(summary), byFolder(summary)],
    [byRequirement(summary), byWait(summary)],
  ];
  return html`${overTime(summary)}
${bypassed(overview, summary)}
${pairs.map(
  (pair) => html`<div class="pair">${pair}</div>
`,
)}
${bySigner(summary)}
${allLandings(overview)}`;
}

/** What anyone needs to see the same by other means. */
function originOf({ made, from, tip, branch }: Overview, version: string): Html {
  const by = html`Made on ${formatDay(made)} by countersign ${version}.`;
  if (tip === undefined) return html`<p>${by} People are not named.</p>`;
  const range = from === undefined ? tip.slice(0, 12) : `${from.slice(0, 12)}..${tip.slice(0, 12)}`;
  return html`<p>${by} The commits are those of <code>countersign log ${range}</code>; what is said of the gate is what <code>countersign audit ${shellWord(branch)}</code> says.</p>`;
}
