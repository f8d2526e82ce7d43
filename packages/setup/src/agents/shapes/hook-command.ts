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

/** Where a package manager puts the program, from the root of the work tree. */
export function dependencyPath({ dependencyOf }: Exclude<Launcher, "path">): string {
  return posix.join(dependencyOf, "node_modules/.bin/countersign");
}

/**
 * A line for a POSIX shell that marks what the agent does and never disturbs it. Where the program is missing, `cat`
 * takes the input, since a writer without a reader fails, and ends with status 0, since some agents stop at any other.
 */
export function shellCommand({ agent, launcher, root = "", folder }: HookCall): string {
  if (launcher === "path")
    return `command -v countersign >/dev/null && countersign ${markArguments(agent)} || ${IGNORE}`;
  const path = dependencyPath(launcher);
  const program = `${root}${path}`;
  const there = folder === undefined ? `test -x ${program}` : `cd ${folder} && test -x ${program}`;
  return `${there} && ${program} ${markArguments(agent)} || ${markElsewhere(agent, path)} || ${IGNORE}`;
}

const IGNORE = "cat >/dev/null";

/**
 * The same with the program of another work tree, or of the PATH: a linked work tree need not have packages of its own,
 * and an agent may work in a folder below the root. Without a `$`, which some agents replace in their settings.
 */
export function markElsewhere(agent: string, path: string): string {
  const args = JSON.stringify(markArguments(agent).split(" "));
  return `node -e '${findProgram(path)}process.exitCode=c.spawnSync(p,${args},{stdio:"inherit"}).status??1'`;
}

function findProgram(path: string): string {
  return [
    'const c=require("child_process")',
    "e=process.env",
    't=c.spawnSync("git",["worktree","list","--porcelain"],{cwd:e.CLAUDE_PROJECT_DIR||e.FACTORY_PROJECT_DIR,encoding:"utf8"}).stdout||""',
    `p=(t.match(/^worktree .+/gm)||[]).map(l=>l.slice(9)+"/${path}").find(require("fs").existsSync)||"countersign";`,
  ].join(",");
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
