/** An agent that took part in what is being committed. */
export interface Assistance {
  /** Its id in the catalogue. */
  readonly agent: string;
  readonly model?: string;
  /** What shows it, as a phrase: `it wrote src/a.ts`. */
  readonly because: string;
}

/** Who helped with what is being committed. */
export interface Helpers {
  readonly assistances: readonly Assistance[];
  /** What to report of marks that say too little. */
  readonly notes: readonly string[];
}
