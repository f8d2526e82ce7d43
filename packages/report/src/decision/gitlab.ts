import type { Decision } from "@countersign/core";
import { escapeLine } from "../text/escape.ts";
import { type Finding, findingsOf } from "./finding.ts";

/** A decision as a Code Quality report of GitLab, as plain data. Empty if nothing is wrong. */
export function decisionToGitlab(decision: Decision) {
  return findingsOf(decision).map((finding) => ({
    description: `${finding.about}: ${escapeLine(finding.what, 500)} (${escapeLine(finding.fix, 500)})`,
    check_name: finding.code,
    fingerprint: finding.fingerprint,
    severity: severityOf(finding),
    location: { path: finding.file, lines: { begin: 1 } },
  }));
}

function severityOf({ kind, level }: Finding): "blocker" | "critical" | "minor" {
  if (level === "warning") return "minor";
  return kind === "fault" ? "blocker" : "critical";
}
