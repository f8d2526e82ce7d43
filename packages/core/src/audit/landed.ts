import { CountersignError } from "../error.ts";
import { abbreviate, type ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";
import type { AuditPlan } from "./audit.ts";
import type { AuditedLanding } from "./audited-landing.ts";
import { judgeAgain } from "./judge-again.ts";
import { listLandings } from "./line/list-landings.ts";
import { findBringing, readLine } from "./line/read-line.ts";
import { PastPolicies } from "./past-policies.ts";

/** Judges some landings again, by what was typed for each; the oldest first. @throws `NOT_A_LANDING`. */
export async function auditLandings(
  repository: Repository,
  plan: AuditPlan,
  asked: ReadonlyMap<ObjectId, string>,
): Promise<readonly AuditedLanding[]> {
  const policies = new PastPolicies(repository, plan);
  const missing = new Map(asked);
  const judged: AuditedLanding[] = [];
  for await (const landing of listLandings(repository, plan)) {
    if (!missing.delete(landing.at.commit)) continue;
    judged.push(await judgeAgain(repository, plan, landing, policies));
  }
  for (const [commit, revision] of missing) {
    const problem = await explainMissing(repository, plan, commit);
    throw new CountersignError("NOT_A_LANDING", { revision, branch: plan.branch, problem });
  }
  return judged;
}

/** Why a commit is not among the landings that are judged, as a clause. */
async function explainMissing(
  repository: Repository,
  { branch, tip, policy, list }: AuditPlan,
  commit: ObjectId,
): Promise<string> {
  if (!(await repository.isAncestor(commit, tip))) return "the branch does not have it";
  const line = await readLine(repository, tip, { branch, project: policy?.policy.project, list }, undefined);
  // Those that it does not reach, or is itself, come at the end.
  const place = await findBringing(repository, line, commit);
  const landing = place === undefined ? undefined : line.at(place)?.commit;
  if (landing === undefined || landing === commit)
    return "nothing was asked of it: there was no policy yet, or it is behind the baseline";
  return `it came there with ${abbreviate(landing)}, which brought other work too`;
}
