import { CountersignError, fingerprint, readPublicKey } from "@countersign/core";
import { choosePolicy, type ExitCode, formatAllowedSigners } from "@countersign/core/internal";
import { withRepository } from "@countersign/git/internal";
import { formatKeys } from "@countersign/report";
import { findOwnKeys, findSelf, formatRosterLine, readNamedKey } from "@countersign/setup";
import { type CommandContext, currentTime, print, printLines, printProse } from "../context.ts";
import { type JudgingOptions, policyOptions } from "../judging/judging-options.ts";

export interface KeysOptions extends JudgingOptions {
  readonly allowedSigners?: boolean;
  readonly namespace: string;
  /** Whether to print one's own, for the roster. */
  readonly mine?: boolean;
  readonly key?: string;
}

/** Lists the roster's keys, or writes them as OpenSSH's allowed signers. */
export function keys(context: CommandContext, options: KeysOptions): Promise<ExitCode> {
  const { namespace } = options;
  if (!/^[A-Za-z0-9@._-]+$/.test(namespace)) {
    throw new CountersignError("OPTION_INVALID", {
      option: "--namespace",
      problem: `"${namespace}" is not a namespace`,
    });
  }
  if (options.mine) return printOwn(context, options.key);
  return withRepository<ExitCode>(context, async (repository) => {
    const { policy } = (await choosePolicy(repository, policyOptions(repository, options))).policy;
    if (options.allowedSigners) await print(context.stdout, formatAllowedSigners(policy, namespace, currentTime()));
    else await printProse(context.stdout, formatKeys(policy, currentTime(), context.paint));
    return 0;
  });
}

/** Prints what someone sends to the people who maintain the policy: data alone on standard output, what to do with it beside it. */
function printOwn(context: CommandContext, named: string | undefined): Promise<ExitCode> {
  return withRepository<ExitCode>(context, async (repository) => {
    const { env, cwd, stdout, stderr } = context;
    const self = await findSelf({ repository });
    if (!self) throw new CountersignError("SIGNER_UNNAMED", { said: "" });
    const keys = named === undefined ? await findOwnKeys({ repository, env }) : [readNamedKey(cwd, named)];
    const [line] = keys;
    const key = line === undefined ? undefined : readPublicKey(line);
    if (key === undefined || typeof key === "string") throw new CountersignError("KEY_MISSING", {});
    await printLines(stdout, [formatRosterLine({ ...self, keys })]);
    const next = "send this line to someone who maintains the policy; `countersign people add` reads it";
    await printProse(stderr, [`countersign: ${next}`, `  its fingerprint is ${fingerprint(key)}`]);
    return 0;
  });
}
