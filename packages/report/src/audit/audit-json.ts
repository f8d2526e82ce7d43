import type { PolicyInForce } from "@countersign/core";
import { type Audit, formatTime, isZeroOid, noticesOf, violationsOf, wholeVerdict } from "@countersign/core/internal";
import { faultToJson, noticeToJson, policyToJson, violationToJson } from "../decision/decision-json.ts";
import type { AuditJson } from "./audit-schema.ts";

/** The JSON of an audit, version 1, as plain data. Text in it is lossless and unescaped: it is for programs. */
export function auditToJson(audit: Audit, policy: PolicyInForce | undefined): AuditJson {
  const { outcome, branch, tip, from = null, landings, unprotected, commits, assisted, found, shard } = audit;
  return {
    version: 1,
    outcome,
    branch,
    tip,
    ...(shard && { shard: { number: shard.number, of: shard.of } }),
    from,
    policy: policy ? policyToJson(policy) : null,
    landings,
    unprotected,
    commits,
    assisted,
    found: found.map(({ verdict, policy: then, findings, outcome: each, subject, landed }) => ({
      commit: verdict.update.new,
      parent: isZeroOid(verdict.update.old) ? null : verdict.update.old,
      subject,
      landed: formatTime(landed),
      outcome: each,
      mode: verdict.mode,
      policy: then ? policyToJson(then) : null,
      violations: violationsOf(verdict).map(violationToJson),
      findings: findings.map(violationToJson),
      notices: noticesOf(wholeVerdict({ verdict, findings })).map(noticeToJson),
      faults: verdict.faults.map(faultToJson),
    })),
  };
}
