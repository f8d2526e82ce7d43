import { CountersignError } from "@countersign/core";
import {
  type ExitCode,
  formatDay,
  resolveRange,
  type Simulation,
  type SimulationPlan,
  simulate as simulateHistory,
} from "@countersign/core/internal";
import { findRecentLandings, type GitRepository, RECENT, readDate } from "@countersign/git/internal";
import { formatSimulation, simulationToJson } from "@countersign/report";
import { type CommandContext, currentTime, printJson, printProse } from "../context.ts";
import { parseCount } from "../count-option.ts";
import { findBranchTip } from "../judging/branch-tip.ts";
import type { JudgingOptions } from "../judging/judging-options.ts";
import { chooseTrialPolicy } from "../judging/trial-policy.ts";
import { withinTime } from "../judging/within-time.ts";
import { showProgress } from "../output/progress.ts";

export interface SimulateOptions extends JudgingOptions {
  readonly commits?: string;
  readonly merges?: string;
  readonly since?: string;
  readonly format: "text" | "json";
}

/** Replays history under a policy and reports what that would have refused. 0 whatever it is: nothing was judged to land. */
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
  if (range !== undefined && options.since !== undefined) {
    const problem = "a range already says where to begin";
    throw new CountersignError("OPTION_INVALID", { option: "--since", problem });
  }
  return withinTime<ExitCode>(context, async (repository) => {
    const { policy, branch, destination } = await chooseTrialPolicy(repository, options);
    const since = options.since === undefined ? undefined : await readDate(repository, "--since", options.since);
    const history =
      range === undefined
        ? await findRecentLandings(repository, await findBranchTip(repository, destination, branch), {
            commits,
            merges,
            since,
          })
        : await readRange(repository, range);
    const nameFor = ({ merges: replayed, tally }: Simulation): string => {
      if (range !== undefined) return `${range} for ${branch}`;
      const [count, asked, what] = replayed
        ? [replayed.count, merges ?? RECENT.merges, "merges"]
        : [tally.commits, commits ?? RECENT.commits, "commits"];
      if (since !== undefined && commits === undefined && merges === undefined) {
        return `the ${count} ${what} of ${branch} since ${formatDay(since)}`;
      }
      return `${count < asked ? "all" : "the last"} ${count} ${what} of ${branch}`;
    };
    const progress = showProgress(context.stderr, "commits");
    const plan = { policy: policy.policy, branch, destination, now: currentTime(), history };
    const simulation = await simulateHistory(repository, { ...plan, progress: (done) => progress.at(done) });
    progress.end();
    if (options.format === "json") await printJson(context.stdout, simulationToJson(simulation, policy));
    else await printProse(context.stdout, formatSimulation(simulation, policy, nameFor(simulation), context.paint));
    return 0;
  });
}

async function readRange(repository: GitRepository, range: string): Promise<SimulationPlan["history"]> {
  const { from, to } = await resolveRange(repository, range);
  return { tip: to, exclude: from === undefined ? [] : [from] };
}
