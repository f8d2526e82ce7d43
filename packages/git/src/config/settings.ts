import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** Where a setting stands that git would use. */
export interface Setting {
  readonly value: string;
  /** `local` is this repository's, `global` the user's, `system` the machine's; `worktree` and `command` are rarer. */
  readonly scope: string;
}

/** The setting that is in force, wherever it stands. With `path`, a `~` in it is resolved. */
export async function readSetting(context: GitContext, name: string, type?: "path"): Promise<Setting | undefined> {
  const args = ["config", "--show-scope", "-z", ...(type ? [`--type=${type}`] : []), "--get", name];
  const { status, output } = await git(context, args, [0, 1]);
  const [scope = "", value = ""] = output.split("\0");
  return status === 0 && value !== "" ? { scope, value } : undefined;
}

/** The value that this repository itself has for a setting. */
export async function readOwnSetting(context: GitContext, name: string): Promise<string | undefined> {
  const { status, output } = await git(context, ["config", "--local", "-z", "--get", name], [0, 1]);
  return status === 0 ? output.replace(/\0$/, "") : undefined;
}

/** Sets a value for this repository alone; undefined takes it away. */
export async function writeOwnSetting(context: GitContext, name: string, value: string | undefined): Promise<void> {
  const change = value === undefined ? ["--unset", name] : [name, value];
  // 5: there is none to take away.
  await git(context, ["config", "--local", ...change], [0, 5]);
}
