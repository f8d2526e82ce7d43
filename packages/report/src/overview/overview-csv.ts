import { csvOf } from "../text/csv.ts";
import type { Overview } from "./overview.ts";
import { landingsToJson } from "./overview-json.ts";

const COLUMNS = [
  "landed",
  "landing",
  "author",
  "email",
  "commits",
  "assisted",
  "agents",
  "folders",
  "standing",
  "wrong",
  "cosigned by",
  "subject",
] as const;

/** The landings as CSV, the oldest first. */
export function formatOverviewCsv(overview: Overview): string {
  const rows = landingsToJson(overview).map((landing) => [
    landing.landed,
    landing.commit ?? "",
    landing.author.name,
    landing.author.email ?? "",
    String(landing.commits),
    String(landing.assisted),
    landing.agents.join(" "),
    landing.folders.join(" "),
    landing.standing,
    landing.wrong.join(" "),
    landing.cosigns.map(({ name, email }) => email ?? name).join(" "),
    landing.subject ?? "",
  ]);
  return csvOf([COLUMNS, ...rows]);
}
