import type { GitContext } from "./process/context.ts";
import { git, gitSync } from "./process/git.ts";

/** A setting that git would use, and where it stands. */
export interface Setting {
  readonly value: string;
  /** `local` is this repository's, `global` the user's, `system` the machine's; `worktree` and `command` are rarer. */
  readonly scope: string;
}

/** How git is to read a value: as a path, with its `~` resolved, or as `true` or `false`. */
type SettingType = "path" | "bool";

/** The setting that is in force, wherever it stands; undefined also where it is set to nothing. */
export async function readSetting(context: GitContext, name: string, type?: SettingType): Promise<Setting | undefined> {
  const args = ["config", "--show-scope", "-z", ...(type ? [`--type=${type}`] : []), "--get", name];
  const { status, output } = await git(context, args, [0, 1]);
  const [scope = "", value = ""] = output.split("\0");
  return status === 0 && value !== "" ? { scope, value } : undefined;
}

/** Its value alone. */
export async function readValue(context: GitContext, name: string, type?: SettingType): Promise<string | undefined> {
  return (await readSetting(context, name, type))?.value;
}

/** Its value alone, asked for while nothing else happens; empty if it is not set. */
export function readValueSync(context: GitContext, name: string): string {
  return gitSync(context, ["config", "--get", name], { expected: [0, 1] })
    .output.toString()
    .trim();
}

/** Whether a setting of git is on; undefined if it is not set. @throws `GIT_FAILED` if its value is neither on nor off. */
export async function readSwitch(context: GitContext, name: string): Promise<boolean | undefined> {
  const value = await readValue(context, name, "bool");
  return value === undefined ? undefined : value === "true";
}

/** Whether a value is one that switches a setting of git off. */
export function isOff(value: string): boolean {
  return /^(?:false|no|off|0)$/i.test(value);
}

/** The values of some settings, by their names in lower case. Where one is set twice, the later counts, as in git. */
export async function readSettings(
  context: GitContext,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const pattern = names.map((name) => name.toLowerCase().replaceAll(".", "\\.")).join("|");
  const settings = await listSettings(context, `^(${pattern})$`);
  return new Map(settings.map(([name, value]) => [name, value ?? ""]));
}

/** Every setting whose name fits a regular expression of git's, in git's order. A name without a value is a switch that is on. */
export async function listSettings(
  context: GitContext,
  pattern: string,
  ...where: readonly "--local"[]
): Promise<readonly (readonly [name: string, value: string | undefined])[]> {
  const { output } = await git(context, ["config", ...where, "-z", "--get-regexp", pattern], [0, 1]);
  return output.split("\0").flatMap((entry) => {
    const [, name, value] = /^([^\n]+)(?:\n(.*))?$/s.exec(entry) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });
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
