import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** The full name of the ref that `name` stands for; undefined where it is no symbolic ref. */
export async function readSymbolicRef(context: GitContext, name: string): Promise<string | undefined> {
  const { status, output } = await git(context, ["symbolic-ref", "--quiet", "--", name], [0, 1]);
  return status === 0 ? output.slice(0, -1) : undefined;
}
