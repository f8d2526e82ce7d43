import { CountersignError } from "@countersign/core";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/**
 * A date as git reads it, in seconds since 1970: `2 weeks ago`, `2026-01-31`, `yesterday`. @throws `OPTION_INVALID` for
 * what git makes nothing of, and would take for now.
 */
export async function readDate({ context }: GitRepository, option: string, text: string): Promise<number> {
  const { output } = await git(context, ["rev-parse", `--since=${text}`]);
  const seconds = Number(/^--max-age=(\d+)$/.exec(output.trim())?.[1]);
  const now = Math.floor(Date.now() / 1000);
  if (Number.isSafeInteger(seconds) && seconds < now - 1) return seconds;
  const problem = `"${text}" is not a date in the past; git reads "2 weeks ago", "2026-01-31" and the like`;
  throw new CountersignError("OPTION_INVALID", { option, problem });
}
