import { decodeText, encodeText } from "../bytes.ts";
import { isCountersignError } from "../error.ts";
import type { Commit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Evidence, Provenance } from "../provenance/provenance.ts";

/** A commit and what is known of its making so far. */
export interface TracedCommit {
  readonly commit: Commit;
  readonly provenance: Provenance;
}

/** Finds out of each commit, in order, how it was made. */
export type Tracer = (commits: readonly Commit[]) => Promise<readonly TracedCommit[]>;

/** What one recorder holds about one commit. */
export interface Recorded {
  readonly commit: ObjectId;
  readonly evidence: readonly Evidence[];
}

/** A tool, other than git and countersign, that records in the repository who made what. */
export interface Recorder {
  /** What it holds about these commits. Nothing about a commit proves nothing. */
  read(commits: readonly TracedCommit[]): AsyncIterable<Recorded>;
}

/** No record is longer than this: the largest note that was ever seen has 4 MB. */
export const RECORD_LIMIT = 16 * 1024 * 1024;

const LONGEST_TEXT = 200;

/** An agent as a recorder knows it. */
export interface RecordedAgent {
  readonly agent: string;
  readonly model: string | undefined;
}

/** Evidence out of a record, which is named by its ref or path; `text` is what stands there. */
export function recordedEvidence(
  kind: "note" | "checkpoint",
  strength: Evidence["strength"],
  { agent, model }: RecordedAgent,
  record: string,
  text: string,
): Evidence {
  // A copy: a part of a longer text keeps all of it in memory, and that may be a record of megabytes.
  const copy = decodeText(encodeText(text.slice(0, LONGEST_TEXT)));
  const sign = { kind, agent, where: { record }, text: copy, strength, class: "authored" } as const;
  return model === undefined ? sign : { ...sign, model };
}

/** Warns people of a record that says nothing which could be relied on. */
export function unreadRecord(kind: "note" | "checkpoint", record: string, reason: string): Evidence {
  return recordedEvidence(kind, "weak", { agent: "unknown", model: undefined }, record, `not read: ${reason}`);
}

const ABSENT: ReadonlySet<string> = new Set(["OBJECT_MISSING", "BLOB_TOO_LARGE", "TREE_TOO_LARGE"]);

/** Why a record cannot be had here; records need not be in a clone. @throws the error where it is of another kind. */
export function whyAbsent(error: unknown): string {
  if (isCountersignError(error) && ABSENT.has(error.code)) return error.what;
  throw error;
}
