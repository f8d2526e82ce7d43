import { currentDirectory } from "@countersign/git/internal";
import { reportDefect } from "./command-fault.ts";
import { run } from "./program.ts";

/** Runs the program as the main one of this process. */
export function main(): void {
  // An agent takes another end of its hook for a veto, and `mark` never has one.
  const isHook = process.argv[2] === "mark";

  // Whatever ends this process early ends it as "could not decide".
  process.exitCode = isHook ? 0 : 2;

  // A reader that went away, as `| head` does, must not turn into a crash, and a crash not into a pass.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});

  const { env, stdout, stderr } = process;
  const processContext = { cwd: currentDirectory(process), env, openStdin: () => process.stdin, stdout, stderr };

  process.on("uncaughtException", (error) => {
    reportDefect(error, processContext);
    process.exitCode = isHook ? 0 : 2;
  });

  void run(process.argv.slice(2), processContext).then((code) => {
    process.exitCode = isHook ? 0 : code;
  });
}
