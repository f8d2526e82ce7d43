import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { type GitContext, throwIfEnded } from "./context.ts";
import { endFailure, startFailure } from "./failure.ts";

/** A git that is running: what it prints comes by `stdout`, and `ended` says whether it did its work. */
export interface RunningGit {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves to the status when it is an expected one, rejects with a typed error otherwise: output read before is then incomplete. */
  readonly ended: Promise<number>;
  kill(): void;
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
export function spawnGit(context: GitContext, args: readonly string[], expected: readonly number[] = [0]): RunningGit {
  const { cwd, signal } = context;
  throwIfEnded(context);
  const child = spawnChild(context, args);
  const kill = (): void => killQuietly(child);
  // Those who read what it prints learn why there is no more of it.
  const abort = (): void => killQuietly(child, signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  child.stdout.on("error", () => {});
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (stderr.length < STDERR_KEPT) stderr += text;
  });
  // git may end before it has read all its input; its status says whether that is a failure.
  child.stdin.on("error", () => {});
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", (cause) => reject(startFailure(cwd, cause)));
    child.on("close", (status, killed) => {
      signal?.removeEventListener("abort", abort);
      if (signal?.aborted) reject(signal.reason);
      else if (status !== null && expected.includes(status)) resolve(status);
      else reject(endFailure(args, { status, signal: killed, stderr }));
    });
  });
  // Anyone who reads awaits `ended` after the last line; until then a rejection is not unhandled but early.
  ended.catch(() => {});
  return { stdin: child.stdin, stdout: child.stdout, ended, kill };
}

/** Runs git to its end, for short answers in text, and its status where several are expected. */
export async function git(
  context: GitContext,
  args: readonly string[],
  expected: readonly number[] = [0],
): Promise<{ readonly status: number; readonly output: string }> {
  if (context.blocking) {
    const { status, output } = gitSync(context, args, { expected });
    return { status, output: output.toString() };
  }
  const { stdin, stdout, ended } = spawnGit(context, args, expected);
  stdin.end();
  const chunks: Buffer[] = [];
  stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const status = await ended;
  return { status, output: Buffer.concat(chunks).toString() };
}

/** What git printed, and its status where several are expected. */
export interface GitAnswer {
  readonly status: number;
  readonly output: Buffer;
}

export interface SyncOptions {
  readonly input?: string;
  readonly expected?: readonly number[];
}

/** Runs git to its end while nothing else happens. */
export function gitSync(
  { cwd, env, limit }: GitContext,
  args: readonly string[],
  options: SyncOptions = {},
): GitAnswer {
  const { input = "", expected = [0] } = options;
  const start = () =>
    spawnSync("git", [...SETTINGS, ...args], {
      cwd,
      env,
      input,
      maxBuffer: Number.POSITIVE_INFINITY,
      windowsHide: true,
      ...(limit && { timeout: limit.left, killSignal: "SIGKILL" }),
    });
  let answer = start();
  // Begun again with the time that is left, once that is known; where there is none, that is all there is to say.
  while (limit && isTimeout(answer.error)) answer = start();
  const { error, status, signal, stdout, stderr } = answer;
  // A git that ended before it had read all its input has answered nonetheless; its status says so.
  if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") throw startFailure(cwd, error);
  if (status !== null && expected.includes(status)) return { status, output: stdout };
  throw endFailure(args, { status, signal, stderr: stderr.toString("utf8", 0, STDERR_KEPT) });
}

function isTimeout(error: Error | undefined): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT";
}

/** Runs git for a person to read: on the terminal that this process has, with git's own pager. */
export function gitOnTerminal({ cwd, env }: GitContext, args: readonly string[]): Promise<void> {
  const child = spawn("git", [...SETTINGS, ...args], { cwd, env, stdio: "inherit", windowsHide: true });
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => reject(startFailure(cwd, cause)));
    // However it ends: a pager that is left early ends git by a signal.
    child.on("close", () => resolve());
  });
}

function spawnChild({ cwd, env }: GitContext, args: readonly string[]): ChildProcessWithoutNullStreams {
  try {
    return spawn("git", [...SETTINGS, ...args], { cwd, env, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });
  } catch (cause) {
    // Node throws some failures and emits others.
    throw startFailure(cwd, cause);
  }
}

function killQuietly(child: ChildProcess, reason?: Error): void {
  child.stdin?.destroy();
  child.stdout?.destroy(reason);
  // A program that git started may hold it open after git has ended.
  child.stderr?.destroy();
  // One that never started has the id 0, by which Node would signal our whole process group.
  if (child.pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) child.kill();
}
