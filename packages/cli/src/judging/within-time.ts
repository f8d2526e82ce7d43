import { type GitRepository, TimeLimit, withRepository } from "@countersign/git/internal";
import type { CommandContext } from "../context.ts";

/** How many seconds judging may take by itself. */
const LONGEST = 10 * 60;

/** Opens the repository for judging, and ends that where it takes too long. @throws `TIMED_OUT`. */
export function withinTime<Result>(
  context: CommandContext,
  judge: (repository: GitRepository) => Promise<Result>,
): Promise<Result> {
  const limit = new TimeLimit(LONGEST);
  return withRepository({ ...context, limit }, async (repository) => {
    await limit.configure(repository);
    return judge(repository);
  });
}
