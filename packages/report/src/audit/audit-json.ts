import type { PolicyInForce } from "@countersign/core";
import {
  type Audit,
  type AuditedLanding,
  formatTime,
  isZeroOid,
  noticesOf,
  violationsOf,
  wholeVerdict,
} from "@countersign/core/internal";
import { faultToJson, noticeToJson, policyToJson, violationToJson } from "../decision/decision-json.ts";
import type { AuditJson, LandingJson } from "./audit-schema.ts";

/** The JSON of an audit, version 1, as plain data. Text in it is lossless and unescaped: it is for programs. */
export function auditToJson(audit: Audit, policy: PolicyInForce | undefined): AuditJson {
  const {
    outcome,
    branch,
    tip,
    from = null,
    landings,
    unprotected,
    commits,
    assisted,
    found,
    shard,
    since,
    trial,
    ledger = null,
  } = audit;
  return {
    version: 1,
    outcome,
    branch,
    tip,
    ...(shard && { shard: { number: shard.number, of: shard.of } }),
    since: since === undefined ? null : formatTime(since),
    trial,
    ledger,
    from,
    policy: policy ? policyToJson(policy) : null,
    landings,
    unprotected,
    commits,
    assisted,
    found: found.map(landingToJson),
  };
}

/** A landing by itself. */
export function landingToJson(landing: AuditedLanding): LandingJson {
  const { verdict, policy, findings, outcome, subject, landed } = landing;
  return {
    commit: verdict.update.new,
    parent: isZeroOid(verdict.update.old) ? null : verdict.update.old,
    subject,
    landed: formatTime(landed),
    outcome,
    mode: verdict.mode,
    policy: policy ? policyToJson(policy) : null,
    violations: violationsOf(verdict).map(violationToJson),
    findings: findings.map(violationToJson),
    notices: noticesOf(wholeVerdict(landing)).map(noticeToJson),
    faults: verdict.faults.map(faultToJson),
  };
}
