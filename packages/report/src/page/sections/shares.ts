import type { Share, Summary } from "../../overview/sum-up.ts";
import { countOf, formatCount, formatShare } from "../../text/numbers.ts";
import { type Bar, drawBars } from "../charts/bar-chart.ts";
import { drawOverTime } from "../charts/time-chart.ts";
import { type Html, html } from "../html.ts";
import { figure } from "./figure.ts";

/** More bars than this are a list; the table behind them has all. */
const BARS = 8;

const LEGEND = html`<p class="legend"><span class="key ai"></span> AI-assisted <span class="key rest"></span> all others</p>`;
const COLUMNS = ["landings", "AI-assisted", "share"];

/** The share of AI-assisted landings over time. */
export function overTime({ periods, landings }: Summary): Html {
  const busy = periods.filter(({ landings: all }) => all > 0);
  const last = busy.at(-1);
  const lately = last && busy.length > 1 ? `, and ${formatShare(last.assisted, last.landings)} since ${last.name}` : "";
  return figure({
    id: "over-time",
    heading: "Over time",
    sentence: `${formatShare(landings.assisted, landings.landings)} of all landings had help from an AI${lately}.`,
    legend: LEGEND,
    chart: (id) => drawOverTime(id, periods),
    isWide: true,
    note: "Above, the share of AI-assisted landings; below, how many landings there were.",
    table: { columns: ["from", ...COLUMNS], rows: rowsOf(periods) },
  });
}

export function byAgent({ agents, landings: { landings } }: Summary): Html {
  if (agents.length === 0) return html``;
  const [first] = agents;
  return figure({
    id: "by-agent",
    heading: "By agent",
    sentence: `${first?.agent ?? ""} took part in ${formatShare(first?.landings ?? 0, landings)} of all landings.`,
    chart: (id) =>
      drawBars(
        id,
        agents.slice(0, BARS).map(({ agent, landings: part }): Bar => {
          return { name: agent, part, whole: part, label: `${formatCount(part)} · ${formatShare(part, landings)}` };
        }),
      ),
    table: {
      columns: ["agent", "landings", "share of all"],
      rows: agents.map((each) => [each.agent, formatCount(each.landings), formatShare(each.landings, landings)]),
    },
  });
}

export function byFolder({ folders }: Summary): Html {
  if (folders.length === 0) return html``;
  const [first] = folders;
  const most =
    first && first.assisted > 0
      ? `Most AI-assisted landings changed something in ${nameOf(first)}.`
      : "No folder has AI-assisted landings.";
  return figure({
    id: "by-folder",
    heading: "By folder",
    sentence: most,
    legend: LEGEND,
    chart: (id) =>
      drawBars(
        id,
        folders.slice(0, BARS).map((folder): Bar => {
          const { assisted, landings } = folder;
          const label = `${formatCount(assisted)} of ${formatCount(landings)} · ${formatShare(assisted, landings)}`;
          return { name: nameOf(folder), part: assisted, whole: landings, label };
        }),
      ),
    note: folders.length > BARS ? `The first ${BARS} of ${countOf(folders.length, "folder")}.` : undefined,
    table: {
      columns: ["folder", ...COLUMNS],
      rows: rowsOf(folders.map((folder) => ({ ...folder, name: nameOf(folder) }))),
    },
  });
}

function nameOf({ name }: Share): string {
  return name === "." ? "the root" : `${name.length > 60 ? `${name.slice(0, 60)}…` : name}/`;
}

function rowsOf(shares: readonly Share[]): readonly (readonly string[])[] {
  return shares.map(({ name, landings, assisted }) => [
    name,
    formatCount(landings),
    formatCount(assisted),
    formatShare(assisted, landings),
  ]);
}
