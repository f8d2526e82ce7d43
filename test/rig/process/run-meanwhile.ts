import { spawn } from "node:child_process";
import type { Run, RunOptions } from "./run.ts";

/** Runs a program while this process serves it: the servers of a test are here. */
export async function runMeanwhile(
  program: string,
  args: readonly string[],
  options: Omit<RunOptions, "input">,
): Promise<Run> {
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, stdout, stderr };
}
