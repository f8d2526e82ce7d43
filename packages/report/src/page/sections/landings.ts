import { formatDay } from "@countersign/core/internal";
import type { Landing, Overview } from "../../overview/overview.ts";
import { escapeText } from "../../text/escape.ts";
import { countOf } from "../../text/numbers.ts";
import { type Html, html } from "../html.ts";
import { STANDING_WORDS } from "./standing-words.ts";

/** Shown without a script; with one the table has them all, page by page. */
const SHOWN = 50;

const COLUMNS = [
  ["landed", "Landed"],
  ["landing", "Landing"],
  ["author", "By"],
  ["agents", "AI"],
  ["commits", "Commits"],
  ["standing", "Standing"],
] as const;

/** The table of all landings. The script takes it over. */
export function allLandings({ landings }: Overview): Html {
  if (landings.length === 0) return html``;
  const rows = landings.slice(-SHOWN).reverse();
  const heads = COLUMNS.map(([key, name]) => html`<th scope="col" data-key="${key}">${name}</th>`);
  return html`<section class="landings" aria-labelledby="landings">
<h2 id="landings" tabindex="-1">All landings</h2>
<form class="tools" role="search" aria-label="Landings" hidden>
<label>Search <input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="subject, person, agent, folder, id"></label>
<label>Show <select id="show"></select></label>
</form>
<p id="found" class="note" role="status">${countOf(landings.length, "landing")}${landings.length > SHOWN ? `, of which the last ${SHOWN} are shown` : ""}</p>
<div class="scroll" role="region" tabindex="0" aria-label="All landings: table"><table id="table">
<caption class="hidden">All landings, the newest first</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map(rowOf)}</tbody></table></div>
<nav class="pages" aria-label="Pages of landings" hidden></nav>
<noscript><p class="note">To search and sort here needs a script, which is switched off. <code>countersign report --format csv</code> has every landing.</p></noscript>
</section>
`;
}

function rowOf({ landed, commit, subject, author, agents, commits, standing }: Landing): Html {
  const name = escapeText(subject.trim(), 100) || countOf(commits, "commit");
  const id = commit === undefined ? html`` : html` <code class="id">${commit.slice(0, 12)}</code>`;
  return html`<tr><td><time>${formatDay(landed)}</time></td><td>${name}${id}</td><td>${escapeText(author.name, 60)}</td><td>${escapeText(agents.join(", "), 60) || "–"}</td><td>${commits}</td><td><span class="standing ${standing}">${STANDING_WORDS[standing]}</span></td></tr>
`;
}
