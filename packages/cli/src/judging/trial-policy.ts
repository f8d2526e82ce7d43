import { CountersignError, type Destination, isCountersignError, type PolicyInForce } from "@countersign/core";
import { choosePolicy, defaultPolicy, findDestination, readInForce, zeroOid } from "@countersign/core/internal";
import { type GitRepository, readWorkTreePolicy } from "@countersign/git/internal";
import { type JudgingOptions, policyOptions } from "./judging-options.ts";

export interface TrialPolicy {
  readonly policy: PolicyInForce;
  readonly branch: string;
  readonly destination: Destination;
}

/**
 * The policy to try out on history: the one that is asked for, or the one in force; before there is any, the work tree's
 * or, without one, the defaults with the branch protected, so that it can be seen what countersign would have done.
 */
export async function chooseTrialPolicy(repository: GitRepository, options: JudgingOptions): Promise<TrialPolicy> {
  if (options.policy !== undefined || options.workTreePolicy)
    return choosePolicy(repository, policyOptions(repository, options));
  const known = await findDestination(repository, { remote: options.remote });
  const { destination } = known;
  const branch = options.branch ?? destination.defaultBranch;
  if (branch === undefined) throw new CountersignError("BRANCH_UNKNOWN", {});
  const { policy: inForce, doubt } = await readInForce(repository, known, []);
  // What may be in force is nothing to be replaced by something else, in silence.
  if (doubt) throw doubt.fault;
  return {
    destination,
    branch,
    policy: inForce ?? (await readUncommitted(repository)) ?? defaults(repository, branch),
  };
}

/** The policy of the work tree; undefined if there is none, or no work tree. */
async function readUncommitted(repository: GitRepository): Promise<PolicyInForce | undefined> {
  return readWorkTreePolicy(repository).catch((error: unknown) => {
    if (isCountersignError(error) && ["POLICY_MISSING", "WORK_TREE_MISSING"].includes(error.code)) return undefined;
    throw error;
  });
}

function defaults({ format }: GitRepository, branch: string): PolicyInForce {
  const entry = { path: "no policy file", mode: "100644", oid: zeroOid(format) };
  return { policy: defaultPolicy(branch), ref: "the defaults", commit: undefined, entry };
}
