import { withPrivateFolder } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { type CheckResult, problem } from "../check-result.ts";
import { createProbe, isRedirected, type Probe, type ProbePush, pushProbe } from "../probe/probe.ts";
import { LIMIT_MS } from "./prove-hook.ts";
import type { Trial } from "./trial.ts";

const BRANCHES = ["main", "release/probe"] as const;

/** Makes a probe in the temporary folder, unless git would push elsewhere, and removes it behind the check. */
export function withCloneProbe(
  { context, format, env }: Trial,
  check: (probe: Probe) => Promise<readonly CheckResult[]>,
): Promise<readonly CheckResult[]> {
  return withPrivateFolder(async (folder) => {
    if (await isRedirected(context, folder)) return [problem("PROBE_REDIRECTED", { folder: escapeText(folder) })];
    return check(await createProbe(folder, { format, env, branches: BRANCHES }));
  });
}

/** Pushes from the real repository, past its real hook. */
export function pushFromClone(
  { site, signal }: Trial,
  probe: Probe,
  updates: Probe["assisted"],
  env: NodeJS.ProcessEnv,
): Promise<ProbePush> {
  return pushProbe(probe, updates, { cwd: site.root, env }, { limit: LIMIT_MS, signal });
}
