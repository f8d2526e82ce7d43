import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Run, run } from "../process/run.ts";
import { runProgram } from "../process/warm/programs.ts";
import { refsOf } from "../repository/refs.ts";
import type { Repo } from "../repository/repo.ts";
import type { Scratch } from "../repository/scratch.ts";
import { PRE_PUSH_BIN } from "../suite/bins.ts";
import { OBJECT_FORMAT } from "../suite/variation.ts";
import type { Attempt } from "./attempt.ts";
import { hookStatusFile, type ObjectFormat, type PushWorld, readHookStatus } from "./push-world.ts";

export interface PushOptions {
  /** The ref of the server that the push is about: a branch's short name or a full name. */
  readonly to?: string;
  /** What that ref is to become. Default: what HEAD is. */
  readonly tip?: string;
  /** Whether the push takes that ref away. */
  readonly deleted?: boolean;
  readonly repo?: Repo;
  readonly env?: NodeJS.ProcessEnv;
  /** Options of `git` itself. */
  readonly git?: readonly string[];
}

/** A push in the engineer's own words, told by what became of one ref. */
export function pushTo(world: PushWorld, args: readonly string[], options: PushOptions = {}): Attempt {
  const { to = "main", repo = world.dev, env = {}, git = [] } = options;
  const ref = to.startsWith("refs/") ? to : `refs/heads/${to}`;
  const before = world.server.ref(ref);
  const tip = options.deleted ? undefined : (options.tip ?? repo.oid("HEAD"));
  rmSync(hookStatusFile(repo), { force: true });
  const result = repo.try([...git, "push", ...args], { env });
  return { ...result, refs: refsOf(world.server), hook: readHookStatus(repo), ref, before, tip };
}

export interface HookCall {
  readonly remote?: string;
  readonly url?: string;
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** The hook without a push around it, for what git itself would never call it with. */
export function runPrePush(
  repo: Repo,
  { remote = "origin", url = "nowhere", input = "", cwd = repo.dir, env = {} }: HookCall,
): Run {
  return runProgram(PRE_PUSH_BIN, [remote, url], { cwd, env: { ...repo.env, ...env }, input });
}

/** One of the lines that git gives the hook. */
export function refLine(local: string, ref: string, old: string, typed = "HEAD"): string {
  return `${typed} ${local} ${ref} ${old}\n`;
}

/** The id of no object, for a ref that is created or deleted. */
export function zero(format: ObjectFormat = OBJECT_FORMAT): string {
  return "0".repeat(format === "sha1" ? 40 : 64);
}

/** A folder with a program named `git` that is none; its script calls the real one as `"$REAL" "$@"`. */
export function writeFakeGit(scratch: Scratch, script: string): string {
  const folder = join(scratch.dir, "fake-git");
  mkdirSync(folder, { recursive: true });
  const real = run("sh", ["-c", "command -v git"], { cwd: scratch.dir, env: scratch.env }).stdout.trim();
  const path = join(folder, "git");
  writeFileSync(path, `#!/bin/sh\nREAL="${real}"\n${script}\n`);
  chmodSync(path, 0o755);
  return folder;
}
