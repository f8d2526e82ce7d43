import { CountersignError } from "@countersign/core";
import { type CommandContext, printStopped } from "./context.ts";

/** Options by which a person says that nothing needs to be asked. */
export interface Consent {
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

/** @throws `UNATTENDED` if a question would have to be asked and nobody can answer it. */
export function requirePerson({ openStdin, stdout, env }: CommandContext, { yes, dryRun }: Consent): void {
  if (yes || dryRun) return;
  const missing = !openStdin().isTTY
    ? "standard input is redirected"
    : !stdout.isTTY
      ? "standard output is redirected"
      : !/^(?:0|false|no|off)?$/i.test(env["CI"] ?? "")
        ? "the variable CI is set, so this is not a person's terminal"
        : undefined;
  if (missing !== undefined) throw new CountersignError("UNATTENDED", { missing });
}

/** Asks whether to do what was shown. False if the answer is no; that is said. */
export async function confirmPlan(context: CommandContext, { yes }: Consent, message: string): Promise<boolean> {
  if (yes) return true;
  const { confirm, isCancel } = await import("@clack/prompts");
  const answer = await confirm({ message, input: context.openStdin(), output: context.stdout, withGuide: false });
  if (answer === true && !isCancel(answer)) return true;
  await printStopped(context);
  return false;
}
