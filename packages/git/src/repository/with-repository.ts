import { closeAfter } from "@countersign/core/internal";
import type { GitRepository } from "./git-repository.ts";
import { openGitRepository } from "./open-git-repository.ts";

/** Opens the repository of a folder, or the one that the environment names, and closes it, however its use ends. */
export async function withRepository<Result>(
  { cwd, env, seconds }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly seconds?: number },
  use: (repository: GitRepository) => Promise<Result>,
): Promise<Result> {
  return closeAfter(await openGitRepository(cwd, env, seconds), use);
}
