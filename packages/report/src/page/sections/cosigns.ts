import type { Coverage, Signer, Summary } from "../../overview/sum-up.ts";
import { countOf, formatCount, formatShare, formatSpan } from "../../text/numbers.ts";
import { type Bar, drawBars } from "../charts/bar-chart.ts";
import { INK } from "../charts/draw.ts";
import { type Html, html } from "../html.ts";
import { figure } from "./figure.ts";

const BARS = 12;

/** How much of what was asked was given. */
export function byRequirement({ coverage, asked, met }: Summary): Html {
  if (asked === 0) return html``;
  const open = asked - met;
  return figure({
    id: "coverage",
    heading: "What was asked",
    sentence:
      open === 0
        ? "Every requirement was met."
        : `${countOf(open, "requirement")} of ${formatCount(asked)} ${open === 1 ? "was" : "were"} not met.`,
    legend: html`<p class="legend"><span class="key good"></span> co-signed <span class="key bad"></span> not</p>`,
    chart: (id) =>
      drawBars(
        id,
        coverage.slice(0, BARS).map((each): Bar => {
          const label = `${formatCount(each.met)} of ${formatCount(each.asked)} · ${formatShare(each.met, each.asked)}`;
          return { name: nameOf(each), part: each.met, whole: each.asked, label };
        }),
        { part: INK.good, rest: INK.bad },
      ),
    table: {
      columns: ["rules", "needs", "asked", "met", "share"],
      rows: coverage.map((each) => [
        nameOf(each),
        each.needs,
        formatCount(each.asked),
        formatCount(each.met),
        formatShare(each.met, each.asked),
      ]),
    },
  });
}

function nameOf({ rules, needs }: Coverage): string {
  return rules.slice(0, 100) || (needs === "" ? "" : "all AI-assisted work");
}

/** How long work waits for its co-sign. */
export function byWait({ waits: { median, spread } }: Summary): Html {
  if (median === undefined) return html``;
  const all = spread.reduce((sum, { cosigns }) => sum + cosigns, 0);
  return figure({
    id: "waits",
    heading: "From commit to co-sign",
    sentence: `Half of the co-signs came within ${formatSpan(median)}.`,
    chart: (id) =>
      drawBars(
        id,
        spread.map(({ name, cosigns }): Bar => {
          return {
            name,
            part: cosigns,
            whole: cosigns,
            label: `${formatCount(cosigns)} · ${formatShare(cosigns, all)}`,
          };
        }),
      ),
    table: {
      columns: ["signed", "co-signs", "share"],
      rows: spread.map(({ name, cosigns }) => [name, formatCount(cosigns), formatShare(cosigns, all)]),
    },
  });
}

/** Who co-signed how much. */
export function bySigner({ signers }: Summary): Html {
  const [first] = signers;
  if (!first) return html``;
  return figure({
    id: "signers",
    heading: "Who co-signed",
    sentence: `${first.person.name.slice(0, 60)} co-signed most: ${describe(first)}.`,
    chart: (id) =>
      drawBars(
        id,
        signers.slice(0, BARS).map((signer): Bar => {
          const { person, lines } = signer;
          return { name: person.name, part: lines, whole: lines, label: countOf(lines, "line") };
        }),
      ),
    isOpen: true,
    note: "Bars are lines added and deleted, without merges. Many lines under few signatures can be a rubber stamp, or one careful look at a large change: ask before you judge.",
    table: {
      columns: ["person", "commits", "signatures", "median", "largest"],
      rows: signers.map(({ person, commits, signatures, medianLines, mostLines }) => [
        person.name.slice(0, 60),
        ...[commits, signatures].map(formatCount),
        ...[medianLines, mostLines].map((size) => (size === undefined ? "–" : countOf(size, "line"))),
      ]),
    },
  });
}

function describe({ commits, lines, signatures }: Signer): string {
  return `${countOf(commits, "commit")} with ${countOf(lines, "changed line")}, by ${countOf(signatures, "signature")}`;
}
