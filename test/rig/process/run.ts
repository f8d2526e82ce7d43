import { spawnSync } from "node:child_process";
import { LIMIT_MS } from "./limit.ts";
import { runFromSmallParent } from "./small-parent.ts";

/** What a person sees of a program's run. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string | Buffer;
}

/** The same with what it printed byte for byte. */
export interface RunBytes {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

const MOST = 512 * 1024 * 1024;

export function run(program: string, args: readonly string[], options: RunOptions): Run {
  const { status, stdout, stderr } = runBytes(program, args, options);
  return { status, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
}

export function runBytes(program: string, args: readonly string[], { cwd, env, input = "" }: RunOptions): RunBytes {
  const done = runFromSmallParent(program, args, { cwd, env, input });
  if (done !== undefined) return done;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env,
    input,
    maxBuffer: MOST,
    timeout: LIMIT_MS,
  });
  // A program may refuse before it has read its input; its status says so.
  if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  return { status, stdout, stderr };
}
