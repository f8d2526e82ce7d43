import { leastRank } from "../levels.ts";
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
  holds: ({ level }, { authorLevel = -1 }, levels) => authorLevel >= leastRank(levels, level),
  narrows: ({ level }, wider, levels) => leastRank(levels, level) >= leastRank(levels, wider.level),
  forgeable: "anyone can claim to be the author",
};
