import type { PolicyInForce } from "@countersign/core";
import type { Audit } from "@countersign/core/internal";
import { csvOf } from "../text/csv.ts";
import { auditToJson } from "./audit-json.ts";

export const AUDIT_COLUMNS = [
  "landed",
  "landing",
  "parent",
  "outcome",
  "code",
  "commit",
  "rule",
  "what",
  "subject",
  "policy",
] as const;

/** An audit as CSV, with a row for all that there is to say of each landing. */
export function formatAuditCsv(audit: Audit, policy: PolicyInForce | undefined): string {
  return csvOf([AUDIT_COLUMNS, ...rowsOf(audit, policy)]);
}

/** Those rows. */
export function rowsOf(audit: Audit, policy: PolicyInForce | undefined): readonly (readonly string[])[] {
  const { found } = auditToJson(audit, policy);
  return found.flatMap(
    ({ landed, commit, parent, outcome, subject, policy: then, violations, findings, notices, faults }) =>
      [
        ...violations,
        ...findings,
        ...notices.map((notice) => ({ ...notice, rule: null })),
        ...faults.map((fault) => ({ ...fault, commit: null, rule: null })),
      ].map((wrong) => [
        landed,
        commit,
        parent ?? "",
        outcome,
        wrong.code,
        wrong.commit ?? "",
        wrong.rule ?? "",
        wrong.what,
        subject,
        then?.blob ?? "",
      ]),
  );
}
