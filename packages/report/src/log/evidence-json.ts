import type { Evidence } from "@countersign/core";
import { describeEvidencePlace } from "@countersign/core/internal";
import type { LogEntry } from "./log-entry-schema.ts";

/** The signs of a commit as JSON has them: each with its place in words. */
export function evidenceToJson(evidence: readonly Evidence[]): LogEntry["evidence"] {
  return evidence.map((sign) => ({ ...sign, where: describeEvidencePlace(sign.where) }));
}
