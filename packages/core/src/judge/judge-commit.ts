import { decodeStrictly, decodeText } from "../bytes.ts";
import { changeDigest } from "../cosign/change-digest.ts";
import type { RefusedClaim } from "../cosign/cosign.ts";
import { type JudgedClaim, type Proven, type Prover, proveClaim } from "../cosign/prove.ts";
import { isReadableEncoding, readCosigns } from "../cosign/read-cosigns.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { isRegularFile } from "../policy/files.ts";
import { findAuthorLevel, type Policy, type Proof, type Protection } from "../policy/policy.ts";
import { policyChangeRequirement, requirementsOf, type ShapedRequirement } from "../policy/requirement.ts";
import type { Provenance } from "../provenance/provenance.ts";
import { parseTrailers } from "../trailer/parse.ts";
import { type Cosigner, type Counting, countCosigns, findMakers } from "./count-cosigns.ts";
import { type JudgedDispute, judgeDispute, unproven } from "./judge-dispute.ts";
import { subjectBytes } from "./subject-line.ts";
import { type Violation, violation } from "./violation.ts";

/** A commit and all that is to be known to judge it. */
export interface CommitSubject {
  readonly commit: Commit;
  readonly provenance: Provenance;
  /** All changes of a commit that is assisted or touches the policy; none of another one. */
  readonly changes: readonly Change[];
  /** Those among them by which the commit itself changes the policy. */
  readonly policyChanges: readonly Change[];
  /** Whether it is a merge that brings nothing of its own, asked where everything else must be disclosed. */
  readonly plainMerge?: boolean;
}

/** One co-sign of a commit, and whether it served every requirement. */
export interface JudgedCosign {
  readonly email: string;
  readonly proof: Proof;
  readonly line: number;
  /** The code of the first thing that keeps it from counting; absent where it counts. */
  readonly refused?: Violation["code"];
}

export interface JudgedRequirement extends ShapedRequirement {
  readonly met: boolean;
  /** The people who count. */
  readonly by: readonly Cosigner[];
}

/** The verdict over one commit. */
export interface CommitVerdict {
  readonly commit: ObjectId;
  readonly subject: string;
  /** The subject's bytes, where they are not UTF-8. */
  readonly rawSubject?: Uint8Array;
  /** The first path that the commit changes and leaves there, where its changes were read. */
  readonly path?: Uint8Array;
  readonly provenance: Provenance;
  readonly requirements: readonly JudgedRequirement[];
  readonly cosigns: readonly JudgedCosign[];
  /** The signatures that verify, whether or not they count. */
  readonly signatures: readonly VerifiedSignature[];
  /** Its own word that its marks of AI are wrong; absent where the policy takes nobody's. */
  readonly dispute?: JudgedDispute;
  readonly violations: readonly Violation[];
}

/** A signature that verifies, by which it can be found again. */
export interface VerifiedSignature extends Proven {
  readonly email: string;
}

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

/** The name under which the requirement of a changed policy file appears among the rules. */
const POLICY_CHANGE = "policyChange";

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
    return verdict(subject, [violation("COMMIT_MALFORMED", { problem: commit.malformed }, place)]);
  }
  const violations: Violation[] = [];
  const assisted = provenance.state === "assisted";
  if (policy.disclosure === "required" && provenance.state === "undeclared" && !subject.plainMerge) {
    violations.push(violation("DISCLOSURE_MISSING", {}, place));
  }
  if (!assisted && subject.policyChanges.length === 0) return verdict(subject, violations);

  const trailers = parseTrailers(commit.message).length;
  if (trailers > TRAILER_LIMIT) {
    const problem = `it has ${trailers} trailers; the limit is ${TRAILER_LIMIT}`;
    return verdict(subject, [...violations, violation("COMMIT_MALFORMED", { problem }, place)]);
  }
  if (!isReadableEncoding(commit.encoding)) {
    violations.push(violation("COMMIT_ENCODING", { encoding: commit.encoding ?? "" }, place));
  }
  if (removesPolicy(subject)) violations.push(violation("POLICY_REMOVED", { paths: policyPaths(subject) }, place));

  const { claims, refused } = readCosigns(commit);
  const { branch, now, bearers = new Map() } = context;
  const work = { commit, change: claims.length === 0 ? "" : changeDigest(subject.changes), branch, now };
  const own = claims.map((claim) => prove(policy, claim, work));
  const counting = { commit: commit.oid, makers: findMakers(commit), now, bearers };

  const requirements: ShapedRequirement[] = [];
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
      const facts = { reason, agents: provenance.agents };
      violations.push(violation("DENIED_BY_RULE", facts, { ...place, rules: [rule] }));
    }
  }
  if (subject.policyChanges.length > 0) {
    requirements.push({ requirement: policyChangeRequirement(policy, protection), rules: [POLICY_CHANGE] });
  }
  const cosigns = { own, covering: context.covering ?? [], refused };
  return judgeCosigns(policy, subject, requirements, { violations, dispute }, cosigns, counting);
}

