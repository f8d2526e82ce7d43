import { asFault, EXIT_CODES, type ExitCode } from "@countersign/core/internal";
import { comment } from "../github/comment.ts";
import { judge } from "../github/judge.ts";
import { records } from "../github/records.ts";
import { Runner } from "../github/runner.ts";

/** The jobs of a workflow, by the names that the gate is called with. */
const JOBS: Readonly<Record<string, (runner: Runner) => Promise<ExitCode>>> = { judge, comment, records };

// Set first: however this ends, it has not passed unless a job says so.
process.exitCode = EXIT_CODES.undecided;
const runner = new Runner(process.env, (text) => process.stdout.write(text));
try {
  const name = process.argv[2] ?? runner.input("job") ?? "judge";
  const job = Object.hasOwn(JOBS, name) ? JOBS[name] : undefined;
  if (!job) throw new Error(`there is no job ${name}`);
  process.exitCode = await job(runner);
} catch (error) {
  runner.fail(asFault(error));
}
