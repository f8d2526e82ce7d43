import { CountersignError, type PolicyInForce, readPolicy } from "@countersign/core";
import { resolveCommit } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";

/** The policy of a revision that a person named. @throws `POLICY_MISSING` if it has none. */
export async function readPolicyAt(repository: GitRepository, revision: string): Promise<PolicyInForce> {
  const place = { ref: revision, commit: await resolveCommit(repository, revision) };
  const policy = await readPolicy(repository, place);
  if (!policy) throw new CountersignError("POLICY_MISSING", { ref: revision });
  return policy;
}
