import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** Whether a value is one that switches a setting of git off. */
export function isOff(value: string): boolean {
  return /^(?:false|no|off|0)$/i.test(value);
}

/** Whether a setting of git is on; undefined where it is not set. @throws `GIT_FAILED` where its value is neither on nor off. */
export async function readSwitch(context: GitContext, name: string): Promise<boolean | undefined> {
  const { status, output } = await git(context, ["config", "--type=bool", "--get", name], [0, 1]);
  return status === 0 ? output.trim() === "true" : undefined;
}
