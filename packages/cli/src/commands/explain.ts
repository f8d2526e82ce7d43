import { explainCommit, formatExplanation } from "@countersign/core";
import { resolveCommit } from "@countersign/git";
import { type CommandContext, currentTime, type ExitCode, printLines, withRepository } from "../context.ts";
import { choosePolicy, type PolicyOptions } from "../policy-choice.ts";

/** Explains one commit: 0 where it may land, 1 where it may not. */
export function explain(context: CommandContext, revision: string, options: PolicyOptions): Promise<ExitCode> {
  return withRepository(context, async (repository) => {
    const { policy, branch } = await choosePolicy(repository, options);
    const commit = await resolveCommit(repository, revision);
    const explanation = await explainCommit(repository, policy, branch, commit, currentTime());
    await printLines(context.stdout, formatExplanation(explanation, policy, context.paint));
    const refused = explanation.protection?.mode === "enforce" && (explanation.verdict?.violations.length ?? 0) > 0;
    return refused ? 1 : 0;
  });
}
