/** What an examination is made in. */
export interface Circumstances {
  /** The person's own environment: hooks may depend on all of it. */
  readonly env: NodeJS.ProcessEnv;
  /** Seconds since 1970. */
  readonly now: number;
  readonly signal: AbortSignal;
}
