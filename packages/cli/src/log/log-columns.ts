import { CountersignError } from "@countersign/core";

/** What else `log` can show of a commit. */
export const LOG_COLUMNS = ["author", "date", "branch"] as const;

export type LogColumn = (typeof LOG_COLUMNS)[number];

/** Reads `--show`, which may be given again. @throws `OPTION_INVALID`. */
export function readColumns(lists: readonly string[]): readonly LogColumn[] {
  const asked = lists.flatMap((names) => names.split(","));
  const unknown = asked.find((name) => !(LOG_COLUMNS as readonly string[]).includes(name));
  if (unknown === undefined) return LOG_COLUMNS.filter((name) => asked.includes(name));
  const problem = `"${unknown}" is not one of ${LOG_COLUMNS.join(", ")}`;
  throw new CountersignError("OPTION_INVALID", { option: "--show", problem });
}
