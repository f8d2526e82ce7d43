import { expect } from "vitest";
import { countersign } from "../process/countersign.ts";
import type { Run } from "../process/run.ts";
import type { Repo } from "../repository/repo.ts";
import { installCommitHooks } from "./commit-hooks.ts";
import { openPushWorld, type PushWorld } from "./push-world.ts";

/** What an agent's shell and a person's differ by, at its shortest. */
export const IN_CLAUDE = { CLAUDECODE: "1" };
export const IN_CODEX = { CODEX_THREAD_ID: "0199a213" };
export const CLAUDE_STAMP = "Assisted-by: Claude Code";

/** The push world with the commit hooks in the engineer's clone too. */
export function openCommitWorld(options: Parameters<typeof openPushWorld>[0] = {}): PushWorld {
  const world = openPushWorld(options);
  installCommitHooks(world.dev, { ownProcess: options.ownProcess ?? false });
  return world;
}

let counter = 0;

/** Stages a new file and runs `git commit`, whatever comes of it. */
export function commit(repo: Repo, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  counter += 1;
  repo.write({ [`work-${counter}.txt`]: `work ${counter}\n` });
  return repo.try(["commit", "-q", ...args], { env });
}

/** The same where the commit must come about. Returns what the hooks said. */
export function commitWell(repo: Repo, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const { status, stderr } = commit(repo, args, env);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return stderr;
}

/** What `countersign log` tells of a commit. */
export interface LogEntry {
  readonly oid: string;
  readonly state: string;
  readonly agents: readonly string[];
  readonly evidence: readonly { readonly kind: string; readonly text: string }[];
}

/** What `countersign log` tells of a commit and those before it, newest first. */
export function logOf(repo: Repo, revision = "HEAD"): readonly LogEntry[] {
  const { status, stdout, stderr } = countersign(repo, ["log", "--format", "jsonl", revision]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** What git itself reads as stamps. */
export function stampsOf(repo: Repo, revision = "HEAD"): readonly string[] {
  const values = repo.git(["log", "-1", "--format=%(trailers:key=Assisted-by,valueonly)", revision]);
  return values.split("\n").filter((value) => value !== "");
}
