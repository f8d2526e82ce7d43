import { formatJson } from "../text/json-text.ts";
import { withoutPeople } from "./anonymous.ts";
import type { Overview } from "./overview.ts";

/** How an overview is reported. */
export interface OverviewOptions {
  /** The version of the program that reports. */
  readonly version: string;
  /** Whether people are not to be known from it. */
  readonly anonymous: boolean;
}

type Report = (overview: Overview, options: OverviewOptions) => string | Promise<string>;

/** The forms that an overview is reported in, each loaded when it is asked for: the page brings a chart library. */
const REPORTS = {
  html: async () => (await import("../page/page.ts")).formatPage,
  json: async () => {
    const { overviewToJson } = await import("./overview-json.ts");
    return (overview) => `${formatJson(overviewToJson(overview), 2)}\n`;
  },
  csv: async () => (await import("./overview-csv.ts")).formatOverviewCsv,
  markdown: async () => (await import("./overview-markdown.ts")).formatOverviewMarkdown,
  badge: async () => {
    const [{ formatBadge }, { sumUp }] = await Promise.all([import("./badge.ts"), import("./sum-up.ts")]);
    return (overview) => formatBadge(sumUp(overview));
  },
} satisfies Readonly<Record<string, () => Promise<Report>>>;

export type OverviewFormat = keyof typeof REPORTS;

export const OVERVIEW_FORMATS = Object.keys(REPORTS) as readonly OverviewFormat[];

/** An overview in one form, ready to be written. */
export async function formatOverview(
  format: OverviewFormat,
  overview: Overview,
  options: OverviewOptions,
): Promise<string> {
  const report: Report = await REPORTS[format]();
  return report(options.anonymous ? withoutPeople(overview) : overview, options);
}
