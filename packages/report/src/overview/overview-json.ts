import { formatDay, formatTime } from "@countersign/core/internal";
import type { Landing, Overview, Person } from "./overview.ts";
import type { OverviewJson } from "./overview-schema.ts";
import { sumUp } from "./sum-up.ts";

/** The JSON of an overview, version 1, as plain data. Text in it is lossless and unescaped: it is for programs. */
export function overviewToJson(overview: Overview): OverviewJson {
  const { branch, tip = null, from = null, made } = overview;
  const { landings: all, waits, periods, signers, ...numbers } = sumUp(overview);
  const format = timeFormat(overview);
  return {
    version: 1,
    branch,
    tip,
    from,
    made: format(made),
    ...numbers,
    landings: { count: all.landings, assisted: all.assisted },
    periods: periods.map(({ begins, ...share }) => ({ begins: format(begins), ...share })),
    medianWait: waits.median ?? null,
    waits: waits.spread,
    signers: signers.map(({ person, medianLines = null, mostLines = null, ...signer }) => ({
      ...personToJson(person),
      ...signer,
      medianLines,
      mostLines,
    })),
    landed: landingsToJson(overview),
  };
}

/** The landings alone. */
export function landingsToJson(overview: Overview): OverviewJson["landed"] {
  const format = timeFormat(overview);
  return overview.landings.map((landing) => landingToJson(landing, format));
}

/** Where people are not to be known, the hour is not either. */
function timeFormat({ tip }: Overview): (time: number) => string {
  return tip === undefined ? formatDay : formatTime;
}

function landingToJson(
  { commit, landed, subject, author, wrong, cosigns, ...landing }: Landing,
  format: (time: number) => string,
): OverviewJson["landed"][number] {
  return {
    commit: commit ?? null,
    landed: format(landed),
    subject: commit === undefined ? null : subject,
    author: personToJson(author),
    ...landing,
    wrong: [...new Set(wrong.map(({ code }) => code))],
    cosigns: cosigns.map(({ person, proof, time }) => ({
      ...personToJson(person),
      proof,
      time: time === undefined ? null : format(time),
    })),
  };
}

function personToJson({ name, email }: Person): { readonly name: string; readonly email: string | null } {
  return { name, email: email || null };
}
