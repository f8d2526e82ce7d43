import {
  type CommitVerdict,
  type CountersignError,
  type Decision,
  explainViolation,
  type ObjectId,
  type PolicyInForce,
  type UpdateVerdict,
  type Violation,
} from "@countersign/core";
import {
  abbreviate,
  type Cosigner,
  describeEvidencePlace,
  explainNotice,
  type JudgedDispute,
  type Notice,
  noticesOf,
  violationsOf,
} from "@countersign/core/internal";
import { escapeLine, escapeText } from "../text/escape.ts";
import { formatMessage, formatReason } from "../text/message-text.ts";
import { type Paint, PLAIN } from "../text/paint.ts";

/**
 * What a person reads of a decision, a line each: every refused update with all that is wrong, and of an allowed one
 * who vouched for the assisted work. Empty if there is nothing to report.
 */
export function formatDecision(decision: Decision, paint: Paint = PLAIN): readonly string[] {
  if (decision.fault) return [`countersign: ${paint.bad(UNDECIDED)}`, "", ...formatMessage(decision.fault, paint)];
  const shown = new Set<CountersignError>();
  const lines = decision.updates.flatMap((verdict) => formatUpdate(verdict, shown, paint));
  if (lines.length === 0) return [];
  return [...lines, ...formatPolicy(decision.policy, paint)];
}

const UNDECIDED = "cannot decide, so refused";

/** `shown`: what was said already of the refs before, such as why it is not known which policy is in force. */
function formatUpdate(verdict: UpdateVerdict, shown: Set<CountersignError>, paint: Paint): readonly string[] {
  const violations = violationsOf(verdict);
  const refused = violations.length > 0 || verdict.faults.length > 0;
  if (!refused && verdict.assisted === 0) return [];
  const ref = escapeText(verdict.update.ref);
  const counted = `${count(verdict.commits, "new commit")}, ${verdict.assisted} AI-assisted`;
  const by = verdict.ways ? ` by ${verdict.ways.join(", ")}` : "";
  const lines = [`countersign: ${standing(verdict, violations, paint)} ${paint.strong(ref)}${by} (${counted})`];
  const verdicts = new Map(verdict.judged.map((judged) => [judged.commit, judged]));
  const notices = noticesOf(verdict).flatMap((notice) => [...formatNotice(notice, verdicts, paint), ""]);
  if (!refused) {
    const vouched = verdict.judged.flatMap(formatVouched);
    return [...lines, ...vouched, ...(notices.length > 0 ? ["", ...notices] : [])];
  }
  const faults = verdict.faults.filter((fault) => !shown.has(fault));
  for (const fault of faults) shown.add(fault);
  return [
    ...lines,
    ...groupByAdvice(violations).flatMap((group) => ["", ...formatGroup(group, verdicts, paint)]),
    ...faults.flatMap((fault) => ["", ...formatMessage(fault, paint)]),
    "",
    ...notices,
  ];
}

function standing({ mode, faults }: UpdateVerdict, violations: readonly Violation[], paint: Paint): string {
  if (violations.length === 0 && faults.length === 0) return paint.good("allowed");
  if (mode === "warn") return paint.strong("would be refused (mode: warn)");
  return paint.bad(violations.length > 0 ? "refused" : UNDECIDED);
}

/** Violations whose reason and advice are the same are shown together: two hundred commits are one paragraph. */
function groupByAdvice(violations: readonly Violation[]): readonly (readonly Violation[])[] {
  const groups = new Map<string, Violation[]>();
  for (const found of violations) {
    const { why, fix } = explainViolation(found);
    const key = JSON.stringify([found.code, why, fix]);
    const group = groups.get(key);
    if (group) group.push(found);
    else groups.set(key, [found]);
  }
  return [...groups.values()];
}

const TOLD = 5;

function formatGroup(
  group: readonly Violation[],
  verdicts: ReadonlyMap<ObjectId, CommitVerdict>,
  paint: Paint,
): readonly string[] {
  const [first] = group;
  if (!first) return [];
  const lines: string[] = [];
  const shown = new Map<string | undefined, number>();
  for (const found of group) {
    // One commit can hold a thousand bad lines; its first ones say enough.
    const before = shown.get(found.commit) ?? 0;
    shown.set(found.commit, before + 1);
    if (found.commit && before === TOLD) lines.push("  … and more of the same in this commit");
    if (found.commit && before >= TOLD) continue;
    const { what, details } = explainViolation(found);
    const verdict = found.commit && verdicts.get(found.commit);
    lines.push(`${paint.bad(first.code)}: ${found.commit ? nameCommit(found.commit, verdict) : escapeText(what, 500)}`);
    if (found.commit) lines.push(`  ${escapeLine(what, 500)}${verdict ? madeWith(verdict) : ""}`);
    for (const detail of details ?? []) lines.push(`  - ${escapeLine(detail, 500)}`);
  }
  return [...lines, ...formatReason(explainViolation(first), paint)];
}

