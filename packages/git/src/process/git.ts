import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { CountersignError } from "@countersign/core";
import { gitEnvironment } from "./environment.ts";

/** Where git is run, and with which variables. */
export interface GitContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A git that is running: what it prints comes by `stdout`, and `ended` tells whether it did its work. */
export interface RunningGit {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves to the status when it is an expected one, rejects with a typed error otherwise: output read before is then incomplete. */
  readonly ended: Promise<number>;
  kill(): void;
}

export function openContext(cwd: string, env: NodeJS.ProcessEnv): GitContext {
  return { cwd, env: gitEnvironment(env) };
}

const STDERR_KEPT = 4096;

/**
 * Settings that would change what plumbing shows. git reads the first after the environment, so that a configured
 * "true" would bring replacement refs back; a branch may be named like an object id.
 */
const SETTINGS = [
  ["-c", "core.useReplaceRefs=false"],
  // A commit-graph file names parents a second time, and a forged one hides history.
  ["-c", "core.commitGraph=false"],
  ["-c", "core.warnAmbiguousRefs=false"],
  ["-c", "advice.graftFileDeprecated=false"],
  // A configured monitor is a program that git would start for reading commands as well. Old gits take "false" for one.
  ["-c", "core.fsmonitor="],
].flat();

/** The one door to git: no shell, data never first among the arguments, every way to fail typed. */
export function startGit(context: GitContext, args: readonly string[], expected: readonly number[] = [0]): RunningGit {
  const child = spawnGit(context, args);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (stderr.length < STDERR_KEPT) stderr += text;
  });
  // git may end before it has read all its input; its status tells whether that is a failure.
  child.stdin.on("error", () => {});
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", (cause) => reject(startFailure(context, cause)));
    child.on("close", (status, signal) => {
      // A killed git has no status, and "no status" must never pass for success.
      if (status !== null && expected.includes(status)) resolve(status);
      else reject(endFailure(args, status, signal, stderr));
    });
  });
  // Whoever reads awaits `ended` after the last line; until then a rejection is not unhandled but early.
  ended.catch(() => {});
  return { stdin: child.stdin, stdout: child.stdout, ended, kill: () => killQuietly(child) };
}

/** What git printed, and its status where several are expected. */
export interface GitAnswer {
  readonly status: number;
  readonly output: Buffer;
}

export interface AskOptions {
  readonly input?: string;
  readonly expected?: readonly number[];
}

/**
 * Runs git to its end, for short answers: streams, which are for the rest, take longer to set up than git to answer.
 * Nothing else happens meanwhile.
 */
export function askGit(context: GitContext, args: readonly string[], options: AskOptions = {}): GitAnswer {
  const { input = "", expected = [0] } = options;
  const { cwd, env } = context;
  const { error, status, signal, stdout, stderr } = spawnSync("git", [...SETTINGS, ...args], {
    cwd,
    env,
    input,
    maxBuffer: Number.POSITIVE_INFINITY,
    windowsHide: true,
  });
  // A git that ended before it had read all its input has answered nonetheless; its status tells.
  if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") throw startFailure(context, error);
  if (status !== null && expected.includes(status)) return { status, output: stdout };
  throw endFailure(args, status, signal, stderr.toString("utf8", 0, STDERR_KEPT));
}

/** The same for an answer that is text. */
export async function readGit(
  context: GitContext,
  args: readonly string[],
  expected: readonly number[] = [0],
): Promise<{ status: number; output: string }> {
  const { status, output } = askGit(context, args, { expected });
  return { status, output: output.toString() };
}

/** The same place for a program that talks with a person: in their own language, which `own` tells. */
export function withOwnLanguage({ cwd, env: { LC_ALL: _, ...env } }: GitContext, own: NodeJS.ProcessEnv): GitContext {
  return { cwd, env: own["LC_ALL"] === undefined ? env : { ...env, LC_ALL: own["LC_ALL"] } };
}

