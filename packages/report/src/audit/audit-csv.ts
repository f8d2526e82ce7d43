import type { PolicyInForce } from "@countersign/core";
import type { Audit } from "@countersign/core/internal";
import { escapeText } from "../text/escape.ts";
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

/** An audit as CSV by RFC 4180, with a row for all that there is to say of each landing. */
export function formatAuditCsv(audit: Audit, policy: PolicyInForce | undefined): string {
  return formatRows([AUDIT_COLUMNS, ...rowsOf(audit, policy)]);
}

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

export function formatRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Spreadsheets run what begins like a formula, also within quotes; an apostrophe in front has them show it. */
const FORMULA = /^\s*[=+\-@|%]/;

function cell(text: string): string {
  const escaped = escapeText(text, 1000);
  const shown = FORMULA.test(escaped) ? `'${escaped}` : escaped;
  return /[",]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
