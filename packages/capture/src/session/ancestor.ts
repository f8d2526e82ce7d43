/** A process that started this one, or started the one that did. */
export interface Ancestor {
  readonly pid: number;
  /**
   * The program and its arguments, as text. Where only `ps` shows them, they are split at blanks, whatever was quoted.
   * Empty for a process that shows none.
   */
  readonly args: readonly string[];
}

/** No chain of people's shells and tools is longer; an id that is reused could make a circle. */
export const MOST_ANCESTORS = 64;
