import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CountersignError } from "@countersign/core";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/** What git leaves behind in its folder while an operation waits to be continued. */
const MARKS: readonly (readonly [file: string, operation: string, finish: string])[] = [
  ["rebase-merge", "a rebase", "`git rebase --continue` or `git rebase --abort`"],
  ["rebase-apply", "a rebase or `git am`", "`git rebase --continue` or `git rebase --abort` (`git am` likewise)"],
  ["MERGE_HEAD", "a merge", "`git merge --continue` or `git merge --abort`"],
  ["CHERRY_PICK_HEAD", "a cherry-pick", "`git cherry-pick --continue` or `git cherry-pick --abort`"],
  ["REVERT_HEAD", "a revert", "`git revert --continue` or `git revert --abort`"],
  ["sequencer", "a cherry-pick or revert of several commits", "`git cherry-pick --continue` or `--abort`"],
];

/**
 * Refuses while git is in the middle of something that remembers the branch's commits: in this work tree, or in another
 * one that has the branch checked out or is rebasing it.
 * @throws `OPERATION_UNDER_WAY`.
 */
export async function refuseWorkUnderWay(context: GitContext, ref: string): Promise<void> {
  const { output } = await git(context, ["rev-parse", "--git-dir", "--git-common-dir"]);
  const [own = "", common = ""] = output.split("\n").map((path) => resolve(context.cwd, path));
  for (const folder of new Set([own, common, ...(await linkedFolders(common))])) {
    for (const [file, operation, finish] of MARKS) {
      if (!existsSync(join(folder, file))) continue;
      const concerned = folder === own || (await contentsOf(folder, "HEAD")) === `ref: ${ref}`;
      if (!concerned && (await contentsOf(folder, file, "head-name")) !== ref) continue;
      const where = folder === own ? "" : " in another work tree";
      throw new CountersignError("OPERATION_UNDER_WAY", {
        operation: `${operation}${where}`,
        finish: `${finish}, then co-sign`,
      });
    }
  }
}

async function linkedFolders(common: string): Promise<readonly string[]> {
  const names = await readdir(join(common, "worktrees")).catch(() => []);
  return names.map((name) => join(common, "worktrees", name));
}

async function contentsOf(...path: readonly string[]): Promise<string> {
  return (await readFile(join(...path), "utf8").catch(() => "")).trim();
}
