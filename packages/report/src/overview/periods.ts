import { formatDay } from "@countersign/core/internal";

/** A stretch of time, and its name. */
export interface Period {
  readonly name: string;
  /** In seconds since 1970, UTC. */
  readonly begins: number;
}

const DAY = 86_400;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Ways to cut time up, the finest first: how long it may be altogether, where a stretch begins, and what it is called. */
const CUTS: readonly {
  readonly days: number;
  readonly begin: (date: Date) => Date;
  readonly next: (date: Date) => Date;
  readonly name: (date: Date) => string;
}[] = [
  { days: 35, begin: dayOf, next: (date) => later(date, 1), name: shortDay },
  {
    days: 300,
    begin: (date) => later(dayOf(date), -((date.getUTCDay() + 6) % 7)),
    next: (date) => later(date, 7),
    name: shortDay,
  },
  {
    days: 5 * 366,
    begin: (date) => monthOf(date, 0, 1),
    next: (date) => monthOf(date, 1, 1),
    name: (date) => `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`,
  },
  {
    days: Number.POSITIVE_INFINITY,
    begin: (date) => monthOf(date, 0, 12),
    next: (date) => monthOf(date, 12, 12),
    name: (date) => String(date.getUTCFullYear()),
  },
];

/** The stretches that cover a time from its first second to its last: days, weeks, months or years, never very many. */
export function cutIntoPeriods(first: number, last: number): readonly Period[] {
  const cut = CUTS.find(({ days }) => last - first <= days * DAY) ?? CUTS[CUTS.length - 1];
  const periods: Period[] = [];
  if (!cut) return periods;
  for (let date = cut.begin(new Date(first * 1000)); date.getTime() <= last * 1000; date = cut.next(date)) {
    periods.push({ name: cut.name(date), begins: date.getTime() / 1000 });
  }
  return periods;
}

function dayOf(date: Date): Date {
  return new Date(`${formatDay(date.getTime() / 1000)}T00:00:00Z`);
}

function later(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY * 1000);
}

/** The beginning of a month, or of the whole of so many in which it is, some months on. */
function monthOf(date: Date, on: number, whole: number): Date {
  const month = date.getUTCMonth();
  return new Date(Date.UTC(date.getUTCFullYear(), month - (month % whole) + on, 1));
}

function shortDay(date: Date): string {
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}
