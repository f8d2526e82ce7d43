import { changeDigest } from "../cosign/change-digest.ts";
import { type JudgedClaim, type Prover, proveClaim } from "../cosign/prove.ts";
import { isReadableEncoding, readCosigns } from "../cosign/read-cosigns.ts";
import type { ObjectId } from "../object/oid.ts";
import type { AppliedRequirement } from "../policy/apply-rules.ts";
import { requirementsOf } from "../policy/commit-requirements.ts";
import type { Policy, Protection } from "../policy/policy.ts";
import { findAuthorLevel } from "../policy/roster.ts";
import { parseTrailers } from "../trailer/parse.ts";
import { type CommitSubject, type CommitVerdict, verdictWithoutCosigns } from "./commit-verdict.ts";
import { findMakers } from "./count-cosigns.ts";
import { judgeCosigns } from "./judge-cosigns.ts";
import { judgeDispute } from "./judge-dispute.ts";
import { askOfPolicyChange, removal } from "./judge-policy-change.ts";
import { type Violation, violation } from "./violation.ts";

/** What a verdict depends on besides the policy and the commit. */
export interface JudgeContext {
  /** The full name of the ref that the commit is to land on. */
  readonly branch: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** The commits of the branch that bear a signature, by its id: one that two commits bear is spent. */
  readonly bearers?: ReadonlyMap<string, readonly ObjectId[]>;
  /** The co-signs of merges that bring the commit in; they count where the coverage is `merge`. */
  readonly covering?: readonly JudgedClaim[];
}

/** More trailers than any person writes; a commit that has more is refused unread. */
const TRAILER_LIMIT = 1000;

/**
 * Judges one commit that is to land on a branch of this protect entry. Pure: same input, same verdict, everywhere.
 * Only tests of a policy, in which nobody signs, prove claims in another way than by their signatures.
 */
export function judgeCommit(
  policy: Policy,
  protection: Protection,
  subject: CommitSubject,
  context: JudgeContext,
  prove: Prover = proveClaim,
): CommitVerdict {
  const { commit, provenance } = subject;
  const place = { commit: commit.oid };
  if (commit.malformed !== undefined) {
    return verdictWithoutCosigns(subject, [violation("COMMIT_MALFORMED", { problem: commit.malformed }, place)]);
  }
  const violations: Violation[] = [];
  const assisted = provenance.state === "assisted";
  if (policy.disclosure === "required" && provenance.state === "undeclared" && !subject.plainMerge) {
    violations.push(violation("DISCLOSURE_MISSING", {}, place));
  }
  if (!assisted && subject.policyChanges.length === 0) return verdictWithoutCosigns(subject, violations);

  const trailers = parseTrailers(commit.message).length;
  if (trailers > TRAILER_LIMIT) {
    const problem = `it has ${trailers} trailers; the limit is ${TRAILER_LIMIT}`;
    return verdictWithoutCosigns(subject, [...violations, violation("COMMIT_MALFORMED", { problem }, place)]);
  }
  if (!isReadableEncoding(commit.encoding)) {
    violations.push(violation("COMMIT_ENCODING", { encoding: commit.encoding ?? "" }, place));
  }
  const removed = removal(subject);
  if (removed) violations.push(removed);

  const { claims, refused } = readCosigns(commit);
  const { branch, now, bearers = new Map() } = context;
  const work = { commit, change: claims.length === 0 ? "" : changeDigest(subject.changes), branch, now };
  const own = claims.map((claim) => prove(policy, claim, work));
  const counting = { commit: commit.oid, makers: findMakers(commit), now, bearers };

  const requirements: AppliedRequirement[] = [];
  const dispute = assisted ? judgeDispute(policy, protection, commit, own, counting) : undefined;
  if (dispute?.requirement.met) requirements.push(dispute.requirement);
  else if (assisted) {
    const authorLevel = findAuthorLevel(policy, commit.author.email);
    const asked = requirementsOf(policy, protection, {
      changes: subject.changes,
      agents: provenance.agents,
      authorLevel,
    });
    requirements.push(...asked.requirements);
    for (const { rule, reason } of asked.denials) {
      const data = { reason, agents: provenance.agents };
      violations.push(violation("DENIED_BY_RULE", data, { ...place, rules: [rule] }));
    }
  }
  requirements.push(...askOfPolicyChange(policy, protection, subject));
  const cosigns = { own, covering: context.covering ?? [], refused };
  return judgeCosigns(policy, subject, { requirements, violations, dispute }, cosigns, counting);
}
