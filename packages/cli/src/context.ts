import { resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { ExitCode } from "@countersign/core/internal";
import { withoutRepository } from "@countersign/git/internal";
import { type Paint, wrapLines } from "@countersign/report";

/** A place to write to, that may be a terminal. */
export interface Output extends Writable {
  readonly isTTY?: boolean;
  /** For a terminal. */
  readonly columns?: number;
}

/** A place to read from, that may be a terminal. */
export interface Input extends Readable {
  readonly isTTY?: boolean;
}

/** What a command knows of the process it runs in. */
export interface ProcessContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Opened by those commands alone that talk with a person. */
  readonly openStdin: () => Input;
  readonly stdout: Output;
  readonly stderr: Output;
}

export interface CommandContext extends ProcessContext {
  /** For standard output. */
  readonly paint: Paint;
  /** For standard error. */
  readonly errorPaint: Paint;
  /** Where the program was called, whatever repository was named: files that a person names are found from here. */
  readonly calledFrom: string;
}

/** Runs a command and hands its exit code on. */
export type Start = (run: (context: CommandContext) => Promise<ExitCode>) => Promise<void>;

/** A repository that is named is the one that is meant, also inside of another one's hook. */
export function inRepository(context: CommandContext, path: string | undefined): CommandContext {
  if (path === undefined) return context;
  return { ...context, cwd: resolve(context.cwd, path), env: withoutRepository(context.env) };
}

/** Seconds since 1970. */
export function currentTime(): number {
  return Math.floor(Date.now() / 1000);
}

/** Resolves when the text is taken, so that a long listing never piles up in memory; false once nobody reads any more. */
export function print(stream: Output, text: string | Uint8Array): Promise<boolean> {
  if (stream.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => stream.write(text, (error) => resolve(!error)));
}

export function printLines(stream: Output, lines: readonly string[]): Promise<boolean> {
  return lines.length === 0 ? Promise.resolve(true) : print(stream, `${lines.join("\n")}\n`);
}

/** Prose that breaks between words where a terminal shows it; programs read each line whole. */
export function printProse(stream: Output, lines: readonly string[]): Promise<boolean> {
  return printLines(stream, stream.columns ? wrapLines(lines, stream.columns) : lines);
}

/** Says that a person did not want to go on. */
export function printStopped({ stderr }: ProcessContext): Promise<boolean> {
  return printLines(stderr, ["countersign: stopped; nothing was changed"]);
}

/** Indented, so that people can read it too. */
export function printJson(stream: Output, value: unknown): Promise<boolean> {
  return print(stream, `${JSON.stringify(value, null, 2)}\n`);
}
