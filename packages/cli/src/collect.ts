import { InvalidArgumentError } from "commander";

/** For options that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Collects values that commander itself would only allow once. */
export function collectOf(choices: readonly string[]) {
  return (value: string, before?: readonly string[]): readonly string[] => {
    if (choices.includes(value)) return collect(value, before);
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
  };
}
