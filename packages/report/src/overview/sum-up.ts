import { groupBy } from "@countersign/core/internal";
import type { Asked, Landing, Overview, Person, SignedCommit, Standing } from "./overview.ts";
import { cutIntoPeriods } from "./periods.ts";

/** How many landings there are of a kind, and how many of them are AI-assisted. */
export interface Share {
  readonly name: string;
  readonly landings: number;
  readonly assisted: number;
}

export interface PeriodShare extends Share {
  /** In seconds since 1970. */
  readonly begins: number;
}

/** How often something was asked, and how often it was given. */
export interface Coverage extends Pick<Asked, "rules" | "needs"> {
  readonly asked: number;
  readonly met: number;
}

/** What one person has co-signed. */
export interface Signer {
  readonly person: Person;
  readonly commits: number;
  /** How many times they signed: one signature may be for several commits. */
  readonly signatures: number;
  /** Of those whose size is known. */
  readonly files: number;
  readonly lines: number;
  readonly medianLines: number | undefined;
  readonly mostLines: number | undefined;
}

export interface Waits {
  /** How long a commit waited for its co-sign, in seconds; undefined if nothing was signed. */
  readonly median: number | undefined;
  readonly spread: readonly { readonly name: string; readonly cosigns: number }[];
}

/** The numbers of an overview. */
export interface Summary {
  readonly landings: Share;
  readonly commits: { readonly count: number; readonly assisted: number };
  readonly standings: Readonly<Record<Standing, number>>;
  readonly asked: number;
  readonly met: number;
  readonly periods: readonly PeriodShare[];
  /** By agent, the most frequent first. */
  readonly agents: readonly { readonly agent: string; readonly landings: number }[];
  /** By folder of the root, the one with most AI-assisted landings first. */
  readonly folders: readonly Share[];
  readonly coverage: readonly Coverage[];
  readonly waits: Waits;
  /** Who co-signed most first. */
  readonly signers: readonly Signer[];
}

/** Counts what an overview holds. */
export function sumUp({ landings, asked, signed }: Overview): Summary {
  const standings = { unjudged: 0, free: 0, "co-signed": 0, emergency: 0, warned: 0, undecided: 0, bypassed: 0 };
  for (const { standing } of landings) standings[standing] += 1;
  return {
    landings: share("all", landings),
    commits: { count: sum(landings, ({ commits }) => commits), assisted: sum(landings, ({ assisted }) => assisted) },
    standings,
    asked: asked.length,
    met: asked.filter(({ met }) => met).length,
    periods: sharePeriods(landings),
    agents: countEach(landings, ({ agents }) => agents).map(([agent, { length }]) => ({ agent, landings: length })),
    folders: countEach(landings, ({ folders }) => folders)
      .map(([folder, within]) => share(folder, within))
      .sort((a, b) => b.assisted - a.assisted || b.landings - a.landings),
    coverage: [...groupBy(asked, ({ rules, needs }) => rules || needs).values()]
      .map(cover)
      .sort((a, b) => b.asked - a.asked),
    waits: measureWaits(signed),
    signers: [...groupBy(signed, ({ person }) => person.email || person.name).values()]
      .map(readSigner)
      .sort((a, b) => b.commits - a.commits),
  };
}

/** Whether a policy protected the branch at any landing. */
export function isJudged({ standings, landings }: Pick<Summary, "standings" | "landings">): boolean {
  return standings.unjudged < landings.landings;
}

function share(name: string, landings: readonly Landing[]): Share {
  return { name, landings: landings.length, assisted: landings.filter(({ assisted }) => assisted > 0).length };
}

function sharePeriods(landings: readonly Landing[]): readonly PeriodShare[] {
  if (landings.length === 0) return [];
  const first = landings.reduce((least, { landed }) => Math.min(least, landed), Number.POSITIVE_INFINITY);
  const last = landings.reduce((most, { landed }) => Math.max(most, landed), first);
  const periods = cutIntoPeriods(first, last);
  const within = groupBy(landings, ({ landed }) => periods.findLast(({ begins }) => begins <= landed)?.begins);
  return periods.map(({ name, begins }) => ({ begins, ...share(name, within.get(begins) ?? []) }));
}

/** Landings by something that each may have several of, the most frequent first. */
function countEach(
  landings: readonly Landing[],
  namesOf: (landing: Landing) => readonly string[],
): readonly (readonly [name: string, landings: readonly Landing[]])[] {
  const named = landings.flatMap((landing) => namesOf(landing).map((name) => ({ name, landing })));
  const groups = groupBy(named, ({ name }) => name);
  return [...groups]
    .map(([name, group]) => [name, group.map(({ landing }) => landing)] as const)
    .sort(([, a], [, b]) => b.length - a.length);
}

/** What the newest policy says is needed names a requirement that was changed. */
function cover(asked: readonly Asked[]): Coverage {
  const { rules = "", needs = "" } = asked.at(-1) ?? {};
  return { rules, needs, asked: asked.length, met: asked.filter(({ met }) => met).length };
}

const HOUR = 3600;
const WAITS: readonly (readonly [name: string, below: number])[] = [
  ["within 10 minutes", HOUR / 6],
  ["within an hour", HOUR],
  ["within 4 hours", 4 * HOUR],
  ["within a day", 24 * HOUR],
  ["within 3 days", 72 * HOUR],
  ["within a week", 168 * HOUR],
  ["later", Number.POSITIVE_INFINITY],
];

function measureWaits(signed: readonly SignedCommit[]): Waits {
  const waits = signed.flatMap(({ time, committed }) =>
    time === undefined || committed === undefined ? [] : Math.max(0, time - committed),
  );
  const spread = WAITS.map(([name, below], index) => {
    const least = WAITS[index - 1]?.[1] ?? 0;
    return { name, cosigns: waits.filter((wait) => wait >= least && wait < below).length };
  });
  return { median: median(waits), spread: waits.length === 0 ? [] : spread };
}

function readSigner(signed: readonly SignedCommit[]): Signer {
  const sizes = signed.flatMap(({ size }) => size ?? []);
  const lines = sizes.map((size) => size.lines);
  return {
    person: signed.at(-1)?.person ?? { name: "", email: "" },
    commits: signed.length,
    signatures: new Set(signed.map(({ time }, index) => time ?? `declared ${index}`)).size,
    files: sum(sizes, ({ files }) => files),
    lines: sum(lines, (count) => count),
    medianLines: median(lines),
    mostLines: lines.length === 0 ? undefined : lines.reduce((a, b) => Math.max(a, b)),
  };
}

function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
