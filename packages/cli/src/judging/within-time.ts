import { type GitRepository, withRepository } from "@countersign/git/internal";
import type { CommandContext } from "../context.ts";

/** How many seconds judging may take by itself. */
const LONGEST = 10 * 60;

/** Opens the repository for judging, and ends that where it takes too long. @throws `TIMED_OUT`. */
export function withinTime<Result>(
  context: CommandContext,
  judge: (repository: GitRepository) => Promise<Result>,
): Promise<Result> {
  return withRepository({ ...context, seconds: LONGEST }, judge);
}
