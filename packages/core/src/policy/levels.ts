/** The levels of people: each name with its rank, 0 for the lowest. */
export type Levels = ReadonlyMap<string, number>;

/** Ranks levels that are named lowest first. */
export function rankLevels(names: readonly string[]): Levels {
  return new Map(names.map((name, rank) => [name, rank]));
}

/** The levels of a policy that names none, lowest first. */
export const DEFAULT_LEVELS: readonly string[] = ["junior", "mid", "senior", "principal"];
