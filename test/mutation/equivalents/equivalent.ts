/** A mutant that no test can kill, since nothing that anybody could see changes. */
export interface Equivalent {
  /** Below the sources of core. */
  readonly file: string;
  /** The mutated code, and what stands there instead. */
  readonly code: string;
  readonly mutated: string;
  readonly why: string;
}

export const FASTER = "a shorter way to the same answer";
