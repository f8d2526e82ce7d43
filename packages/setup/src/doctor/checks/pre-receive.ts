import { withoutRepository, withPrivateFolder } from "@countersign/git/internal";
import type { CheckResult } from "../check-result.ts";
import { inspectHook } from "../hook/inspect-hook.ts";
import { LIMIT_MS, proveHook } from "../hook/prove-hook.ts";
import type { Trial } from "../hook/trial.ts";
import { createProbe, pushProbe } from "../probe/probe.ts";
import { installReceiveHook } from "../probe/receive-hook.ts";

const HOOK = "pre-receive";

/**
 * Pushes to a scratch repository that runs this one's pre-receive hook and has its settings for countersign. No other
 * hook runs there: those behind an accepted push deploy, and send mail. `branch` is the one that HEAD names, by its short
 * name.
 */
export async function checkPreReceive(trial: Trial, branch: string): Promise<readonly CheckResult[]> {
  const { context, site, format, env, signal } = trial;
  const inspection = inspectHook(trial, HOOK);
  if (!inspection.runs) return inspection.causes;
  return withPrivateFolder(async (folder) => {
    const probe = await createProbe(folder, { format, env, branches: [branch, `${branch}-probe`] });
    await installReceiveHook(context, site, HOOK, probe);
    const from = { cwd: probe.source.cwd, env: { ...withoutRepository(env), GIT_DIR: probe.source.cwd } };
    return proveHook({
      hook: HOOK,
      inspection,
      probe,
      push: (updates) => pushProbe(probe, updates, from, { limit: LIMIT_MS, signal }),
    });
  });
}
