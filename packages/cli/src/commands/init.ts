import type { ExitCode } from "@countersign/core/internal";
import { withRepository } from "@countersign/git/internal";
import {
  applyInit,
  askChoices,
  type Choices,
  type Foresight,
  findDefaults,
  foresee,
  formatNextSteps,
  formatNotes,
  formatPlan,
  type InitOptions,
  lookAround,
  planInit,
} from "@countersign/setup";
import { confirmPlan, requirePerson } from "../consent.ts";
import { type CommandContext, printLines, printStopped } from "../context.ts";
import { showProgress } from "../output/progress.ts";
import { VERSION } from "../version.ts";

const GUESSED =
  "the seniors are a guess, the people with the most commits in a year: name them with --senior, or correct the file";

/** Sets a repository up: a first policy, and hooks that the manager in use runs. 0 done or nothing to do, 1 not wanted. */
export function init(context: CommandContext, options: InitOptions): Promise<ExitCode> {
  requirePerson(context, options);
  return withRepository<ExitCode>(context, async (repository) => {
    const { cwd, env, paint, stdout } = context;
    const surroundings = await lookAround(repository, cwd, env);
    const defaults = await findDefaults(surroundings, cwd, options);
    const policyIsNew = surroundings.policyFile === undefined;
    const foresees = async (chosen: Choices): Promise<Foresight | undefined> => {
      const progress = showProgress(context.stderr, "commits");
      const found = await foresee(surroundings, chosen, (commits) => progress.at(commits));
      progress.end();
      return found;
    };
    const unasked = options.yes || options.dryRun;
    const choices = unasked
      ? defaults
      : await askChoices(context, surroundings, defaults, { options, foresee: foresees });
    if (choices === undefined) {
      await printStopped(context);
      return 1;
    }
    const plan = await planInit(surroundings, choices, defaults, VERSION);
    if (plan.steps().length === 0) {
      // Agents that were asked for and not found are the one thing that nobody would expect.
      const notes = choices.agents?.length === 0 ? formatNotes(plan) : [];
      await printLines(stdout, [`countersign: everything is set up (${choices.manager})`, ...notes]);
      return 0;
    }
    if (unasked && policyIsNew && options.senior === undefined && choices.seniors.length > 0)
      plan.notes.unshift(GUESSED);
    // Where questions were asked, it was said before the last of them about the policy.
    const foresight = unasked && policyIsNew ? await foresees(choices) : undefined;
    await printLines(stdout, formatPlan(plan, choices, { policyIsNew, foresight }, paint));
    if (options.dryRun) return 0;
    if (!(await confirmPlan(context, options, "Do this?"))) return 1;
    await applyInit(surroundings, plan);
    const next = formatNextSteps(plan, choices, { root: surroundings.root, folder: context.calledFrom });
    await printLines(stdout, ["", `countersign: ${paint.good("set up")}`, ...next]);
    return 0;
  });
}
