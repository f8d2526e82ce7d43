import { CountersignError, type ObjectFormat } from "@countersign/core";
import { type GitContext, openContext } from "../process/context.ts";
import { git } from "../process/git.ts";
import { limitTime } from "../process/limit-time.ts";
import { GitRepository } from "./git-repository.ts";

/**
 * Opens the repository that `cwd` is in, or that the environment names inside a hook.
 * @throws `NOT_A_REPOSITORY`, `OWNER_MISMATCH`, `GIT_NOT_STARTED`, `DIRECTORY_MISSING`.
 */
export async function openGitRepository(cwd: string, env: NodeJS.ProcessEnv, seconds?: number): Promise<GitRepository> {
  const plain = openContext(cwd, env);
  const context = seconds === undefined ? plain : limitTime(plain, seconds);
  return new GitRepository(context, await readFormat(context));
}

/** How the repository of a context names its objects. */
export async function readFormat(context: GitContext): Promise<ObjectFormat> {
  const { output } = await git(context, ["rev-parse", "--show-object-format"]);
  const format = output.trim();
  if (format === "sha1" || format === "sha256") return format;
  throw new CountersignError("GIT_FAILED", {
    command: "git rev-parse --show-object-format",
    end: `"${format}"`,
    said: "",
  });
}
