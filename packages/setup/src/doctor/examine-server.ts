import { branchName } from "@countersign/core/internal";
import type { GitRepository, HookSite } from "@countersign/git/internal";
import type { CheckResult } from "./check-result.ts";
import { checkLedger } from "./checks/ledger.ts";
import { checkPolicy } from "./checks/policy-in-force.ts";
import { checkPreReceive } from "./checks/pre-receive.ts";
import { checkRoster } from "./checks/roster-keys.ts";
import { checkSettings } from "./checks/server-settings.ts";
import { checkVersions } from "./checks/versions.ts";
import type { Circumstances } from "./circumstances.ts";
import { openTrial } from "./hook/trial.ts";

/** What is found of a bare repository that people push to, check by check. */
export async function* examineServer(
  repository: GitRepository,
  site: HookSite,
  circumstances: Circumstances,
): AsyncGenerator<readonly CheckResult[]> {
  const { context } = repository;
  const { now } = circumstances;
  yield await checkVersions(context, process.versions.node);
  const branch = branchName((await repository.symbolicRef("HEAD")) ?? "") ?? "main";
  yield await checkPreReceive(await openTrial(repository, site, circumstances), branch);
  const { results, policy } = await checkPolicy(repository, { bare: true, now });
  yield results;
  if (policy) {
    yield checkRoster(policy, now);
    yield await checkLedger(repository, policy);
  }
  yield await checkSettings(context);
}
