import { expect } from "vitest";
import type { CommitOptions } from "../repository/repo.ts";
import { CLAUDE, COSIGN, type PushResult, type PushWorld } from "./push-world.ts";

/** A push to one branch of the server, and what it takes to tell whether it came through. */
export interface Attempt extends PushResult {
  readonly ref: string;
  /** What the server's ref was before. */
  readonly before: string | undefined;
  /** The commit that it was to become; undefined where it was to be deleted. */
  readonly tip: string | undefined;
}

/** Messages of a real agent's commit, alone and vouched for by the world's senior. */
export const ASSISTED = `Retry uploads\n\n${CLAUDE}\n`;
export const VOUCHED = `Retry uploads\n\n${CLAUDE}\n${COSIGN}\n`;

export interface AttemptOptions {
  readonly branch?: string;
  /** Options of `git` itself, and of `git push`. */
  readonly git?: readonly string[];
  readonly push?: readonly string[];
}

/** Pushes a commit to a branch of the server. */
export function attempt(
  world: PushWorld,
  tip: string,
  { branch = "main", git = [], push = [] }: AttemptOptions = {},
): Attempt {
  const ref = `refs/heads/${branch}`;
  const before = world.server.ref(ref);
  return { ...world.pushWith(git, ...push, "origin", `${tip}:${ref}`), ref, before, tip };
}

/** Makes one commit on top of the server's `main` and pushes it there. */
export function attemptCommit(world: PushWorld, message: string | Buffer, options: CommitOptions = {}): Attempt {
  world.dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
  return attempt(world, world.dev.commit(message, options));
}

/** Anything to read in an attempt's standard error: text as it stands, or a pattern. */
type Phrase = string | RegExp;

export function expectAllowed(attempt: Attempt, ...phrases: readonly Phrase[]): void {
  expect(attempt.stderr).not.toContain("refused");
  expect({ git: attempt.status, hook: attempt.hook, ref: attempt.refs.get(attempt.ref) }).toEqual({
    git: 0,
    hook: 0,
    ref: attempt.tip,
  });
  expectPhrases(attempt, phrases);
}

/** A breach that was found: status 1. Each phrase must be read, a violation's code first. */
export function expectRefused(attempt: Attempt, ...phrases: readonly Phrase[]): void {
  expectStopped(attempt, 1, phrases);
  expect(attempt.stderr).toContain(`refused ${attempt.ref}`);
}

/** No decision was reached: status 2, and the push is stopped all the same. */
export function expectUndecided(attempt: Attempt, ...phrases: readonly Phrase[]): void {
  expectStopped(attempt, 2, phrases);
  expect(attempt.stderr).toContain("cannot decide, so");
}

function expectStopped(attempt: Attempt, hook: number, phrases: readonly Phrase[]): void {
  expectPhrases(attempt, phrases);
  const { status, refs, ref, before, stderr } = attempt;
  expect({ git: status, hook: attempt.hook, ref: refs.get(ref) }).toEqual({ git: 1, hook, ref: before });
  expect(stderr).toMatch(/^ {2}why: ./m);
  expect(stderr).toMatch(/^ {2}fix: ./m);
  // An agent that reads a ready line pastes it.
  expect(stderr).not.toMatch(/Co-(?:signed-by|signature)\s*:\s*[^"\n]*@(?:acme|home)\.example/i);
}

function expectPhrases({ stderr }: Attempt, phrases: readonly Phrase[]): void {
  for (const phrase of phrases) {
    if (typeof phrase === "string") expect(stderr).toContain(phrase);
    else expect(stderr).toMatch(phrase);
  }
}
