import type { Readable, Writable } from "node:stream";

/** What a person is asked through, and where the files that they name are found from. */
export interface QuestionContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly openStdin: () => Readable;
  readonly stdout: Writable;
}

/** An answer to choose, and what is shown of it. */
export interface Option<Value extends string> {
  readonly value: Value;
  readonly label?: string;
  readonly hint?: string;
}

/** The person does not want to go on. */
export class Cancelled extends Error {}

/** Questions at a terminal. Each throws `Cancelled` where the person stops. */
export interface Prompts {
  choose<Value extends string>(message: string, first: Value, options: readonly Option<Value>[]): Promise<Value>;
  pick(message: string, picked: readonly string[], options: readonly Option<string>[]): Promise<readonly string[]>;
  /** `check` gives what is wrong with an answer. */
  type(message: string, first: string, check: (answer: string) => string | undefined): Promise<string>;
  /** Says something between two questions. */
  say(lines: readonly string[]): void;
}

export async function openPrompts({ openStdin, stdout }: QuestionContext): Promise<Prompts> {
  const clack = await import("@clack/prompts");
  const streams = { input: openStdin(), output: stdout, withGuide: false };
  const orStop = <T>(answer: T): Exclude<T, symbol> => {
    if (clack.isCancel(answer)) throw new Cancelled();
    return answer as Exclude<T, symbol>;
  };
  const shown = <Value extends string>(options: readonly Option<Value>[]) =>
    options.map(({ value, label = value, hint = "" }) => ({ value: value as string, label, hint }));
  return {
    async choose<Value extends string>(message: string, first: Value, options: readonly Option<Value>[]) {
      const answer = { ...streams, message, initialValue: first as string, options: shown(options) };
      return orStop(await clack.select<string>(answer)) as Value;
    },
    async pick(message, picked, options) {
      const answer = { ...streams, message, required: false, initialValues: [...picked], options: shown(options) };
      return orStop(await clack.multiselect<string>(answer));
    },
    async type(message, first, check) {
      const validate = (answer: string | undefined): string | undefined => check(answer ?? "");
      return orStop(await clack.text({ ...streams, message, initialValue: first, validate }));
    },
    say(lines) {
      stdout.write(`${lines.join("\n")}\n`);
    },
  };
}
