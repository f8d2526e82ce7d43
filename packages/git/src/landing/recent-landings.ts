import { type ObjectId, parseObjectId } from "@countersign/core";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/** How much of a branch's history is asked about. */
export interface LandingLimits {
  /** The last so many commits. */
  readonly commits?: number | undefined;
  /** The last so many merges, each with what it brought in. */
  readonly merges?: number | undefined;
  /** What landed since, in seconds since 1970. */
  readonly since?: number | undefined;
}

/** What landed on a branch last: commits, however they came there, or the merges that brought them, the newest first. */
export type RecentLandings =
  | { readonly tip: ObjectId; readonly exclude: readonly ObjectId[]; readonly most?: number }
  | readonly ObjectId[];

/** So much is looked at where nobody says how much. */
export const RECENT = { commits: 500, merges: 50 } as const;

/** Merges are counted where they are at least one in so many of the last commits of the line of first parents. */
const ONE_IN = 4;
const LOOKED_AT = 100;

/** Finds what landed last on the branch that ends at `tip`: merges where they are how work lands, unless commits are asked for. */
export async function findRecentLandings(
  repository: GitRepository,
  tip: ObjectId,
  { commits, merges, since }: LandingLimits,
): Promise<RecentLandings> {
  const line = (args: readonly string[]): Promise<readonly string[]> => firstParents(repository, tip, args);
  const age = since === undefined ? [] : [`--max-age=${since}`];
  if (merges !== undefined || (commits === undefined && (await landsByMerges(line, age)))) {
    const most = merges ?? (since === undefined ? RECENT.merges : undefined);
    return (await line([...age, "--merges", ...(most === undefined ? [] : [`--max-count=${most}`])])).map(
      parseObjectId,
    );
  }
  const before = since === undefined ? [] : await line([`--min-age=${since - 1}`, "--max-count=1"]);
  const most = commits ?? (since === undefined ? RECENT.commits : undefined);
  return { tip, exclude: before.map(parseObjectId), ...(most === undefined ? {} : { most }) };
}

async function landsByMerges(
  line: (args: readonly string[]) => Promise<readonly string[]>,
  age: readonly string[],
): Promise<boolean> {
  const last = await line([...age, "--parents", `--max-count=${LOOKED_AT}`]);
  const merges = last.filter((ids) => ids.split(" ").length > 2);
  return merges.length > 0 && merges.length * ONE_IN >= last.length;
}

async function firstParents(
  { context }: GitRepository,
  tip: ObjectId,
  args: readonly string[],
): Promise<readonly string[]> {
  const { output } = await git(context, ["rev-list", "--first-parent", ...args, tip, "--"]);
  return output.split("\n").filter(Boolean);
}
