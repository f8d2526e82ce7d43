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