/** The co-signs that stand for a commit: those that it bears, readable or not, and those of merges. */
interface Cosigned {
  readonly own: readonly JudgedClaim[];
  readonly covering: readonly JudgedClaim[];
  readonly refused: readonly RefusedClaim[];
}

function judgeCosigns(
  policy: Policy,
  subject: CommitSubject,
  requirements: readonly ShapedRequirement[],
  { violations, dispute }: { violations: Violation[]; dispute: JudgedDispute | undefined },
  { own, covering, refused }: Cosigned,
  counting: Counting,
): CommitVerdict {
  const { commit } = subject;
  const denied = violations.some(({ code }) => code === "DENIED_BY_RULE");
  const judged: JudgedRequirement[] = [];
  const refusals = new Map<JudgedClaim, Violation>();
  for (const shaped of requirements) {
    const counted = shaped.requirement.coverage === "merge" ? [...own, ...covering] : own;
    const tally = countCosigns(policy, shaped, counted, counting);
    judged.push({ ...shaped, met: tally.met, by: tally.people });
    for (const [claim, refusal] of tally.refusals) if (!refusals.has(claim)) refusals.set(claim, refusal);
    if (tally.met) continue;
    const level = dispute ? undefined : policy.disputes?.level;
    violations.push(...unmet(subject, shaped, tally.people.length, [...tally.refusals.values()], level));
  }
  const open = judged.some(({ met }) => !met);
  if (open) {
    for (const { code, line, problem } of refused) {
      violations.push(violation(code, { line, problem }, { commit: commit.oid }));
    }
  }
  if (dispute && !dispute.requirement.met && (open || denied)) violations.push(unproven(subject, dispute));
  const cosigns = own.map((judgedClaim) => {
    const { claim, proofs } = judgedClaim;
    const [best] = proofs;
    const { email, line } = claim;
    const code = refusals.get(judgedClaim)?.code;
    return { email, proof: best?.proof ?? "declared", line, ...(code === undefined ? {} : { refused: code }) };
  });
  const signatures = own.flatMap(({ claim: { email }, proofs }) =>
    proofs.flatMap(({ proven }) => (proven ? [{ ...proven, email }] : [])),
  );
  const found = { ...verdict(subject, dropTwins(violations)), requirements: judged, cosigns, signatures };
  return dispute ? { ...found, dispute } : found;
}

/** Why a requirement is not met: each co-sign that does not count, and that there are too few to begin with. */
function unmet(
  subject: CommitSubject,
  shaped: ShapedRequirement,
  have: number,
  refusals: readonly Violation[],
  disputes: string | undefined,
): Violation[] {
  const { requirement, rules } = shaped;
  const place = { commit: subject.commit.oid, rules };
  const found = [...refusals];
  if (rules.includes(POLICY_CHANGE)) {
    found.push(violation("POLICY_CHANGED", { paths: policyPaths(subject), needs: requirement }, place));
  } else if (have + refusals.length < requirement.count) {
    found.push(
      violation("COSIGN_MISSING", { have, needs: requirement, rules, ...(disputes ? { disputes } : {}) }, place),
    );
  }
  return found;
}

/** The same fault can keep a co-sign from meeting several requirements; it is told once. */
function dropTwins(violations: readonly Violation[]): Violation[] {
  const seen = new Set<string>();
  return violations.filter((found) => {
    const key = JSON.stringify([found.code, found.facts]);
    return !seen.has(key) && seen.add(key);
  });
}

function verdict({ commit, provenance, changes }: CommitSubject, violations: readonly Violation[]): CommitVerdict {
  const bytes = subjectBytes(commit);
  const change = changes.find(({ status }) => status !== "D") ?? changes[0];
  return {
    commit: commit.oid,
    subject: decodeText(bytes),
    ...(decodeStrictly(bytes) === undefined ? { rawSubject: bytes } : {}),
    ...(change ? { path: change.path } : {}),
    provenance,
    requirements: [],
    cosigns: [],
    signatures: [],
    violations,
  };
}

function policyPaths({ policyChanges }: CommitSubject): readonly string[] {
  return policyChanges.map(({ path }) => decodeText(path));
}

/** Whether the commit takes the policy's file away, or puts something else than a file in its place. */
function removesPolicy({ policyChanges }: CommitSubject): boolean {
  return policyChanges.length > 0 && !policyChanges.some(({ newMode }) => isRegularFile(newMode));
}
