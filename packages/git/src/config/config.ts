import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** The values of some settings, by their names in lower case. Where one is set twice, the later counts, as in git. */
export async function readConfig(context: GitContext, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const pattern = `^(${names.map((name) => name.toLowerCase().replaceAll(".", "\\.")).join("|")})$`;
  const { output } = await git(context, ["config", "-z", "--get-regexp", pattern], [0, 1]);
  const settings = new Map<string, string>();
  for (const entry of output.split("\0")) {
    const [name = "", ...value] = entry.split("\n");
    if (name !== "") settings.set(name, value.join("\n"));
  }
  return settings;
}

/** The value of a setting that is a path, with `~` resolved; undefined where it is not set. */
export async function readPathSetting(context: GitContext, name: string): Promise<string | undefined> {
  const { status, output } = await git(context, ["config", "-z", "--type=path", "--get", name], [0, 1]);
  return status === 0 ? output.replace(/\0$/, "") : undefined;
}
