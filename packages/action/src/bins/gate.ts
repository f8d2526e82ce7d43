import { asFault, EXIT_CODES, type ExitCode, undecided } from "@countersign/core/internal";
import { formatDecision } from "@countersign/report";
import { comment } from "../github/comment.ts";
import { judge } from "../github/judge.ts";
import { records } from "../github/records.ts";
import { Runner } from "../github/runner.ts";
import { judge as judgeGitlab } from "../gitlab/judge.ts";
import { Runner as GitlabRunner } from "../gitlab/runner.ts";

/** The jobs of a workflow on GitHub, by the names that the gate is called with. */
const JOBS: Readonly<Record<string, (runner: Runner) => Promise<ExitCode>>> = { judge, comment, records };

/** The one job of a pipeline on GitLab. */
const GITLAB = "gitlab";

function print(text: string): void {
  process.stdout.write(text);
}

async function runOnGithub(name: string | undefined): Promise<void> {
  const runner = new Runner(process.env, print);
  try {
    const wanted = name ?? runner.input("job") ?? "judge";
    const job = Object.hasOwn(JOBS, wanted) ? JOBS[wanted] : undefined;
    if (!job) throw new Error(`there is no job ${wanted}`);
    process.exitCode = await job(runner);
  } catch (error) {
    runner.fail(asFault(error));
  }
}

async function runOnGitlab(): Promise<void> {
  try {
    process.exitCode = await judgeGitlab(new GitlabRunner(process.env, print));
  } catch (error) {
    print(`${formatDecision(undecided(asFault(error))).join("\n")}\n`);
  }
}

// Set first: however this ends, it has not passed unless a job says so.
process.exitCode = EXIT_CODES.undecided;
const name = process.argv[2];
await (name === GITLAB ? runOnGitlab() : runOnGithub(name));
