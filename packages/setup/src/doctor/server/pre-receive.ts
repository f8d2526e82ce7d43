import type { ObjectFormat } from "@countersign/core";
import { type GitContext, type HookSite, withoutRepository, withPrivateFolder } from "@countersign/git/internal";
import { createProbe, pushProbe } from "../../probe/probe.ts";
import { installReceiveHook } from "../../probe/receive-hook.ts";
import type { Finding } from "../finding.ts";
import { inspectHook } from "../inspect-hook.ts";
import { LIMIT_MS, proveHook } from "../prove-hook.ts";

const HOOK = "pre-receive";

/** What the hook of a server is tried with. */
export interface ServerTrial {
  readonly context: GitContext;
  readonly site: HookSite;
  readonly format: ObjectFormat;
  readonly env: NodeJS.ProcessEnv;
  readonly gitVersion: string;
  /** The branch that HEAD names, by its short name. */
  readonly branch: string;
  readonly signal: AbortSignal;
}

/**
 * Pushes to a scratch repository that runs this one's pre-receive hook and has its settings for countersign. No other
 * hook runs there: those behind an accepted push deploy, and send mail.
 */
export async function checkPreReceive(trial: ServerTrial): Promise<readonly Finding[]> {
  const { context, site, format, env, branch, signal } = trial;
  const inspection = inspectHook(site, HOOK, trial);
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
