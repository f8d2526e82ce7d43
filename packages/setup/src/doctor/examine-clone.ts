import type { GitRepository } from "@countersign/git";
import { type HookSite, readGitVersion } from "@countersign/git/internal";
import { checkAgentHooks } from "./agent-hooks.ts";
import { checkCi } from "./ci-gate.ts";
import type { Circumstances } from "./circumstances.ts";
import { checkCommitHooks } from "./commit-hooks.ts";
import type { Finding } from "./finding.ts";
import { checkMarks } from "./marks.ts";
import { checkPolicy } from "./policy.ts";
import { checkGraphicalPath, checkPrePush } from "./pre-push.ts";
import { checkRoster } from "./roster.ts";
import { checkVersions } from "./versions.ts";

/** What is found, check by check: some take a while. */
export async function* examineClone(
  repository: GitRepository,
  site: HookSite,
  { env, now, signal }: Circumstances,
): AsyncGenerator<readonly Finding[]> {
  const { context, format } = repository;
  yield await checkVersions(context, process.versions.node);
  const trial = { context, site, format, env, gitVersion: await readGitVersion(context), signal };
  const pushed = await checkPrePush(trial);
  yield pushed;
  // A hook that does not do its work here does not elsewhere.
  if (pushed.every(({ state }) => state === "ok" || state === "advice")) {
    yield await checkGraphicalPath(trial, process.execPath);
  }
  yield checkCommitHooks(trial);
  const { findings, policy } = await checkPolicy(repository, { bare: false, now });
  yield findings;
  if (policy) yield checkRoster(policy, now);
  yield checkAgentHooks(site.root);
  yield await checkMarks(context);
  yield checkCi(site.root);
}
