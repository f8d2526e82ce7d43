import { type Finding, fine, problem } from "./finding.ts";
import { inspectHook } from "./inspect-hook.ts";
import type { CloneTrial } from "./pre-push.ts";

const HOOKS = ["pre-commit", "prepare-commit-msg", "commit-msg"] as const;

/** The hooks that note an agent's part while a commit is made. They are looked at and not run: they may change things. */
export function checkCommitHooks(trial: CloneTrial): readonly Finding[] {
  const absent = HOOKS.filter((hook) => !inspectHook(trial.site, hook, trial).calls);
  return absent.length === 0
    ? [fine(`${HOOKS.join(", ")} call countersign`)]
    : [problem("COMMIT_HOOKS_ABSENT", { hooks: absent })];
}
