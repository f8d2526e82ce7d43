import type { ObjectId } from "./oid.ts";

/** One changed path of a commit: a record of `git diff-tree --raw`. */
export interface Change {
  /** The path's bytes: git's paths are bytes, and two that differ may look alike as text. */
  readonly path: Uint8Array;
  /** Octal, `NO_MODE` where the path did not exist. */
  readonly oldMode: string;
  readonly newMode: string;
  /** All zeros where the path did not exist. */
  readonly oldOid: ObjectId;
  readonly newOid: ObjectId;
  /** `A` added, `D` deleted, `M` modified, `T` type changed. */
  readonly status: "A" | "D" | "M" | "T";
  /** How many lines were added and deleted, every file read as text; only when they were asked for. */
  readonly lines?: LineCount;
}

export interface LineCount {
  readonly added: number;
  readonly deleted: number;
}

/** The mode of a path where there is nothing. */
export const NO_MODE = "000000";

/** The status of a change between two modes. */
export function statusOf(oldMode: string, newMode: string): Change["status"] {
  if (oldMode === NO_MODE) return "A";
  if (newMode === NO_MODE) return "D";
  // The first three digits are the type: file, symbolic link or submodule.
  return oldMode.slice(0, 3) === newMode.slice(0, 3) ? "M" : "T";
}
