import type { GitRepository } from "./git-repository.ts";

/**
 * Uses a repository and closes it, however that ends. Where the reading did not end well, what was found by it is thrown
 * away: the failure is the answer.
 */
export async function useRepository<Result>(
  repository: GitRepository,
  use: (repository: GitRepository) => Promise<Result>,
): Promise<Result> {
  let result: Result;
  try {
    result = await use(repository);
  } catch (error) {
    repository.abandon();
    throw error;
  }
  await repository.close();
  return result;
}
