import { existsSync } from "node:fs";
import { findHookSite, git } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { HOOK_NAMES } from "../../managers/hook-name.ts";
import { type CheckResult, fine, problem } from "../check-result.ts";
import { inspectHook } from "../hook/inspect-hook.ts";
import type { Trial } from "../hook/trial.ts";

/** No more work trees are looked at. */
const MOST = 50;

/** Whether git would run our hooks in the other work trees of the clone too: settings and files are each one's own. */
export async function checkWorkTrees(trial: Trial): Promise<readonly CheckResult[]> {
  const others = (await listWorkTrees(trial))
    .filter((tree) => tree !== trial.site.root && existsSync(tree))
    .slice(0, MOST);
  const results: CheckResult[] = [];
  for (const tree of others) {
    const site = await findHookSite({ ...trial.context, cwd: tree });
    const hooks = HOOK_NAMES.filter((hook) => !inspectHook({ ...trial, site }, hook).calls);
    if (hooks.length > 0) results.push(problem("WORK_TREE_UNGUARDED", { folder: escapeText(tree), hooks }));
  }
  if (results.length > 0 || others.length === 0) return results;
  return [
    fine(
      `hooks that call countersign are in ${others.length === 1 ? "the other work tree" : `${others.length} other work trees`} as well (looked at, not run)`,
    ),
  ];
}

async function listWorkTrees({ context }: Trial): Promise<readonly string[]> {
  const { output } = await git(context, ["worktree", "list", "--porcelain"]);
  const trees = output.split("\n\n").filter((entry) => !/^(?:bare|prunable)\b/m.test(entry));
  return trees.flatMap((entry) => /^worktree (.+)$/m.exec(entry)?.[1] ?? []);
}
