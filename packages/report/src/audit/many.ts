import { type CountersignError, isCountersignError, type PolicyInForce } from "@countersign/core";
import { type Audit, type Outcome, undecided, weigh } from "@countersign/core/internal";
import { faultToJson } from "../decision/decision-json.ts";
import { decisionToRun, toSarif } from "../decision/sarif.ts";
import { csvOf } from "../text/csv.ts";
import { escapeText } from "../text/escape.ts";
import { formatJson } from "../text/json-text.ts";
import { formatMessage } from "../text/message-text.ts";
import { AUDIT_COLUMNS, rowsOf } from "./audit-csv.ts";
import { auditToJson } from "./audit-json.ts";
import { formatAudit } from "./audit-text.ts";
import { type AuditFormat, asDecision } from "./formats.ts";
import type { AuditReportOptions } from "./report-options.ts";

/** A repository, as it was named, and its audit, or why there is none. */
export interface AuditedRepository {
  readonly repository: string;
  readonly result: AuditOfOne | CountersignError;
}

/** What to report about an audited repository. */
export interface AuditOfOne {
  readonly audit: Audit;
  readonly policy: PolicyInForce | undefined;
  /** The command that co-signs its landings. */
  readonly remedy: string | undefined;
}

type ManyReport = (all: readonly AuditedRepository[], options: Omit<AuditReportOptions, "remedy">) => string;

const REPORTS = {
  text: (all, { paint }) =>
    all
      .flatMap(({ repository, result }) => [
        paint.strong(`repository ${escapeText(repository)}`),
        ...(isCountersignError(result)
          ? formatMessage(result, paint)
          : formatAudit(result.audit, result.policy, { ...result, paint })),
        "",
      ])
      .join("\n"),
  json: (all) => {
    const repositories = all.map(({ repository, result }) => {
      const isFault = isCountersignError(result);
      return {
        repository,
        audit: isFault ? null : auditToJson(result.audit, result.policy),
        faults: isFault ? [faultToJson(result)] : [],
      };
    });
    return `${formatJson({ version: 1, outcome: outcomeOf(all), repositories }, 2)}\n`;
  },
  sarif: (all, { version }) => {
    const runs = all.map(({ repository, result }) => {
      const decision = isCountersignError(result) ? undecided(result) : asDecision(result.audit, result.policy);
      return decisionToRun(decision, { version, of: [escapeText(repository)] });
    });
    return `${formatJson(toSarif(runs), 2)}\n`;
  },
  csv: (all) => {
    const rows = all.flatMap(({ repository, result }) => {
      if (!isCountersignError(result)) return rowsOf(result.audit, result.policy).map((row) => [repository, ...row]);
      const { code, what } = result;
      return [[repository, "", "", "", "undecided", code, "", "", what, "", ""]];
    });
    return csvOf([["repository", ...AUDIT_COLUMNS], ...rows]);
  },
} satisfies Readonly<Record<AuditFormat, ManyReport>>;

/** The audits of several repositories in one form, and what they come to. */
export function formatAudits(
  format: AuditFormat,
  all: readonly AuditedRepository[],
  options: Omit<AuditReportOptions, "remedy">,
): { readonly outcome: Outcome; readonly text: string } {
  const report: ManyReport = REPORTS[format];
  return { outcome: outcomeOf(all), text: report(all, options) };
}

function outcomeOf(all: readonly AuditedRepository[]): Outcome {
  return weigh(all.map(({ result }) => (isCountersignError(result) ? "undecided" : result.audit.outcome)));
}
