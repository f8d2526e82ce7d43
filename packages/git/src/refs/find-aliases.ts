import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commonDirOf, findGitDir } from "../place/git-dir.ts";
import type { GitContext } from "../process/context.ts";
import { withNamespace } from "./namespace.ts";
import { readSymbolicRef } from "./symbolic-ref.ts";

/**
 * The symbolic refs among some refs, with what they stand for, whether that is there or not: git lists none that leads
 * nowhere, and creates what it leads to when it is pushed.
 */
export async function findAliases(context: GitContext, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const folder = commonDirOf(await findGitDir(context, undefined));
  const aliases = new Map<string, string>();
  for (const name of names) {
    if (!mayBeSymbolic(folder, withNamespace(context, name))) continue;
    const target = await readSymbolicRef(context, name);
    if (target !== undefined) aliases.set(name, target);
  }
  return aliases;
}

/** Where refs are files, a symbolic one is a file that says so, or a link: few are, and git need not be asked for each ref. */
function mayBeSymbolic(folder: string, name: string): boolean {
  if (lstatSync(join(folder, "reftable"), { throwIfNoEntry: false })) return true;
  const path = join(folder, name);
  const state = lstatSync(path, { throwIfNoEntry: false });
  if (state?.isSymbolicLink()) return true;
  return state?.isFile() === true && readFileSync(path, "utf8").startsWith("ref:");
}
