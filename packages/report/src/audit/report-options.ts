import type { Paint } from "../text/paint.ts";

/** How an audit is reported. */
export interface AuditReportOptions {
  /** The version of the program that reports. */
  readonly version: string;
  readonly paint: Paint;
  /** The command that co-signs landings, except for their names; undefined if none could. */
  readonly remedy: string | undefined;
}
