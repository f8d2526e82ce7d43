import { CODES, CountersignError, explainCode, isCountersignError, type ObjectId } from "@countersign/core";
import { choosePolicy, type ExitCode, explainCommit, findSimilar, resolveCommit } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";
import { formatCode, formatCodes, formatExplanation } from "@countersign/report";
import { type CommandContext, currentTime, printProse } from "../context.ts";
import { type JudgingOptions, policyOptions } from "../judging/judging-options.ts";
import { withinTime } from "../judging/within-time.ts";

export interface ExplainOptions extends JudgingOptions {
  /** List every code. */
  readonly codes?: boolean;
}

/**
 * Explains one commit, or one code of a report. A code's name is a code, whatever refs there are: a branch of that name
 * is `refs/heads/NAME`. Returns 1 for a commit that may not land.
 */
export async function explain(
  context: CommandContext,
  name: string | undefined,
  options: ExplainOptions,
): Promise<ExitCode> {
  if (name === undefined) {
    if (!options.codes) throw invalid("say which commit or code, or --codes to list all codes");
    await printProse(context.stdout, formatCodes(context.paint));
    return 0;
  }
  if (options.codes) throw invalid("--codes lists all codes; leave out the name, or the option");
  const code = explainCode(name);
  if (code) {
    await printProse(context.stdout, formatCode(code, context.paint));
    return 0;
  }
  return explainRevision(context, name, options).catch((error) => {
    // FETCH_HEAD is written like a code, so that only what is neither is one that was misspelled.
    const unknown = isCountersignError(error) && NO_COMMIT.has(error.code);
    if (!unknown || !/^[A-Z]+(?:_[A-Z]+)+$/i.test(name)) throw error;
    const similar = findSimilar(
      name,
      CODES.map(({ code }) => code),
    );
    throw new CountersignError("CODE_UNKNOWN", { code: name, similar }, { cause: error });
  });
}

const NO_COMMIT: ReadonlySet<string> = new Set(["REVISION_UNKNOWN", "NOT_A_REPOSITORY"]);

function explainRevision(context: CommandContext, revision: string, options: JudgingOptions): Promise<ExitCode> {
  return withinTime(context, async (repository) => {
    const commit = await resolveCommit(repository, revision);
    const choice = await choosePolicy(repository, policyOptions(repository, options));
    const tip = await findLatest(repository);
    const explanation = await explainCommit(repository, { ...choice, commit, tip, now: currentTime() });
    await printProse(context.stdout, formatExplanation(explanation, choice.policy, context.paint));
    const refused = explanation.protection?.mode === "enforce" && (explanation.verdict?.violations.length ?? 0) > 0;
    return refused ? 1 : 0;
  });
}

function invalid(problem: string): CountersignError {
  return new CountersignError("OPTION_INVALID", { option: "explain", problem });
}

/** Where the range ends that HEAD's branch would land; undefined if nothing was committed on it. */
async function findLatest(repository: GitRepository): Promise<ObjectId | undefined> {
  try {
    return await resolveCommit(repository, "HEAD");
  } catch (error) {
    if (isCountersignError(error) && error.code === "BRANCH_UNBORN") return undefined;
    throw error;
  }
}
