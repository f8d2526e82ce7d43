import { type Decision, decisionToJson, formatDecision } from "@countersign/core";
import { resolveRange } from "@countersign/git";
import { type CommandContext, type ExitCode, print, printLines, withRepository } from "../context.ts";
import { judgeRange } from "../judge-range.ts";
import { choosePolicy, type PolicyOptions } from "../policy-choice.ts";
import { showProgress } from "../progress.ts";

export interface CheckOptions extends PolicyOptions {
  readonly format: "text" | "json";
}

const EXIT = { allow: 0, deny: 1, undecided: 2 } as const;

/** Judges a range as if it were pushed to, or merged into, a branch. */
export function check(context: CommandContext, range: string, options: CheckOptions): Promise<ExitCode> {
  return withRepository(context, async (repository) => {
    const choice = await choosePolicy(repository, options);
    const progress = showProgress(context.stderr, "commits");
    const revisions = await resolveRange(repository, range);
    const decision = await judgeRange(repository, choice, revisions, (commits) => progress.at(commits));
    progress.end();
    if (options.format === "json")
      await print(context.stdout, `${JSON.stringify(decisionToJson(decision), null, 2)}\n`);
    else await printLines(context.stdout, describe(decision, context));
    return EXIT[decision.outcome];
  });
}

/** A person who asks wants an answer even where a hook would be silent. */
function describe(decision: Decision, { paint }: CommandContext): readonly string[] {
  const lines = formatDecision(decision, paint);
  if (lines.length > 0) return lines;
  const [verdict] = decision.updates;
  const why =
    verdict?.branch === undefined
      ? "the policy does not protect this branch"
      : `${verdict.commits} new, none AI-assisted`;
  return [`countersign: ${paint.good("allowed")} (${why})`];
}
