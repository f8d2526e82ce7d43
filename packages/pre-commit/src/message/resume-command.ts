import { shellWord } from "@countersign/core/internal";
import type { Stamp } from "../provenance/stamps.ts";
import type { Cleanup } from "./cleanup.ts";
import type { GitCommand } from "./git-command.ts";

/**
 * The command that goes on with a message that was kept, for a person to paste. `missing`: lines that it lacks, with which
 * nothing is left to edit unless the file holds comments.
 */
export function resumeCommand(
  file: string,
  { amends }: GitCommand,
  { cuts, edited }: Cleanup,
  missing: readonly Stamp[] = [],
): string {
  const options = [
    ...(amends ? ["--amend"] : []),
    // The diff in the file is cut off only where git is asked to show it.
    ...(cuts ? ["-v"] : []),
    ...missing.map(({ line }) => `--trailer ${shellWord(line)}`),
    ...(missing.length > 0 && !edited ? [] : ["-e"]),
  ];
  return ["git commit", ...options, "-F", shellWord(file)].join(" ");
}