function formatNotice(notice: Notice, verdicts: ReadonlyMap<ObjectId, CommitVerdict>, paint: Paint): readonly string[] {
  const message = explainNotice(notice);
  return [
    `${paint.bad(notice.code)}: ${nameCommit(notice.commit, verdicts.get(notice.commit))}`,
    `  ${escapeLine(message.what, 500)}`,
    ...formatReason(message, paint),
  ];
}

/** A commit in one line, escaped: its id, and its subject where it was judged by itself. */
export function nameCommit(oid: ObjectId, verdict: Pick<CommitVerdict, "subject"> | undefined): string {
  return verdict ? `${abbreviate(oid)} "${escapeText(verdict.subject, 72)}"` : `the tip ${abbreviate(oid)}`;
}

function madeWith({ provenance }: CommitVerdict): string {
  if (provenance.state !== "assisted") return "";
  const first = provenance.evidence.find(({ strength }) => strength === "strong");
  return `; made with ${provenance.agents.map((agent) => escapeText(agent, 40)).join(", ")} (${first ? describeEvidencePlace(first.where) : "marked"})`;
}

const PROOF_WORDS = { declared: "declared, not proven", reviewed: "reviewed", signed: "signed", hardware: "hardware" };

/** One line for each assisted commit that passes, from which the verdict can be made again. */
function formatVouched(commit: CommitVerdict): readonly string[] {
  if (commit.provenance.state !== "assisted") return [];
  const { requirements, dispute, emergency, mechanical } = commit;
  const vouched = formatVouching(requirements.flatMap(({ by }) => by));
  const why = mechanical ? ", because the merge itself changes nothing" : "";
  const urgent = emergency?.review ? ", in an emergency, not reviewed" : "";
  const disputed = dispute ? `; ${formatDispute(dispute)}` : "";
  return [
    `  ${nameCommit(commit.commit, commit)}${madeWith(commit)}; ${vouched || `no co-sign needed${why}`}${urgent}${disputed}`,
  ];
}

/** Who co-signed, and how that is proven; then whose approval a forge reports. */
function formatVouching(cosigners: readonly Cosigner[]): string {
  const signing = formatCosigners(cosigners.filter(({ review }) => !review));
  const approving = new Map(cosigners.flatMap(({ email, review }) => (review ? [[email, review]] : [])));
  return [
    ...(signing === "" ? [] : [`co-signed by ${signing}`]),
    ...[...approving.values()].map(({ forge, name }) => `reviewed on ${forge} by ${escapeText(name, 60)}`),
  ].join(", ");
}

/** People, once each, and how each co-sign is proven. */
function formatCosigners(cosigners: readonly Cosigner[]): string {
  const people = new Map(cosigners.map((cosigner) => [cosigner.email, cosigner]));
  const proven = [...people.values()].map(({ email, proof, merge }) => {
    const cover = merge === undefined ? "" : ` for the merge ${abbreviate(merge)}`;
    return `${escapeText(email)} (${PROOF_WORDS[proof]})${cover}`;
  });
  return proven.join(", ");
}

/** Who proves the marks of AI wrong, and why they are. */
export function formatDispute({ reason, line, requirement }: JudgedDispute): string {
  const by = requirement.met ? `by ${formatCosigners(requirement.by)}` : `on line ${line}, but that is not proven`;
  return `disputed ${by}: ${escapeText(reason, 200)}`;
}

function formatPolicy(policy: PolicyInForce | undefined, paint: Paint): readonly string[] {
  return policy ? [paint.dim(`policy: ${namePolicy(policy)}`)] : [];
}

/** Where a policy was read: the place, the commit it was resolved to, and the file. */
export function namePolicy({ ref, commit, entry }: PolicyInForce): string {
  return `${escapeText(ref)}${commit === undefined ? "" : ` at ${commit}`}, ${entry.path}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
