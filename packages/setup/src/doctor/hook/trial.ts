import type { ObjectFormat } from "@countersign/core";
import { type GitContext, type GitRepository, type HookSite, readGitVersion } from "@countersign/git/internal";
import type { Circumstances } from "../circumstances.ts";

/** What the hooks of a repository are tried with. */
export interface Trial {
  readonly context: GitContext;
  readonly site: HookSite;
  readonly format: ObjectFormat;
  readonly gitVersion: string;
  /** The person's own environment: hooks may depend on all of it. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

export async function openTrial(
  { context, format }: GitRepository,
  site: HookSite,
  { env, signal }: Circumstances,
): Promise<Trial> {
  return { context, site, format, gitVersion: await readGitVersion(context), env, signal };
}
