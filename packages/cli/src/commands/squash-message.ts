import { choosePolicy, type ExitCode, resolveCommit, sumUp } from "@countersign/core/internal";
import { withRepository } from "@countersign/git/internal";
import { type CommandContext, print } from "../context.ts";
import { type JudgingOptions, policyOptions } from "../judging/judging-options.ts";

export interface SquashMessageOptions extends JudgingOptions {
  /** The first line, in place of a commit's own. */
  readonly title?: string;
}

/** Prints the message under which a branch can be squashed, and nothing else; what it cannot keep is said on standard error. */
export function squashMessage(
  context: CommandContext,
  revision: string,
  options: SquashMessageOptions,
): Promise<ExitCode> {
  return withRepository(context, async (repository): Promise<ExitCode> => {
    const choice = await choosePolicy(repository, policyOptions(repository, options));
    const tip = await resolveCommit(repository, revision);
    const { message, lost } = await sumUp(repository, choice, tip, options.title);
    await print(context.stdout, message);
    if (lost > 0) await print(context.stderr, `${notice(lost, choice.policy.policy.ledger)}\n`);
    return 0;
  });
}

function notice(lost: number, ledger: string | undefined): string {
  const cosigns = lost === 1 ? "a co-sign in a message does" : `${lost} co-signs in messages do`;
  const where = ledger === undefined ? "the ledger, once the policy names one (`ledger:`)" : "the ledger";
  return `countersign: ${cosigns} not survive the squash; co-sign the branch as one change in ${where}: countersign cosign`;
}
