/** The levels of people: each name with its rank, 0 for the lowest. */
export type Levels = ReadonlyMap<string, number>;

/** Ranks levels that are named lowest first. */
export function rankLevels(names: readonly string[]): Levels {
  return new Map(names.map((name, rank) => [name, rank]));
}

/** The least rank of those who have a level or a higher one; out of reach where there is no such level. */
export function leastRank(levels: Levels, level: string): number {
  return levels.get(level) ?? Number.POSITIVE_INFINITY;
}

/** Whether a level is another one or a higher one. Levels that there are not reach none, and are reached by none. */
export function reachesLevel(levels: Levels, level: string, least: string): boolean {
  return (levels.get(level) ?? -1) >= leastRank(levels, least);
}

/** The levels of a policy that names none, lowest first. */
export const DEFAULT_LEVELS: readonly string[] = ["junior", "mid", "senior", "principal"];
