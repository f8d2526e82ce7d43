import type { Repository } from "../repository.ts";

/**
 * Uses a repository and closes it, however that ends. Where the reading did not end well, what was found by it is thrown
 * away: the failure is the answer.
 */
export async function closeAfter<Reader extends Repository, Result>(
  repository: Reader,
  use: (repository: Reader) => Promise<Result>,
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
