import type { Cleanup } from "./cleanup.ts";
import type { GitCommand } from "./git-command.ts";

/** The command that goes on with a message that was kept, for a person to paste. */
export function resumeCommand(file: string, { amends }: GitCommand, { cuts }: Cleanup): string {
  const options = [
    ...(amends ? ["--amend"] : []),
    // The diff in the file is cut off only where git is asked to show it.
    ...(cuts ? ["-v"] : []),
  ];
  return ["git commit", ...options, "-e -F", quoteForShell(file)].join(" ");
}

function quoteForShell(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
