import type { ObjectId } from "../object/oid.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import type { Repository } from "../repository.ts";
import type { CommitVerdict } from "./commit-verdict.ts";
import { findBearers } from "./find-bearers.ts";
import { findCovering } from "./find-covering.ts";
import type { JudgeContext } from "./judge-commit.ts";
import type { JudgedRange } from "./judge-commits.ts";
import { rejudge } from "./rejudge.ts";

/**
 * Judges again where more than a commit itself decides on its co-signs: merges that vouch for it, and other commits that
 * bear its signatures.
 */
export async function settleSignatures(
  repository: Repository,
  policy: Policy,
  protection: Protection,
  range: JudgedRange,
  context: JudgeContext,
  tip: ObjectId,
): Promise<JudgedRange> {
  const { judged } = range.verdicts;
  const covering = await findCovering(repository, policy, range, context);
  const merged = [...covering.values()]
    .flat()
    .flatMap(({ claim: { email }, proofs }) =>
      proofs.flatMap(({ proven }) => (proven ? [{ email, time: proven.time }] : [])),
    );
  const signatures = [...judged.flatMap((verdict) => verdict.signatures), ...merged];
  const bearers = await findBearers(repository, policy, signatures, context, tip);
  const contexts = new Map<CommitVerdict, JudgeContext>();
  for (const verdict of judged) {
    const claims = covering.get(verdict);
    const shared = verdict.signatures.some(({ id }) => (bearers.get(id)?.length ?? 0) > 1);
    if (claims || shared) contexts.set(verdict, { ...context, bearers, ...(claims ? { covering: claims } : {}) });
  }
  return rejudge(repository, policy, protection, range, contexts);
}
