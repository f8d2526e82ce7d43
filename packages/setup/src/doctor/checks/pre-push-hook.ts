import { join } from "node:path";
import { escapeText } from "@countersign/report";
import { type CheckResult, problem } from "../check-result.ts";
import { pushFromClone, withCloneProbe } from "../hook/clone-probe.ts";
import { inspectHook } from "../hook/inspect-hook.ts";
import { proveHook } from "../hook/prove-hook.ts";
import type { Trial } from "../hook/trial.ts";

const HOOK = "pre-push";

/** Pushes from the real repository past its real hook, to a scratch repository in the temporary folder. */
export async function checkPrePush(trial: Trial): Promise<readonly CheckResult[]> {
  const inspection = inspectHook(trial, HOOK);
  const results = await withCloneProbe(trial, (probe) =>
    proveHook({
      hook: HOOK,
      inspection,
      probe,
      push: (updates) => pushFromClone(trial, probe, updates, trial.env),
    }),
  );
  const { doubledBy: name } = inspection;
  const path = escapeText(join(trial.site.hooksDir, HOOK));
  return name === undefined ? results : [...results, problem("HOOK_TWICE", { name, path })];
}
