/** Where something stands in a policy file: keys and list indexes from the root. */
export type Path = readonly (string | number)[];

/** One thing that is wrong in a policy file. `line` counts from 1; without it, `path` leads to the line. */
export interface Problem {
  readonly text: string;
  readonly path?: Path;
  readonly line?: number;
}

/** `rules[1].cosign.count`. */
export function formatPath(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

/** One thing that is wrong in a file, and the line it stands on, counted from 1. */
export interface PlacedProblem {
  readonly line: number;
  readonly text: string;
}

/** `line 3: protect is empty`. */
export function formatProblem({ line, text }: PlacedProblem): string {
  return `line ${line}: ${text}`;
}
