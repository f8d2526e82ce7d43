import type { GitRepository, HookSite } from "@countersign/git/internal";
import type { CheckResult } from "./check-result.ts";
import { checkAgentHooks } from "./checks/agent-hook-files.ts";
import { checkCi } from "./checks/ci-gate.ts";
import { checkCommitHooks } from "./checks/commit-hooks.ts";
import { checkGraphicalPath } from "./checks/graphical-path.ts";
import { checkLedger } from "./checks/ledger.ts";
import { checkMarks } from "./checks/marks.ts";
import { checkPolicy } from "./checks/policy-in-force.ts";
import { checkPrePush } from "./checks/pre-push-hook.ts";
import { checkRoster } from "./checks/roster-keys.ts";
import { checkVersions } from "./checks/versions.ts";
import { checkWorkTrees } from "./checks/work-trees.ts";
import type { Circumstances } from "./circumstances.ts";
import { openTrial } from "./hook/trial.ts";

/** What is found, check by check: some take a while. */
export async function* examineClone(
  repository: GitRepository,
  site: HookSite,
  circumstances: Circumstances,
): AsyncGenerator<readonly CheckResult[]> {
  const { context } = repository;
  const { now } = circumstances;
  yield await checkVersions(context, process.versions.node);
  const trial = await openTrial(repository, site, circumstances);
  const pushed = await checkPrePush(trial);
  yield pushed;
  // A hook that does not do its work here does not elsewhere.
  if (pushed.every(({ state }) => state === "ok" || state === "advice")) {
    yield await checkGraphicalPath(trial, process.execPath);
  }
  yield checkCommitHooks(trial);
  yield await checkWorkTrees(trial);
  const { results, policy } = await checkPolicy(repository, { bare: false, now });
  yield results;
  if (policy) {
    yield checkRoster(policy, now);
    yield await checkLedger(repository, policy);
  }
  yield await checkAgentHooks(context, site.root, circumstances.env);
  yield await checkMarks(context);
  yield await checkCi(repository, site.root, policy, circumstances);
}
