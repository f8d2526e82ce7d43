import { CountersignError, type ObjectId } from "@countersign/core";
import {
  type ExitCode,
  resolveRange,
  type Simulation,
  type SimulationPlan,
  simulate as simulateHistory,
} from "@countersign/core/internal";
import { findMerges, type GitRepository } from "@countersign/git/internal";
import { formatSimulation, simulationToJson } from "@countersign/report";
import { type CommandContext, currentTime, printJson, printLines } from "../context.ts";
import { parseCount } from "../count-option.ts";
import { findBranchTip } from "../judging/branch-tip.ts";
import type { JudgingOptions } from "../judging/judging-options.ts";
import { chooseTrialPolicy } from "../judging/trial-policy.ts";
import { withinTime } from "../judging/within-time.ts";
import { showProgress } from "../output/progress.ts";

export interface SimulateOptions extends JudgingOptions {
  readonly commits?: string;
  readonly merges?: string;
  readonly format: "text" | "json";
}

/** So many commits are replayed where nothing else is asked for. */
const COMMITS = 500;

/** Replays history under a policy and tells what that would have refused. 0 whatever it is: nothing was judged to land. */
export function simulate(
  context: CommandContext,
  range: string | undefined,
  options: SimulateOptions,
): Promise<ExitCode> {
  const commits = parseCount("--commits", options.commits);
  const merges = parseCount("--merges", options.merges);
  if ([range, commits, merges].filter((choice) => choice !== undefined).length > 1) {
    const problem = "a range, --commits and --merges are three ways to say what to replay; give one of them";
    throw new CountersignError("OPTION_INVALID", { option: "simulate", problem });
  }
  return withinTime<ExitCode>(context, async (repository) => {
    const { policy, branch, destination } = await chooseTrialPolicy(repository, options);
    const tip = (): Promise<ObjectId> => findBranchTip(repository, destination, branch);
    const most = commits ?? COMMITS;
    const history =
      range !== undefined
        ? await readRange(repository, range)
        : merges !== undefined
          ? await findMerges(repository, await tip(), merges)
          : await lastCommits(tip, most);
    const nameFor = (found: Simulation): string => {
      if (range !== undefined) return `${range} for ${branch}`;
      const [count, asked, what] = found.merges
        ? [found.merges.count, merges ?? 0, "merges"]
        : [found.tally.commits, most, "commits"];
      return `${count < asked ? "all" : "the last"} ${count} ${what} of ${branch}`;
    };
    const progress = showProgress(context.stderr, "commits");
    const plan = { policy: policy.policy, branch, destination, now: currentTime(), history };
    const simulation = await simulateHistory(repository, { ...plan, progress: (done) => progress.at(done) });
    progress.end();
    if (options.format === "json") await printJson(context.stdout, simulationToJson(simulation, policy));
    else await printLines(context.stdout, formatSimulation(simulation, policy, nameFor(simulation), context.paint));
    return 0;
  });
}

async function lastCommits(tip: () => Promise<ObjectId>, most: number): Promise<SimulationPlan["history"]> {
  return { tip: await tip(), exclude: [], most };
}

async function readRange(repository: GitRepository, range: string): Promise<SimulationPlan["history"]> {
  const { from, to } = await resolveRange(repository, range);
  return { tip: to, exclude: from === undefined ? [] : [from] };
}
