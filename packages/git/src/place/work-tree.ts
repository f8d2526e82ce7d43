import { CountersignError } from "@countersign/core";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/**
 * The folder that holds the files of a repository.
 * @throws `WORK_TREE_MISSING`
 */
export async function findWorkTree({ context }: Pick<GitRepository, "context">): Promise<string> {
  const { status, output } = await git(context, ["rev-parse", "--show-toplevel"], [0, 128]);
  if (status !== 0) throw new CountersignError("WORK_TREE_MISSING", {});
  return output.replace(/\n$/, "");
}

/**
 * Those of some paths below a folder that git ignores. None of them may hold a line feed or what git would quote. Where
 * git refuses to say, as for a path beyond a link, none is.
 */
export async function findIgnored(
  { context: { env: variables } }: Pick<GitRepository, "context">,
  folder: string,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  // This command alone takes no pathspecs, and refuses to run where they are switched to literal ones.
  const { GIT_LITERAL_PATHSPECS: _, ...env } = variables;
  const context = { cwd: folder, env };
  const { output } = await git(context, ["check-ignore", "--", ...paths], [0, 1, 128]);
  return new Set(output.split("\n").filter((path) => path !== ""));
}
