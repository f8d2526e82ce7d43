import { spawnSync } from "node:child_process";

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

const MOST = 512 * 1024 * 1024;

export function run(program: string, args: readonly string[], { cwd, env, input = "" }: RunOptions): Run {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env,
    input,
    maxBuffer: MOST,
    timeout: 300_000,
  });
  // A program may refuse before it has read its input; its status says so.
  if (error && (error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  return { status, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
}
