import { CountersignError, isCountersignError, type Policy, type PolicyInForce } from "@countersign/core";
import {
  abbreviate,
  advisePolicy,
  explainAdvice,
  findDestination,
  placeOf,
  readInForce,
} from "@countersign/core/internal";
import { type GitRepository, NO_SURROUNDINGS, readWorkTreePolicy } from "@countersign/git/internal";
import { escapeText } from "@countersign/report";
import { type CheckResult, fine, found, problem } from "../check-result.ts";

/** What is to be reported of the policy, and the one in force. */
export interface PolicyHealth {
  readonly results: readonly CheckResult[];
  readonly policy: Policy | undefined;
}

/**
 * Whether a policy is in force, can be read, and guards the branch that it stands on. What else may be said of a policy
 * is the business of `countersign policy check`. `now` in seconds since 1970.
 */
export async function checkPolicy(
  repository: GitRepository,
  { bare, now }: { readonly bare: boolean; readonly now: number },
): Promise<PolicyHealth> {
  const tried = bare ? undefined : await attempt(readWorkTreePolicy(repository));
  const missing = tried === undefined || (tried instanceof CountersignError && tried.code === "POLICY_MISSING");
  const damaged = tried instanceof CountersignError && !missing ? [found(tried, "wrong")] : [];
  const known = await attempt(findDestination(repository));
  if (known instanceof CountersignError) return { results: [found(known, "wrong"), ...damaged], policy: undefined };
  const { location, destination } = known;
  if (location.known === "nothing") return { results: [unknown(location.fault), ...damaged], policy: undefined };
  const { policy: inForce, doubt } = await readInForce(repository, known, []);
  if (doubt) return { results: [found(doubt.fault, "wrong"), ...damaged], policy: undefined };
  const ref = inForce?.ref ?? placeOf(known)?.ref ?? "the default branch";
  const branch = destination.defaultBranch ?? ref;
  const result = inForce ? describe(inForce, branch, now) : notInForce(branch, missing, ref);
  return { results: [result, ...damaged], policy: inForce?.policy };
}

function unknown(fault: CountersignError): CheckResult {
  const { code, why, fix } = fault;
  return code === "POLICY_REF_UNKNOWN" ? problem("DEFAULT_BRANCH_UNKNOWN", { why, fix }) : found(fault, "unclear");
}

function notInForce(branch: string, missing: boolean, ref: string): CheckResult {
  return missing
    ? problem("POLICY_ABSENT", { ref: escapeText(ref) })
    : found(explainAdvice({ code: "POLICY_NOT_IN_FORCE", data: { branch: escapeText(branch) } }), "advice");
}

function describe({ policy, ref, commit, entry }: PolicyInForce, branch: string, now: number): CheckResult {
  const surroundings = { ...NO_SURROUNDINGS, defaultBranch: branch, now };
  const unprotected = advisePolicy(policy, surroundings).find(({ code }) => code === "DEFAULT_BRANCH_UNPROTECTED");
  if (unprotected) return found(explainAdvice(unprotected), "wrong");
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
