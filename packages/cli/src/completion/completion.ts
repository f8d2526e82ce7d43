import { script } from "@bomb.sh/tab";
import type { ExitCode } from "@countersign/core/internal";
import { type CommandContext, print } from "../context.ts";
import { BASH_SCRIPT } from "./bash-script.ts";

export type Shell = "bash" | "zsh" | "fish" | "powershell";

/** Prints what a shell reads to complete the program's command lines. */
export async function completion({ stdout }: CommandContext, shell: Shell): Promise<ExitCode> {
  if (shell === "bash") await print(stdout, BASH_SCRIPT);
  else script(shell, "countersign", "countersign");
  return 0;
}
