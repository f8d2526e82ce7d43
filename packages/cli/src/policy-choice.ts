import { CountersignError, type Destination, type PolicyInForce, readPolicy } from "@countersign/core";
import { findDestination, type GitRepository, readWorkTreePolicy, resolveCommit } from "@countersign/git";

/** The options by which a person says what to judge for. */
export interface PolicyOptions {
  readonly branch?: string;
  readonly policy?: string;
  readonly workTreePolicy?: boolean;
}

export interface PolicyChoice {
  readonly destination: Destination;
  readonly policy: PolicyInForce;
  readonly branch: string;
  /** Whether another policy than the one in force was asked for. */
  readonly trial: boolean;
}

/** Finds the branch that is judged for and the policy that is judged by: the one in force unless another is asked for. */
export async function choosePolicy(repository: GitRepository, options: PolicyOptions): Promise<PolicyChoice> {
  const { destination, policyPlace } = await findDestination(repository);
  const branch = options.branch ?? destination.defaultBranch;
  if (branch === undefined) throw new CountersignError("POLICY_REF_UNKNOWN", {});
  if (options.workTreePolicy) return { destination, branch, policy: await readWorkTreePolicy(repository), trial: true };
  const { policy: revision } = options;
  const place =
    revision === undefined ? policyPlace : { ref: revision, commit: await resolveCommit(repository, revision) };
  if (!place) throw new CountersignError("POLICY_REF_UNKNOWN", {});
  const policy = await readPolicy(repository, place);
  if (!policy) throw new CountersignError("POLICY_MISSING", { ref: place.ref });
  return { destination, branch, policy, trial: place.commit !== policyPlace?.commit };
}
