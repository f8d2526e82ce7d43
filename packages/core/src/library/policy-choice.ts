import { findDestination } from "../destination/find-destination.ts";
import { type KnownDestination, placeOf } from "../destination/known-destination.ts";
import { readInForce } from "../destination/read-in-force.ts";
import { resolveCommit } from "../destination/revision.ts";
import { CountersignError } from "../error.ts";
import { type PolicyInForce, readPolicy } from "../policy/in-force.ts";
import { findProtection } from "../policy/policy.ts";
import { branchName, branchRef, type Destination } from "../ref.ts";
import type { ConfiguredRepository } from "../repository.ts";
import { findSimilar } from "../similar.ts";

/** What to judge for. */
export interface PolicyOptions {
  /** The branch, by its short name; absent, the default branch of where work lands. */
  readonly branch?: string;
  /** The remote that work lands on; absent, the one that the repository is set up for. */
  readonly remote?: string;
  /** The revision that has the policy, or how to read one from elsewhere; absent, the policy in force. */
  readonly policy?: string | (() => Promise<PolicyInForce>);
}

export interface PolicyChoice {
  readonly destination: Destination;
  readonly policy: PolicyInForce;
  readonly branch: string;
  /** The remote that the work lands on; undefined for this repository itself. */
  readonly remote: string | undefined;
  /** Whether another policy than the one in force was asked for. */
  readonly trial: boolean;
}

/**
 * Finds the branch that is judged for and the policy that is judged by: the one in force unless another is asked for.
 * @throws `BRANCH_NOT_FOUND`, `POLICY_MISSING`, why it is not known which policy is in force, and what reading one throws.
 */
export async function choosePolicy(repository: ConfiguredRepository, options: PolicyOptions): Promise<PolicyChoice> {
  const choice = await findChoice(repository, options);
  if (options.branch !== undefined) await requireBranch(repository, choice);
  return choice;
}

/** A branch that is misspelled is protected by nothing, so that it would switch a check off without a word. */
async function requireBranch(
  repository: ConfiguredRepository,
  { destination, policy, branch }: PolicyChoice,
): Promise<void> {
  if (findProtection(policy.policy, branch) || destination.branches.has(branch)) return;
  const known = await listBranchNames(repository);
  // Anyone who asks on a server may be about to receive the branch.
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
  { branch: named, policy: asked, remote: wanted }: PolicyOptions,
): Promise<PolicyChoice> {
  const known = await findDestination(repository, { remote: wanted });
  const { destination, location, remote } = known;
  const branch = named ?? destination.defaultBranch;
  if (branch === undefined) throw unknownBranch(known);
  if (typeof asked === "function") return { destination, branch, remote, policy: await asked(), trial: true };
  if (asked !== undefined) {
    const place = { ref: asked, commit: await resolveCommit(repository, asked) };
    const policy = await readPolicy(repository, place);
    if (!policy) throw new CountersignError("POLICY_MISSING", { ref: asked });
    return { destination, branch, remote, policy, trial: place.commit !== placeOf(known)?.commit };
  }
  const old = destination.branches.get(branch);
  const updates = old === undefined ? [] : [{ ref: branchRef(branch), old, new: old }];
  const { policy, doubt } = await readInForce(repository, known, updates);
  if (doubt && !(policy && !doubt.mayProtect(branch))) throw doubt.fault;
  if (!policy)
    throw location.known === "place"
      ? new CountersignError("POLICY_MISSING", { ref: location.place.ref })
      : unknownBranch(known);
  return { destination, branch, remote, policy, trial: false };
}

/** For a repository in which nothing has landed yet, there is nothing else to go by. */
function unknownBranch({ location, remote }: KnownDestination): CountersignError {
  if (location.known === "nothing") return location.fault;
  return new CountersignError("POLICY_REF_UNKNOWN", { remote, gap: remote === undefined ? "local" : "unfetched" });
}
