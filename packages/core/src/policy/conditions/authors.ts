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
  holds: ({ level }, { authorLevel = -1 }, levels) => authorLevel >= (levels.get(level) ?? Number.POSITIVE_INFINITY),
  narrows: ({ level }, wider, levels) => (levels.get(level) ?? -1) >= (levels.get(wider.level) ?? -1),
  forgeable: "anyone can claim to be the author",
};
