import { decodeStrictly, decodeText } from "../../bytes.ts";
import { leastRank, NOBODY, readWorkOf } from "../../cosign/authors.ts";
import { readEmergency } from "../../cosign/emergency.ts";
import { isReadableEncoding, readCosigns } from "../../cosign/trailer.ts";
import { verifyClaim } from "../../cosign/verify.ts";
import { workOf } from "../../cosign/work.ts";
import { isAsciiSuperset } from "../../object/encoding.ts";
import { subjectBytes } from "../../object/subject-line.ts";
import type { PolicyInForce } from "../../policy/in-force.ts";
import type { Policy, Protection } from "../../policy/policy.ts";
import { findDispute } from "../../provenance/dispute.ts";
import { parseTrailers } from "../../trailer/parse.ts";
import { type Violation, violation } from "../violation.ts";
import { askOfAssisted, askOfDispute, askOfEmergency, askOfPolicyChange } from "./ask.ts";
import type { Ask, Case, CommitSummary } from "./case.ts";
import { findExcess } from "./cosign-limit.ts";
import type { CommitReading } from "./facts.ts";

/** A protected branch that commits are to land on. */
export interface Target {
  /** By short name. */
  readonly branch: string;
  readonly protection: Protection;
  /** The policy in force, where it stands in a commit. */
  readonly policy?: Pick<PolicyInForce, "entry">;
}

/** More trailers than any person writes; a commit that has more is refused unread. */
const TRAILER_LIMIT = 1000;

/** All that a policy requires of a commit that is to land, and all that the commit has to show. Pure. */
export function openCase(policy: Policy, target: Target, reading: CommitReading): Case {
  const { commit, provenance, own, policyChanges } = reading;
  const { protection } = target;
  const unreadable = findUnreadable(reading);
  if (unreadable) return closedCase(reading, unreadable);
  const assisted = provenance.state === "assisted";
  const silent = policy.disclosure === "required" && provenance.state === "undeclared" && !reading.mechanical;
  const breaches = silent ? [violation("DISCLOSURE_MISSING", {}, { commit: commit.oid })] : [];
  // A merge that does nothing itself needs nothing, no matter who it names.
  if ((!assisted || reading.mechanical) && policyChanges.length === 0) return closedCase(reading, ...breaches);
  const excess = findExcessTrailers(reading);
  if (excess) return closedCase(reading, ...breaches, excess);

  const work = readWorkOf(policy, commit);
  const asked = assisted
    ? askOfAssisted(
        policy,
        protection,
        { changes: own, agents: provenance.agents, authorLevel: leastRank(policy, work.authors) },
        commit.oid,
      )
    : { asks: [], denials: [] };
  const asks = [...asked.asks];
  if (policyChanges.length > 0) asks.push(askOfPolicyChange(policy, protection, policyChanges));
  const dispute = assisted ? disputeOf(policy, protection, reading, asked.asks) : undefined;
  const emergency = emergencyOf(policy, reading, asked.asks);
  const opened = {
    ...closedCase(reading, ...breaches),
    ...work,
    ...asked,
    asks,
    ...(dispute ? { dispute } : {}),
    ...(emergency ? { emergency } : {}),
  };
  return withClaims(policy, target, reading, opened);
}

/** A merge that drops the policy in force, judged only for that. */
export function openRollback(policy: Policy, target: Target, reading: CommitReading): Case {
  const { commit, policyChanges } = reading;
  const unreadable = findUnreadable(reading) ?? findExcessTrailers(reading);
  if (unreadable) return closedCase(reading, unreadable);
  const asks = [askOfPolicyChange(policy, target.protection, policyChanges)];
  return withClaims(policy, target, reading, { ...closedCase(reading), ...readWorkOf(policy, commit), asks });
}

const NOTHING = { authors: NOBODY, makers: NOBODY, asks: [], denials: [], claims: [], mismatches: [], refused: [] };

/** A commit that needs nothing, or whose co-signs are not read. */
function closedCase(reading: CommitReading, ...breaches: readonly Violation[]): Case {
  return { summary: summarise(reading), breaches, ...NOTHING };
}

function summarise({ commit, provenance, own, mechanical }: CommitReading): CommitSummary {
  const bytes = subjectBytes(commit);
  const change = own.find(({ status }) => status !== "D") ?? own[0];
  return {
    commit: commit.oid,
    subject: decodeText(bytes),
    // Copies: a part of something larger keeps all of it in memory. `slice` makes none of a Buffer.
    ...(decodeStrictly(bytes) === undefined ? { rawSubject: Uint8Array.from(bytes) } : {}),
    ...(change ? { path: Uint8Array.from(change.path) } : {}),
    ...(mechanical ? { mechanical } : {}),
    provenance,
  };
}

/** What keeps the commit's message from being read, so that it is unknown whether an agent made it. */
function findUnreadable(reading: CommitReading): Violation | undefined {
  const { malformed: problem, encoding } = reading.commit;
  if (problem !== undefined) return malformed(reading, problem);
  return isAsciiSuperset(encoding) ? undefined : inEncoding(reading);
}

function findExcessTrailers(reading: CommitReading): Violation | undefined {
  const trailers = parseTrailers(reading.commit.message).length;
  if (trailers <= TRAILER_LIMIT) return undefined;
  return malformed(reading, `it has ${trailers} trailers; the limit is ${TRAILER_LIMIT}`);
}

/** Adds what the commit has to show, and what keeps that from being read. */
function withClaims(policy: Policy, target: Target, reading: CommitReading, of: Case): Case {
  const { commit } = reading;
  const breaches = [...of.breaches];
  if (!isReadableEncoding(commit.encoding)) breaches.push(inEncoding(reading));
  const { claims, refused } = readCosigns(commit);
  const doubt = findExcess(commit.oid, claims);
  if (doubt) return { ...closedCase(reading, ...breaches), doubt };
  const opened = { ...of, breaches, refused };
  if (claims.length === 0) return opened;
  const work = workOf(policy, target.branch, reading);
  return { ...opened, claims: claims.map((claim) => verifyClaim(policy, claim, commit.oid, work, of.authors)) };
}

function disputeOf(
  policy: Policy,
  protection: Protection,
  { commit }: CommitReading,
  waived: readonly Ask[],
): Case["dispute"] {
  const dispute = findDispute(policy, commit);
  const ask = dispute && askOfDispute(policy, protection, waived);
  return ask && { ...dispute, ask };
}

function emergencyOf(
  policy: Policy,
  { commit, policyChanges }: CommitReading,
  asks: readonly Ask[],
): Case["emergency"] {
  const emergency = readEmergency(commit);
  if (!emergency) return undefined;
  if (policyChanges.length > 0) return { ...emergency, idle: "policy change" };
  if (!policy.emergency) return { ...emergency, idle: "not foreseen" };
  const instead = asks.flatMap((ask) => {
    const urgent = askOfEmergency(policy, ask);
    return urgent ? [[ask, urgent] as const] : [];
  });
  return { ...emergency, instead: new Map(instead) };
}

function inEncoding({ commit }: CommitReading): Violation {
  return violation("COMMIT_ENCODING", { encoding: commit.encoding ?? "" }, { commit: commit.oid });
}

function malformed({ commit }: CommitReading, problem: string): Violation {
  return violation("COMMIT_MALFORMED", { problem }, { commit: commit.oid });
}