/** Runs git for a person to read: on the terminal that this process has, with git's own pager. */
export function showGit(context: GitContext, args: readonly string[]): Promise<void> {
  const child = spawn("git", [...SETTINGS, ...args], {
    cwd: context.cwd,
    env: context.env,
    stdio: "inherit",
    windowsHide: true,
  });
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => reject(startFailure(context, cause)));
    // However it ends: a pager that is left early ends git by a signal.
    child.on("close", () => resolve());
  });
}

/** How a git ended that was run as a person runs it. */
export interface GitAttempt {
  /** Undefined where it was ended before it came to one. */
  readonly status: number | undefined;
  /** Whether it took longer than it was given. */
  readonly late: boolean;
  /** The beginning of what it and the programs that it started printed, as it came. */
  readonly output: string;
}

export interface AttemptOptions {
  /** Milliseconds after which it is ended. */
  readonly limit: number;
  /** Ends it: a person gave up. */
  readonly signal?: AbortSignal;
}

const OUTPUT_KEPT = 256 * 1024;
/** What a hook left running may hold the pipes open; so long is waited for the last of the output. */
const LAST_OUTPUT_MS = 500;

/**
 * Runs git with a person's own environment and settings, hooks included, and takes every end for an answer. It gets a
 * process group of its own: a hook's programs would go on without the git that waits for them.
 * @throws `GIT_NOT_STARTED`, `DIRECTORY_MISSING`.
 */
export function attemptGit(
  context: GitContext,
  args: readonly string[],
  { limit, signal }: AttemptOptions,
): Promise<GitAttempt> {
  const { cwd, env } = context;
  const child = spawn("git", args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < OUTPUT_KEPT) output += text;
    });
  }
  let late = false;
  const end = (): void => endGroup(child);
  const timer = setTimeout(() => {
    late = true;
    end();
  }, limit);
  signal?.addEventListener("abort", end, { once: true });
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => reject(startFailure(context, cause)));
    child.on("exit", () => {
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, LAST_OUTPUT_MS).unref();
    });
    child.on("close", (status) => resolve({ status: status ?? undefined, late, output }));
  }).finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }) as Promise<GitAttempt>;
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}

function killQuietly(child: ChildProcess): void {
  child.stdin?.destroy();
  child.stdout?.destroy();
  // One that never started has the id 0, by which Node would signal our whole process group.
  if (child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) child.kill();
}

function startFailure(context: GitContext, cause: unknown): CountersignError {
  // A missing working directory and a missing program both give ENOENT, a file in its place ENOTDIR.
  if (!isFolder(context.cwd)) return new CountersignError("DIRECTORY_MISSING", { directory: context.cwd }, { cause });
  return new CountersignError("GIT_NOT_STARTED", { reason: (cause as Error).message }, { cause });
}

function spawnGit({ cwd, env }: GitContext, args: readonly string[]): ChildProcessWithoutNullStreams {
  try {
    return spawn("git", [...SETTINGS, ...args], { cwd, env, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
  } catch (cause) {
    // Node throws some failures and emits others.
    throw startFailure({ cwd, env }, cause);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Chooses the words for a failure. git's text picks the advice and nothing else: every failure is one. */
function endFailure(
  args: readonly string[],
  status: number | null,
  signal: string | null,
  stderr: string,
): CountersignError {
  const said = stderr.trim();
  // The rest of the line, quoted for a shell as git printed it.
  const directory = /safe\.directory (.+)/.exec(said)?.[1];
  if (directory !== undefined) return new CountersignError("OWNER_MISMATCH", { directory });
  if (/not a git repository/i.test(said)) return new CountersignError("NOT_A_REPOSITORY", {});
  const end = signal === null ? `status ${status}` : `signal ${signal}`;
  return new CountersignError("GIT_FAILED", { command: `git ${args.join(" ")}`, end, said });
}
