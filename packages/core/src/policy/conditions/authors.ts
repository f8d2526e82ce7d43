import type { Levels } from "../levels.ts";
import type { Condition } from "./condition.ts";

export interface LeastLevel {
  /** A name in `Policy.levels`. */
  readonly level: string;
}

export const authors: Condition<LeastLevel, LeastLevel> = {
  description: "Applies where all whose work it is are of at least this level.",
  field: ({ fields, Level }) => fields({ level: Level }),
  levelOf: ({ level }) => level,
  normalise: ({ level }) => ({ level }),
  holds: ({ level }, { authorLevel = -1 }, levels) => authorLevel >= rankOf(level, levels),
  narrows: ({ level }, wider, levels) => rankOf(level, levels) >= rankOf(wider.level, levels),
  forgeable: "anyone can claim to be the author",
};

/** The rank of a level; above everybody's where the policy has no such level. */
function rankOf(level: string, levels: Levels): number {
  return levels.get(level) ?? Number.POSITIVE_INFINITY;
}
