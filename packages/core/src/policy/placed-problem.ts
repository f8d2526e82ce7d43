/** One thing that is wrong in a file, and the line it stands on, counted from 1. */
export interface PlacedProblem {
  readonly line: number;
  readonly text: string;
}

/** `line 3: protect is empty`. */
export function formatProblem({ line, text }: PlacedProblem): string {
  return `line ${line}: ${text}`;
}
