import type { PolicyOptions } from "@countersign/core/internal";
import { type GitRepository, readWorkTreePolicy } from "@countersign/git/internal";

/** The options by which a person says what to judge for. */
export interface JudgingOptions {
  readonly branch?: string;
  readonly remote?: string;
  readonly policy?: string;
  readonly workTreePolicy?: boolean;
}

/** The same as the core knows it, which reads no work tree. */
export function policyOptions(
  repository: GitRepository,
  { workTreePolicy, branch, remote, policy }: JudgingOptions,
): PolicyOptions {
  const asked = workTreePolicy ? () => readWorkTreePolicy(repository) : policy;
  return {
    ...(branch !== undefined && { branch }),
    ...(remote !== undefined && { remote }),
    ...(asked !== undefined && { policy: asked }),
  };
}
