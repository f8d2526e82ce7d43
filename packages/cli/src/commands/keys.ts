import { CountersignError } from "@countersign/core";
import { choosePolicy, type ExitCode, formatAllowedSigners } from "@countersign/core/internal";
import { withRepository } from "@countersign/git/internal";
import { formatKeys } from "@countersign/report";
import { type CommandContext, currentTime, print, printLines } from "../context.ts";
import { type JudgingOptions, policyOptions } from "../judging/judging-options.ts";

export interface KeysOptions extends JudgingOptions {
  readonly allowedSigners?: boolean;
  readonly namespace: string;
}

/** Lists the roster's keys, or writes them as OpenSSH's allowed signers. */
export function keys(context: CommandContext, options: KeysOptions): Promise<ExitCode> {
  const { namespace } = options;
  if (!/^[A-Za-z0-9@._-]+$/.test(namespace)) {
    throw new CountersignError("OPTION_INVALID", { option: "--namespace", problem: `"${namespace}" is no namespace` });
  }
  return withRepository<ExitCode>(context, async (repository) => {
    const { policy } = (await choosePolicy(repository, policyOptions(repository, options))).policy;
    if (options.allowedSigners) await print(context.stdout, formatAllowedSigners(policy, namespace, currentTime()));
    else await printLines(context.stdout, formatKeys(policy, currentTime(), context.paint));
    return 0;
  });
}
