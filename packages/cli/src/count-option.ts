import { CountersignError } from "@countersign/core";

/** Reads an option that is a whole number; undefined if it is not given. */
export function parseCount(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CountersignError("OPTION_INVALID", { option, problem: `"${text}" is not a number` });
}
