import { formatDay } from "@countersign/core/internal";
import type { Landing, Overview, Standing } from "../../overview/overview.ts";
import { isJudged, type Summary } from "../../overview/sum-up.ts";
import { describeBypassed } from "../../overview/summary-words.ts";
import { escapeText } from "../../text/escape.ts";
import { countOf, formatSpan } from "../../text/numbers.ts";
import { type Html, html } from "../html.ts";
import { tableOf } from "./figure.ts";

/** More than this are found in the table of all landings. */
const SHOWN = 100;
const DAY = 86_400;
const OPEN: ReadonlySet<Standing> = new Set(["bypassed", "emergency", "undecided"]);

/** What came around the gate and is not remedied, is not reviewed after an emergency or could not be judged, the newest first. */
export function bypassed(overview: Overview, summary: Summary): Html {
  const found = overview.landings.filter(({ standing }) => OPEN.has(standing)).reverse();
  const left = found.length - SHOWN;
  const rows = found
    .slice(0, SHOWN)
    .map((landing) => [
      html`<time>${formatDay(landing.landed)}</time>`,
      nameOf(landing),
      html`<ul class="wrong">${onceEach(landing).map(({ code, what }) => html`<li><code>${code}</code><br>${escapeText(what, 300)}</li>`)}</ul>`,
      openFor(overview.made - landing.landed),
    ]);
  const kind = found.length > 0 ? "open" : isJudged(summary) ? "sound" : "";
  return html`<section class="gate ${kind}" aria-labelledby="gate">
<h2 id="gate">Around the gate</h2>
<p class="says">${describeBypassed(summary)}</p>
${found.length === 0 ? html`` : tableOf("Around the gate", { columns: ["landed", "landing", "what is wrong", "open for"], rows })}
${left > 0 ? html`<p class="note">${countOf(left, "more is", "more are")} in the table of all landings.</p>` : html``}
${found.length === 0 ? html`` : html`<p class="note"><code>countersign audit</code> has every reason in full, and says what to do.</p>`}
</section>
`;
}

function nameOf({ commit, subject, commits }: Landing): Html {
  if (commit === undefined) return html`${countOf(commits, "commit")}`;
  return html`${escapeText(subject.trim(), 72) || "(no subject)"} <code class="id">${commit.slice(0, 12)}</code>`;
}

/** If many commits break one rule, the first says what it is. */
function onceEach({ wrong }: Landing): Landing["wrong"] {
  return [...new Map([...wrong].reverse().map((each) => [each.code, each])).values()].reverse();
}

/** Nobody counts the hours of what is open. */
function openFor(seconds: number): string {
  return seconds < DAY ? "under a day" : formatSpan(seconds);
}
