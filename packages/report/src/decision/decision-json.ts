import {
  type CommitVerdict,
  type CountersignError,
  type Decision,
  explainViolation,
  type PolicyInForce,
  type UpdateVerdict,
  type Violation,
} from "@countersign/core";
import {
  type Cosigner,
  decodeText,
  encodeBase64,
  explainNotice,
  formatTime,
  type JudgedDispute,
  type JudgedEmergency,
  messageOf,
  type Notice,
  noticesOf,
  violationsOf,
} from "@countersign/core/internal";
import { evidenceToJson } from "../log/evidence-json.ts";
import { policyPlaceToJson } from "../policy/policy-place.ts";
import type { DecisionJson } from "./decision-schema.ts";

type UpdateJson = DecisionJson["updates"][number];
type ViolationJson = UpdateJson["violations"][number];
type JudgedJson = UpdateJson["judged"][number];

/** The JSON of a decision, version 1, as plain data. Text in it is lossless and unescaped: it is for programs. */
export function decisionToJson({ outcome, policy, updates, fault }: Decision): DecisionJson {
  return {
    version: 1,
    outcome,
    policy: policy ? policyToJson(policy) : null,
    updates: updates.map(updateToJson),
    fault: fault ? faultToJson(fault) : null,
  };
}

/** A policy, by where it was read and by its file. */
export function policyToJson(policy: PolicyInForce): NonNullable<DecisionJson["policy"]> {
  // A file of the work tree need not be an object.
  return { ...policyPlaceToJson(policy), blob: policy.commit ? policy.entry.oid : null };
}

function updateToJson(verdict: UpdateVerdict): UpdateJson {
  return {
    ref: verdict.update.ref,
    old: verdict.update.old,
    new: verdict.update.new,
    branch: verdict.branch ?? null,
    ways: verdict.ways ?? null,
    mode: verdict.mode,
    commits: verdict.commits,
    assisted: verdict.assisted,
    violations: violationsOf(verdict).map(violationToJson),
    notices: noticesOf(verdict).map(noticeToJson),
    faults: verdict.faults.map(faultToJson),
    judged: verdict.judged.map(commitToJson),
  };
}

/** A fault with its message. */
export function faultToJson(fault: CountersignError): UpdateJson["faults"][number] {
  return { code: fault.code, ...messageOf(fault) };
}

/** A violation with its message. */
export function violationToJson(found: Violation): ViolationJson {
  const { code, commit = null, rules } = found;
  return { code, commit, rule: rules.join(", ") || null, ...messageOf(explainViolation(found)) };
}

/** A notice with its message. */
export function noticeToJson(found: Notice): UpdateJson["notices"][number] {
  return { code: found.code, commit: found.commit, ...messageOf(explainNotice(found)) };
}

function commitToJson(verdict: CommitVerdict): JudgedJson {
  const { commit, subject, rawSubject, provenance, requirements, cosigns, dispute, emergency } = verdict;
  return {
    commit,
    subject,
    ...(rawSubject ? { raw: { subject: encodeBase64(rawSubject) } } : {}),
    state: provenance.state,
    class: provenance.class ?? null,
    agents: provenance.agents,
    evidence: evidenceToJson(provenance.evidence),
    requirements: requirements.map(({ requirement, rules, met, by }) => ({
      ...requirement,
      rules,
      met,
      by: by.map(cosignerToJson),
    })),
    cosigns: cosigns.map(({ email, proof, where, review, reapplied = [], emergency: urgent = false, refused }) => ({
      email,
      proof,
      carrier: where.carrier,
      line: where.carrier === "trailer" ? where.line : null,
      record: where.carrier === "ledger" ? where.record : null,
      forge: review?.forge ?? null,
      review: review?.id ?? null,
      reapplied: reapplied.map(decodeText),
      emergency: urgent,
      counts: refused === undefined,
      refused: refused?.code ?? null,
    })),
    dispute: dispute ? disputeToJson(dispute) : null,
    emergency: emergency ? emergencyToJson(emergency) : null,
  };
}

function disputeToJson({
  reason,
  line,
  requirement: { requirement, met, by },
}: JudgedDispute): NonNullable<JudgedJson["dispute"]> {
  return { reason, line, level: requirement.level, proven: met, by: by.map(cosignerToJson) };
}

function cosignerToJson(cosigner: Cosigner): JudgedJson["requirements"][number]["by"][number] {
  const { email, proof, time, merge, review } = cosigner;
  return { email, proof, ...(time !== undefined && { time }), ...(merge && { merge }), ...(review && { review }) };
}

function emergencyToJson({
  reason,
  line,
  requirement: { requirement, met, by },
  review,
}: JudgedEmergency): NonNullable<JudgedJson["emergency"]> {
  const reviewUntil = review ? formatTime(review.until) : null;
  return { reason, line, level: requirement.level, proven: met, by: by.map(cosignerToJson), reviewUntil };
}
