import { findDestination } from "../destination/find-destination.ts";
import { resolveCommit } from "../destination/revision.ts";
import { CountersignError } from "../error.ts";
import { type PolicyInForce, readPolicy } from "../policy/in-force.ts";
import { findProtection } from "../policy/policy.ts";
import { branchName, type Destination } from "../ref.ts";
import type { ConfiguredRepository } from "../repository.ts";
import { findSimilar } from "../similar.ts";

/** What to judge for. */
export interface PolicyOptions {
  /** The branch, by its short name; absent, the default branch of where work lands. */
  readonly branch?: string;
  /** The revision that has the policy, or how to read one from elsewhere; absent, the policy in force. */
  readonly policy?: string | (() => Promise<PolicyInForce>);
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
export async function choosePolicy(repository: ConfiguredRepository, options: PolicyOptions): Promise<PolicyChoice> {
  const choice = await findChoice(repository, options);
  if (options.branch !== undefined) await requireBranch(repository, choice);
  return choice;
}

/** A branch that is misspelt is protected by nothing, so that it would switch a check off without a word. */
async function requireBranch(
  repository: ConfiguredRepository,
  { destination, policy, branch }: PolicyChoice,
): Promise<void> {
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

/** The short names of all branches that are known here: the repository's own, and those that its remotes were last seen to have. */
async function listBranchNames(repository: ConfiguredRepository): Promise<ReadonlySet<string>> {
  const refs = await Promise.all([repository.refs("refs/heads"), repository.refs("refs/remotes")]);
  return new Set(refs.flat().flatMap(({ name }) => /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/.exec(name)?.[1] ?? []));
}

async function findChoice(
  repository: ConfiguredRepository,
  { branch: named, policy: asked }: PolicyOptions,
): Promise<PolicyChoice> {
  const { destination, policyPlace } = await findDestination(repository);
  const branch = named ?? destination.defaultBranch;
  if (branch === undefined) throw new CountersignError("POLICY_REF_UNKNOWN", {});
  if (typeof asked === "function") return { destination, branch, policy: await asked(), trial: true };
  const place = asked === undefined ? policyPlace : { ref: asked, commit: await resolveCommit(repository, asked) };
  if (!place) throw new CountersignError("POLICY_REF_UNKNOWN", {});
  const policy = await readPolicy(repository, place);
  if (!policy) throw new CountersignError("POLICY_MISSING", { ref: place.ref });
  return { destination, branch, policy, trial: place.commit !== policyPlace?.commit };
}
