import type { CommitVerdict, ObjectId } from "@countersign/core";
import { abbreviate } from "@countersign/core/internal";
import { escapeText } from "../text/escape.ts";

/** A commit in one line, escaped: its id, and its subject where it was judged by itself. */
export function nameCommit(oid: ObjectId, verdict: Pick<CommitVerdict, "subject"> | undefined): string {
  return verdict ? `${abbreviate(oid)} "${escapeText(verdict.subject, 72)}"` : `the tip ${abbreviate(oid)}`;
}
