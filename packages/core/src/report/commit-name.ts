import type { CommitVerdict } from "../judge/commit-verdict.ts";
import { abbreviate, type ObjectId } from "../object/oid.ts";
import { escapeText } from "./escape.ts";

/** A commit in one line, escaped: its id, and its subject where it was judged by itself. */
export function nameCommit(oid: ObjectId, verdict: Pick<CommitVerdict, "subject"> | undefined): string {
  return verdict ? `${abbreviate(oid)} "${escapeText(verdict.subject, 72)}"` : `the tip ${abbreviate(oid)}`;
}
