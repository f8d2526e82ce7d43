import { type Decision, type UpdateVerdict, violationsOf } from "../judge/decision.ts";
import type { CommitVerdict } from "../judge/judge-commit.ts";
import { explainViolation, type Violation } from "../judge/violation.ts";

/** The JSON of a decision, version 1, as plain data. Text in it is lossless and unescaped: it is for programs. */
export function decisionToJson({ outcome, policy, updates }: Decision) {
  return {
    version: 1,
    outcome,
    policy: policy
      ? { ref: policy.ref, oid: policy.commit ?? null, path: policy.entry.path, blob: policy.entry.oid }
      : null,
    updates: updates.map(updateToJson),
  };
}

function updateToJson(verdict: UpdateVerdict) {
  return {
    ref: verdict.update.ref,
    old: verdict.update.old,
    new: verdict.update.new,
    branch: verdict.branch ?? null,
    mode: verdict.mode,
    commits: verdict.commits,
    assisted: verdict.assisted,
    violations: violationsOf(verdict).map(violationToJson),
    faults: verdict.faults.map(({ code, words }) => ({ code, ...words })),
    judged: verdict.judged.map(commitToJson),
  };
}

function violationToJson(found: Violation) {
  const { what, why, fix } = explainViolation(found);
  return { code: found.code, commit: found.commit ?? null, rule: found.rules.join(", ") || null, what, why, fix };
}

function commitToJson({ commit, subject, provenance, requirements, cosigns }: CommitVerdict) {
  return {
    commit,
    subject,
    state: provenance.state,
    class: provenance.class ?? null,
    agents: provenance.agents,
    evidence: provenance.evidence,
    requirements: requirements.map(({ requirement, rules, met, by }) => ({ ...requirement, rules, met, by })),
    cosigns: cosigns.map(({ email, proof, line, refused }) => ({
      email,
      proof,
      line,
      counts: refused === undefined,
      refused: refused ?? null,
    })),
  };
}
