import { CountersignError, type PolicyInForce, readPolicy } from "@countersign/core";
import { type AuditPlan, findDestination, placeOf, readInForce, resolveCommit } from "@countersign/core/internal";
import { type GitRepository, readDate } from "@countersign/git/internal";
import { currentTime } from "../context.ts";
import { findBranchTip } from "../judging/branch-tip.ts";

/** What is to be judged again, as a person says it. */
export interface AuditQuestion {
  /** By its short name; undefined for the default branch. */
  readonly branch: string | undefined;
  readonly since?: string | undefined;
  readonly policy?: string | undefined;
  readonly remote?: string | undefined;
}

export interface PlannedAudit {
  readonly plan: AuditPlan;
  /** The remote that the branch is of; undefined for this repository itself. */
  readonly remote: string | undefined;
  /** Why the policy of now is not known. */
  readonly fault: CountersignError | undefined;
}

/** Finds the branch, where it stands, and what is known now. */
export async function planAudit(
  repository: GitRepository,
  { branch: named, since, policy: asked, remote }: AuditQuestion,
): Promise<PlannedAudit> {
  const known = await findDestination(repository, { remote });
  const { destination, location } = known;
  const branch = named ?? destination.defaultBranch;
  if (branch === undefined) {
    throw location.known === "nothing" ? location.fault : new CountersignError("BRANCH_UNKNOWN", {});
  }
  const tip = await findBranchTip(repository, destination, branch);
  const { policy, doubt } = asked === undefined ? await readInForce(repository, known, []) : NO_DOUBT;
  // A policy that is damaged now is a landing to be found; where it stands has to be known.
  if (doubt && !placeOf(known)) throw doubt.fault;
  return {
    plan: {
      branch,
      tip,
      destination,
      policy: asked === undefined ? policy : await readNamed(repository, asked),
      trial: asked !== undefined,
      now: currentTime(),
      since: since === undefined ? undefined : await readDate(repository, "--since", since),
    },
    remote: known.remote,
    fault: doubt?.fault,
  };
}

const NO_DOUBT = { policy: undefined, doubt: undefined };

async function readNamed(repository: GitRepository, ref: string): Promise<PolicyInForce> {
  const policy = await readPolicy(repository, { ref, commit: await resolveCommit(repository, ref) });
  if (!policy) throw new CountersignError("POLICY_MISSING", { ref });
  return policy;
}
