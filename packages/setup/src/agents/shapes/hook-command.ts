import { posix } from "node:path";
import type { Launcher } from "../installers/installer.ts";

export interface HookCall {
  readonly agent: string;
  readonly launcher: Launcher;
  /** What stands before `node_modules`, as a POSIX shell reads it; nothing where hooks run in the root of the project. */
  readonly root?: string;
  /** The folder to go to first, for a root that must be asked for: fish takes no such question where a program is named. */
  readonly folder?: string;
}

/** Where a package manager puts the program, from the root of the project. */
export const DEPENDENCY = "node_modules/.bin/countersign";

/**
 * A line for a POSIX shell that marks what the agent does and never disturbs it. Where the program is missing, `cat`
 * takes the input, since a writer without a reader fails, and ends with status 0, since some agents stop at any other.
 */
export function shellCommand({ agent, launcher, root = "", folder }: HookCall): string {
  if (launcher === "path")
    return `command -v countersign >/dev/null && countersign ${markArguments(agent)} || ${IGNORE}`;
  const program = `${root}${DEPENDENCY}`;
  const there = folder === undefined ? `test -x ${program}` : `cd ${folder} && test -x ${program}`;
  return `${there} && ${program} ${markArguments(agent)} || ${markElsewhere(agent)} || ${IGNORE}`;
}

const IGNORE = "cat >/dev/null";

/**
 * The same with the program of another work tree, or of the PATH: a linked work tree need not have packages of its own,
 * and an agent's project may be a folder below the root. Without a `$`, which some agents replace in their settings.
 */
export function markElsewhere(agent: string): string {
  const args = JSON.stringify(markArguments(agent).split(" "));
  return `node -e '${FIND_PROGRAM}process.exitCode=c.spawnSync(p,${args},{stdio:"inherit"}).status??1'`;
}

const FIND_PROGRAM = [
  'const c=require("child_process")',
  "e=process.env",
  't=c.spawnSync("git",["worktree","list","--porcelain"],{cwd:e.CLAUDE_PROJECT_DIR||e.FACTORY_PROJECT_DIR,encoding:"utf8"}).stdout||""',
  `p=t.split("\\n").map(l=>l.slice(9)+"/${DEPENDENCY}").find(require("fs").existsSync)||"countersign";`,
].join(",");

/** The same for Windows PowerShell, in which `&&` does not exist. */
export function powerShellCommand({ agent, launcher }: HookCall): string {
  const program = launcher === "path" ? "countersign" : `${DEPENDENCY}.cmd`;
  const there = launcher === "path" ? `Get-Command ${program} -ErrorAction SilentlyContinue` : `Test-Path ${program}`;
  return `if (${there}) { & ${program} ${markArguments(agent)} }; exit 0`;
}

/** The same for Windows where it is not known whether cmd or PowerShell reads it: both start `cmd /c "…"` alike. */
export function windowsCommand({ agent, launcher }: HookCall): string {
  const program = launcher === "path" ? "countersign" : `${DEPENDENCY.replaceAll("/", "\\")}.cmd`;
  const there = launcher === "path" ? `where /q ${program}` : `if exist ${program}`;
  return `cmd /c "${there}${launcher === "path" ? " &&" : ""} ${program} ${markArguments(agent)} || exit 0"`;
}

/** By this our entries are known again, whichever launcher they were written for. */
export function callSign(agent: string): string {
  return `countersign ${markArguments(agent)}`;
}

/** What the program is called with. */
export function markArguments(agent: string): string {
  return `mark --agent ${agent}`;
}

/** The way to the root of a project from the folder of one of its files. */
export function wayToRoot(path: string): string {
  return posix.relative(posix.dirname(path), "");
}
