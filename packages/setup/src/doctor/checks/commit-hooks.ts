import { HOOK_NAMES } from "../../managers/hook-name.ts";
import { type CheckResult, fine, problem } from "../check-result.ts";
import { inspectHook } from "../hook/inspect-hook.ts";
import type { Trial } from "../hook/trial.ts";

const HOOKS = HOOK_NAMES.filter((hook) => hook !== "pre-push");

/** The hooks that note an agent's part while a commit is made. They are looked at and not run: they may change things. */
export function checkCommitHooks(trial: Trial): readonly CheckResult[] {
  const absent = HOOKS.filter((hook) => !inspectHook(trial, hook).calls);
  return absent.length === 0
    ? [fine(`${HOOKS.join(", ")} call countersign`)]
    : [problem("COMMIT_HOOKS_ABSENT", { hooks: absent })];
}
