import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";
import { withNamespace, withoutNamespace } from "./namespace.ts";

/** The full name of the ref that `name` stands for; undefined if it is not a symbolic ref. */
export async function readSymbolicRef(context: GitContext, name: string): Promise<string | undefined> {
  const args = ["symbolic-ref", "--quiet", "--", withNamespace(context, name)];
  const { status, output } = await git(context, args, [0, 1]);
  return status === 0 ? withoutNamespace(context, output.slice(0, -1)) : undefined;
}
