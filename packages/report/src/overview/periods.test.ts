import { expect, it } from "vitest";
import { cutIntoPeriods } from "./periods.ts";

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1000;

it.each<[what: string, first: string, last: string, names: readonly string[]]>([
  ["one day", "2026-11-29", "2026-11-29", ["29 Nov"]],
  ["days, across a month", "2026-02-27", "2026-03-02", ["27 Feb", "28 Feb", "1 Mar", "2 Mar"]],
  [
    "weeks, from Monday",
    "2026-11-01",
    "2026-12-09",
    ["26 Oct", "2 Nov", "9 Nov", "16 Nov", "23 Nov", "30 Nov", "7 Dec"],
  ],
  [
    "months, across a year",
    "2025-10-31",
    "2026-09-01",
    [
      "Oct 2025",
      "Nov 2025",
      "Dec 2025",
      "Jan 2026",
      "Feb 2026",
      "Mar 2026",
      "Apr 2026",
      "May 2026",
      "Jun 2026",
      "Jul 2026",
      "Aug 2026",
      "Sep 2026",
    ],
  ],
  ["years", "2019-05-05", "2026-01-01", ["2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026"]],
])("time is cut into %s", (_, first, last, names) => {
  expect(cutIntoPeriods(at(first), at(last)).map(({ name }) => name)).toEqual(names);
});

it("each stretch begins where the one before ends, at midnight in UTC", () => {
  const [day, next] = cutIntoPeriods(at("2026-11-28"), at("2026-11-29"));
  expect([day?.begins, next?.begins]).toEqual([at("2026-11-28") - 43_200, at("2026-11-29") - 43_200]);
});
