import type { GitRepository } from "./git-repository.ts";
import { openGitRepository } from "./open-repository.ts";

/** Opens the repository of a folder, or the one that the environment names, and closes it, however its use ends. */
export async function withRepository<Result>(
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  use: (repository: GitRepository) => Promise<Result>,
): Promise<Result> {
  return closeAfter(await openGitRepository(cwd, env), use);
}

/**
 * Uses a repository and closes it, however that ends. Where the reading did not end well, what was found by it is thrown
 * away: the failure is the answer.
 */
export async function closeAfter<Result>(
  repository: GitRepository,
  use: (repository: GitRepository) => Promise<Result>,
): Promise<Result> {
  let result: Result;
  try {
    result = await use(repository);
  } catch (error) {
    repository.kill();
    throw error;
  }
  await repository.close();
  return result;
}
