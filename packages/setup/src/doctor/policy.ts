import { CountersignError, isCountersignError, type Policy, type PolicyInForce, readPolicy } from "@countersign/core";
import { abbreviate, findDestination, findProtection } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git";
import { readWorkTreePolicy } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { type Finding, faulty, fine, problem } from "./finding.ts";

/** What is to be told of the policy, and the one in force. */
export interface PolicyHealth {
  readonly findings: readonly Finding[];
  readonly policy: Policy | undefined;
}

/**
 * Whether a policy is in force, can be read, and guards the branch that it stands on. What else may be said of a policy
 * is the business of `countersign policy check`.
 */
export async function checkPolicy(repository: GitRepository, bare: boolean): Promise<PolicyHealth> {
  const tried = bare ? undefined : await attempt(readWorkTreePolicy(repository));
  const missing = tried === undefined || (tried instanceof CountersignError && tried.code === "POLICY_MISSING");
  const damaged = tried instanceof CountersignError && !missing ? [faulty(tried)] : [];
  const known = await attempt(findDestination(repository));
  if (known instanceof CountersignError) return { findings: [faulty(known), ...damaged], policy: undefined };
  const { policyPlace, destination } = known;
  if (!policyPlace) {
    const { defaultBranch: branch } = destination;
    const unborn = branch === undefined ? problem("DEFAULT_BRANCH_UNKNOWN", {}) : notInForce(branch, missing, branch);
    return { findings: [unborn, ...damaged], policy: undefined };
  }
  const inForce = await attempt(readPolicy(repository, policyPlace));
  if (inForce instanceof CountersignError) return { findings: [faulty(inForce), ...damaged], policy: undefined };
  const branch = destination.defaultBranch ?? policyPlace.ref;
  if (!inForce) return { findings: [notInForce(branch, missing, policyPlace.ref), ...damaged], policy: undefined };
  return { findings: [describe(inForce, branch), ...damaged], policy: inForce.policy };
}

function notInForce(branch: string, missing: boolean, ref: string): Finding {
  return missing
    ? problem("POLICY_ABSENT", { ref: escapeText(ref) })
    : problem("POLICY_NOT_IN_FORCE", { branch: escapeText(branch) });
}

function describe({ policy, ref, commit, entry }: PolicyInForce, branch: string): Finding {
  if (!findProtection(policy, branch)) return problem("DEFAULT_BRANCH_UNPROTECTED", { branch: escapeText(branch) });
  const at = commit ? ` (${abbreviate(commit)})` : "";
  return fine(`${entry.path} on ${escapeText(ref)}${at} is in force and protects ${escapeText(branch)}`);
}

/** What a promise gives, or the fault that it ends with. */
async function attempt<T>(promise: Promise<T>): Promise<T | CountersignError> {
  try {
    return await promise;
  } catch (error) {
    if (isCountersignError(error)) return error;
    throw error;
  }
}
