import { OpenRepository } from "@countersign/core";
import { openContext } from "./process/context.ts";
import { withoutRepository } from "./process/environment.ts";
import { GitRepository } from "./repository/git-repository.ts";
import { readFormat } from "./repository/open-git-repository.ts";

export interface OpenOptions {
  /** A folder of the repository; absent, the working directory. */
  readonly path?: string;
  /**
   * The variables for git. Absent, those of this process; with a path, without those by which git lets a hook know which
   * repository it runs for.
   */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Opens a repository over the git program. Nothing stays running between two questions.
 * @throws `NOT_A_REPOSITORY`, `OWNER_MISMATCH`, `GIT_NOT_STARTED`, `DIRECTORY_MISSING`.
 */
export async function openRepository(place: string | OpenOptions = {}): Promise<OpenRepository> {
  const { path, env } = typeof place === "string" ? ({ path: place } as OpenOptions) : place;
  const variables = env ?? (path === undefined ? process.env : withoutRepository(process.env));
  const context = openContext(path ?? process.cwd(), variables);
  const format = await readFormat(context);
  return new OpenRepository((signal) => new GitRepository({ ...context, signal }, format));
}
