import type { Decision, PolicyInForce } from "@countersign/core";
import { type Audit, wholeVerdict } from "@countersign/core/internal";
import { formatJson } from "../text/json-text.ts";
import { auditToJson } from "./audit-json.ts";
import type { AuditReportOptions } from "./report-options.ts";

type Report = (audit: Audit, policy: PolicyInForce | undefined, options: AuditReportOptions) => string;

/** The forms that an audit is reported in, each loaded when it is asked for. */
const REPORTS = {
  text: async () => {
    const { formatAudit } = await import("./audit-text.ts");
    return (audit, policy, { paint, remedy }) => `${formatAudit(audit, policy, { paint, remedy }).join("\n")}\n`;
  },
  json: async () => (audit, policy) => `${formatJson(auditToJson(audit, policy), 2)}\n`,
  sarif: async () => {
    const { decisionToSarif } = await import("../decision/sarif.ts");
    return (audit, policy, options) => `${formatJson(decisionToSarif(asDecision(audit, policy), options), 2)}\n`;
  },
  csv: async () => (await import("./audit-csv.ts")).formatAuditCsv,
} satisfies Readonly<Record<string, () => Promise<Report>>>;

export type AuditFormat = keyof typeof REPORTS;

export const AUDIT_FORMATS = Object.keys(REPORTS) as readonly AuditFormat[];

/** An audit in one form, ready to be written. */
export async function formatAuditReport(
  format: AuditFormat,
  audit: Audit,
  policy: PolicyInForce | undefined,
  options: AuditReportOptions,
): Promise<string> {
  const report: Report = await REPORTS[format]();
  return report(audit, policy, options);
}

/** All that was found as one decision, with an update for each landing. */
export function asDecision({ outcome, found }: Audit, policy: PolicyInForce | undefined): Decision {
  return { outcome, policy, updates: found.map(wholeVerdict) };
}
