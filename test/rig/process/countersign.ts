import { expect } from "vitest";
import type { Repo } from "../repository/repo.ts";
import { COUNTERSIGN_BIN } from "../suite/bins.ts";
import { type Run, run } from "./run.ts";
import { runProgram } from "./warm/programs.ts";

export interface CountersignOptions {
  /** Default: the repository's folder. */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What stands on standard input. */
  readonly input?: string;
  /** Whether node is started for it, as where a test is about the process. */
  readonly ownProcess?: boolean;
}

/** Runs the program in a repository, as a person or a CI job would. */
export function countersign(
  repo: Repo,
  args: readonly string[],
  { cwd = repo.dir, env = {}, input = "", ownProcess = false }: CountersignOptions = {},
): Run {
  const options = { cwd, env: { ...repo.env, ...env }, input };
  if (ownProcess) return run(process.execPath, [COUNTERSIGN_BIN, ...args], options);
  return runProgram(COUNTERSIGN_BIN, args, options);
}

/**
 * One clear message and nothing else: the code, what happened, perhaps details, why it matters and what to do; status 2,
 * nothing on standard output, no trace of a stack.
 */
export function expectFault(result: Run, code: string, ...phrases: readonly (string | RegExp)[]): void {
  expect(result.stderr).toMatch(new RegExp(`^${code}: .+\\n(?:  - .+\\n)*  why: .+\\n  fix: .+\\n$`));
  expect({ status: result.status, stdout: result.stdout }).toEqual({ status: 2, stdout: "" });
  for (const phrase of phrases) {
    if (typeof phrase === "string") expect(result.stderr).toContain(phrase);
    else expect(result.stderr).toMatch(phrase);
  }
}
