import { CountersignError, type Destination, type PolicyInForce, readPolicy } from "@countersign/core";
import { branchName, findDestination, findProtection, findSimilar, resolveCommit } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git";
import { listBranchNames, readWorkTreePolicy } from "@countersign/git/internal";

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

/**
 * Finds the branch that is judged for and the policy that is judged by: the one in force unless another is asked for.
 * @throws `BRANCH_NOT_FOUND`, `POLICY_REF_UNKNOWN`, `POLICY_MISSING` and what reading a policy throws.
 */
export async function choosePolicy(repository: GitRepository, options: PolicyOptions): Promise<PolicyChoice> {
  const choice = await findChoice(repository, options);
  if (options.branch !== undefined) await requireBranch(repository, choice);
  return choice;
}

/** A branch that is misspelt is protected by nothing, so that it would switch a check off without a word. */
async function requireBranch(repository: GitRepository, { destination, policy, branch }: PolicyChoice): Promise<void> {
  if (findProtection(policy.policy, branch) || destination.branches.has(branch)) return;
  const known = await listBranchNames(repository);
  // Whoever asks on a server may be about to receive the branch.
  if (known.has(branch) || (await repository.isBare())) return;
  const patterns = policy.policy.protect.flatMap((entry) => entry.branches.map(({ pattern }) => pattern));
  // `origin/main` is how git itself names the branch here.
  const inner = branch.slice(branch.indexOf("/") + 1);
  const meant =
    known.has(inner) || findProtection(policy.policy, inner)
      ? inner
      : findSimilar(branchName(branch) ?? branch, [...patterns, ...known]);
  throw new CountersignError("BRANCH_NOT_FOUND", { branch, meant });
}

async function findChoice(repository: GitRepository, options: PolicyOptions): Promise<PolicyChoice> {
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
