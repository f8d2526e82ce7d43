import {
  type CommitVerdict,
  type CountersignError,
  type Decision,
  explainViolation,
  type ObjectId,
  type UpdateVerdict,
  type Violation,
} from "@countersign/core";
import {
  type CodedMessage,
  decodeStrictly,
  digestOf,
  encodeText,
  explainNotice,
  messageOf,
  noticesOf,
  POLICY_FILES,
} from "@countersign/core/internal";
import { escapeLine, escapeText } from "../text/escape.ts";
import { nameCommit } from "./decision-text.ts";

/** One thing that is wrong, or is to be known, with what a report of any format says of it. */
export interface Finding extends CodedMessage {
  readonly kind: "violation" | "notice" | "fault";
  /** `warning` where it stops nothing: of a notice, or as the branch's mode is `warn`. */
  readonly level: "error" | "warning";
  /** Undefined if no update was judged. */
  readonly ref: string | undefined;
  readonly commit: ObjectId | undefined;
  /** What it is about, in one line: a commit, a ref or all. Escaped. */
  readonly about: string;
  /** A file to show it at: one that the commit changes, or else the policy's. Plain text: paths that are not are passed over. */
  readonly file: string;
  /** The same for the same finding in every run, and for no other one. Hex. */
  readonly fingerprint: string;
}

/** Everything that a decision finds wrong or worth a notice, update by update, or what kept all of it from being judged. */
export function findingsOf(decision: Decision): readonly Finding[] {
  const { fault, updates } = decision;
  return [...(fault ? [findingOf(fault)] : []), ...updates.flatMap((verdict) => findingsOfUpdate(decision, verdict))];
}

/** What kept all of a push from being judged. */
export function findingOf(fault: CountersignError): Finding {
  const { code } = fault;
  const message = messageOf(fault);
  const fingerprint = digestOf(encodeText(JSON.stringify([code, message])));
  const about = "nothing was judged";
  const file = POLICY_FILES[0];
  return {
    code,
    kind: "fault",
    level: "error",
    ref: undefined,
    commit: undefined,
    about,
    file,
    fingerprint,
    ...message,
  };
}

export function findingsOfUpdate({ policy }: Decision, verdict: UpdateVerdict): readonly Finding[] {
  const { ref } = verdict.update;
  const policyFile = policy?.entry.path ?? POLICY_FILES[0];
  const level = verdict.mode === "warn" ? "warning" : "error";
  const verdicts = new Map(verdict.judged.map((judged) => [judged.commit, judged]));
  const shown = new Map<string, number>();
  const mark = (...parts: readonly unknown[]): string => {
    const text = JSON.stringify([ref, ...parts]);
    const before = shown.get(text) ?? 0;
    shown.set(text, before + 1);
    return digestOf(encodeText(`${text} ${before}`));
  };
  const ofViolation = (found: Violation, commit?: CommitVerdict): Finding => {
    const file = found.code.startsWith("POLICY_") ? policyFile : (plainPath(commit?.path) ?? policyFile);
    const about = found.commit === undefined ? escapeText(ref) : nameCommit(found.commit, commit);
    const fingerprint = mark(found.code, found.commit, found.rules, found.data);
    const { code, commit: oid } = found;
    const message = messageOf(explainViolation(found));
    return { code, kind: "violation", level, ref, commit: oid, about, file, fingerprint, ...message };
  };
  return [
    ...verdict.violations.map((found) => ofViolation(found)),
    ...verdict.judged.flatMap((commit) => commit.violations.map((found) => ofViolation(found, commit))),
    ...noticesOf(verdict).map((notice): Finding => {
      const { code, commit } = notice;
      const judged = verdicts.get(commit);
      const about = nameCommit(commit, judged);
      const file = plainPath(judged?.path) ?? policyFile;
      const message = messageOf(explainNotice(notice));
      const fingerprint = mark(code, commit, notice.data);
      return { code, kind: "notice", level: "warning", ref, commit, about, file, fingerprint, ...message };
    }),
    ...verdict.faults.map((fault): Finding => {
      const { code } = fault;
      const message = messageOf(fault);
      const fingerprint = mark(code, message);
      const about = escapeText(ref);
      return { code, kind: "fault", level, ref, commit: undefined, about, file: policyFile, fingerprint, ...message };
    }),
  ];
}

/** A finding in lines of text, each escaped: what it is about and what is wrong, then details, why and fix. */
export function linesOfFinding({ about, what, why, fix, details = [] }: Finding): readonly string[] {
  return [
    `${about}: ${escapeLine(what, 500)}`,
    ...details.map((detail) => `- ${escapeLine(detail, 500)}`),
    `why: ${escapeLine(why)}`,
    `fix: ${escapeLine(fix)}`,
  ];
}

function plainPath(path: Uint8Array | undefined): string | undefined {
  const text = path && decodeStrictly(path);
  return text !== undefined && escapeText(text, text.length) === text ? text : undefined;
}
