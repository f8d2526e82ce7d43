import { branchName } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git";
import { type HookSite, readGitVersion } from "@countersign/git/internal";
import type { Circumstances } from "../circumstances.ts";
import type { Finding } from "../finding.ts";
import { checkPolicy } from "../policy.ts";
import { checkRoster } from "../roster.ts";
import { checkVersions } from "../versions.ts";
import { checkPreReceive } from "./pre-receive.ts";
import { checkSettings } from "./settings.ts";

/** What is found of a bare repository that people push to, check by check. */
export async function* examineServer(
  repository: GitRepository,
  site: HookSite,
  { env, now, signal }: Circumstances,
): AsyncGenerator<readonly Finding[]> {
  const { context, format } = repository;
  yield await checkVersions(context, process.versions.node);
  const branch = branchName((await repository.symbolicRef("HEAD")) ?? "") ?? "main";
  const gitVersion = await readGitVersion(context);
  yield await checkPreReceive({ context, site, format, env, gitVersion, branch, signal });
  const { findings, policy } = await checkPolicy(repository, { bare: true, now });
  yield findings;
  if (policy) yield checkRoster(policy, now);
  yield await checkSettings(context);
}
