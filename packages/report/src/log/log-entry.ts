import { type Commit, type RawCommit, readCosigns } from "@countersign/core";
import {
  decodeStrictly,
  encodeBase64,
  type LedgerTrace,
  LF,
  startsWithAscii,
  subjectBytes,
  subjectLine,
} from "@countersign/core/internal";
import { formatJson } from "../text/json-text.ts";
import { evidenceToJson } from "./evidence-json.ts";
import type { LogEntry } from "./log-entry-schema.ts";

/** A commit as the log shows it. */
export function logEntryOf(raw: RawCommit, { commit, provenance, claims }: LedgerTrace): LogEntry {
  const subject = subjectLine(commit);
  const { state, class: kind, agents, evidence } = provenance;
  return {
    oid: commit.oid,
    subject,
    author: { name: commit.author.name, email: commit.author.email },
    state,
    class: kind ?? null,
    agents,
    evidence: evidenceToJson(evidence),
    cosigns: [...cosignsOf(commit), ...claims.map(recordedCosign)],
    ...rawOf(raw, commit, subject),
  };
}

/** The bytes of what the entry's text could not show, if there are any. */
function rawOf({ bytes }: RawCommit, commit: Commit, text: string): Pick<LogEntry, "raw"> {
  const { name, email } = commit.author;
  const subject = losesBytes(text) ? notText(subjectBytes(commit)) : undefined;
  const author = losesBytes(`${name}${email}`) ? notText(authorLine(bytes)) : undefined;
  if (subject === undefined && author === undefined) return {};
  return { raw: { ...(subject === undefined ? {} : { subject }), ...(author === undefined ? {} : { author }) } };
}

/** Only text that shows the mark can have lost anything, and few commits are read twice for it. */
function losesBytes(text: string): boolean {
  return text.includes("\ufffd");
}

function notText(bytes: Uint8Array): string | undefined {
  return decodeStrictly(bytes) === undefined ? encodeBase64(bytes) : undefined;
}

/** The first author line of a commit object, without its key. */
function authorLine(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start >= 0 && !startsWithAscii(bytes, AUTHOR, start)) start = bytes.indexOf(LF, start) + 1 || -1;
  const end = bytes.indexOf(LF, start);
  return start < 0 ? bytes.subarray(0, 0) : bytes.subarray(start + AUTHOR.length, end < 0 ? bytes.length : end);
}

const AUTHOR = "author ";

function cosignsOf(commit: Commit): LogEntry["cosigns"] {
  const { claims, refused } = readCosigns(commit);
  return [
    ...claims.map(({ email, signatures }) => ({
      email,
      proof: signatures.length > 0 ? ("signed" as const) : ("declared" as const),
      valid: true,
    })),
    ...refused.map(() => ({ email: null, proof: "declared" as const, valid: false })),
  ];
}

function recordedCosign({ email, where, signatures }: LedgerTrace["claims"][number]): LogEntry["cosigns"][number] {
  const [signed] = signatures;
  const proof = signed && "proof" in signed.result ? signed.result.proof : "signed";
  return { email, proof, valid: true, ...("record" in where && { record: where.record }) };
}

/** What the entry of a commit that says nothing of how it was made ends with. A new field does not compile without a place. */
const SILENCE: Omit<LogEntry, "oid" | "subject" | "author" | "state" | "raw" | "time" | "branch"> = {
  class: null,
  agents: [],
  evidence: [],
  cosigns: [],
};
const SILENT_FIELDS = Object.keys(SILENCE) as (keyof typeof SILENCE)[];
const SILENT_END = formatJson(SILENCE).slice(1);

/**
 * An entry as a line of `jsonl`. Nearly every commit of a long history says nothing of how it was made; such a line is put
 * together from what differs, which takes two thirds of the time.
 */
export function formatLogLine(entry: LogEntry): string {
  const { oid, subject, author, state, raw, time, branch } = entry;
  const more = raw !== undefined || time !== undefined || branch !== undefined;
  if (more || !SILENT_FIELDS.every((field) => isSilent(entry[field]))) return formatJson(entry);
  return `{"oid":"${oid}","subject":${formatJson(subject)},"author":${formatJson(author)},"state":"${state}",${SILENT_END}`;
}

function isSilent(value: string | readonly unknown[] | null): boolean {
  return value === null || value.length === 0;
}
