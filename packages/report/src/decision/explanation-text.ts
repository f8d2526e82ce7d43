import {
  type CommitVerdict,
  describeRequirement,
  explainViolation,
  type ObjectId,
  type PolicyInForce,
} from "@countersign/core";
import {
  abbreviate,
  type Cosigner,
  decodeText,
  describeEvidencePlace,
  describeSpot,
  type Explanation,
  explainNotice,
  formatTime,
  type JudgedEmergency,
  type JudgedRequirement,
  noticesOn,
  type Person,
} from "@countersign/core/internal";
import { escapeLine, escapeText } from "../text/escape.ts";
import { formatMessage, formatReason } from "../text/message-text.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import { formatDispute, namePolicy } from "./decision-text.ts";

/** Everything about one commit and one branch: how it was made, what it needs, who could give it, and what to do. */
export function formatExplanation(
  explanation: Explanation,
  inForce: PolicyInForce,
  paint: Paint = PLAIN,
): readonly string[] {
  const { commit, branch, verdict, author } = explanation;
  const { name, email } = commit.author;
  const level = author ? `level ${author.level}` : "not on the roster";
  const lines = [
    field("commit", `${commit.oid}${verdict ? ` "${escapeText(verdict.subject, 72)}"` : ""}`, paint),
    field("author", `${escapeText(name)} <${escapeText(email)}>, ${level}`, paint),
    field(
      "branch",
      `${escapeText(branch)}${verdict ? "" : ", which the policy does not protect: anything may land"}`,
      paint,
    ),
    field("policy", namePolicy(inForce), paint),
  ];
  if (!verdict) return lines;
  const { state, class: kind, evidence } = verdict.provenance;
  lines.push(field("state", `${state}${kind ? ` (${kind})` : ""}`, paint));
  for (const sign of evidence) {
    const weak = sign.strength === "weak" ? ", too weak to count" : "";
    const place = describeEvidencePlace(sign.where);
    lines.push(`          ${sign.agent}, ${sign.kind} in ${place}${weak}: ${escapeText(sign.text, 100)}`);
  }
  const { dispute } = verdict;
  if (dispute) {
    lines.push(field("dispute", formatDispute(dispute), paint));
    if (!dispute.requirement.met) lines.push(`          could be proven by: ${formatPeople(explanation.disputants)}`);
  }
  if (verdict.emergency) lines.push(field("emergency", formatEmergency(verdict.emergency), paint));
  if (verdict.mechanical) lines.push(field("needs", "no co-sign, because the merge itself changes nothing", paint));
  verdict.requirements.forEach((judged, index) => {
    lines.push(...formatRequirement(judged, explanation.candidates[index] ?? [], paint));
  });
  for (const cosign of verdict.cosigns) lines.push(...formatCosign(cosign, verdict, paint));
  for (const { email: by, proof, merge } of findVouchers(verdict)) {
    lines.push(field("co-sign", `${escapeText(by)} for the merge ${abbreviate(merge)}, ${proof}: counts`, paint));
  }
  const passes = verdict.violations.length === 0;
  const standing = explanation.protection?.mode === "warn" ? "would be refused (mode: warn)" : "refused";
  lines.push(field("verdict", passes ? paint.good("may land") : paint.bad(standing), paint));
  for (const found of verdict.violations) {
    const message = explainViolation(found);
    lines.push("", `${paint.bad(found.code)}: ${escapeLine(message.what)}`, ...formatReason(message, paint));
  }
  for (const notice of passes ? noticesOn(verdict) : []) lines.push("", ...formatMessage(explainNotice(notice), paint));
  return lines;
}

/** Why what is asked is not waited for, and until when it is due. */
function formatEmergency({ reason, line, requirement: { met, by }, review }: JudgedEmergency): string {
  const people = by.map(({ email }) => escapeText(email)).join(", ");
  const due = review ? `, review due until ${formatTime(review.until)}` : "";
  return `${met ? `signed by ${people}${due}` : `on line ${line}, but that is not proven`}: ${escapeText(reason, 200)}`;
}

/** A co-sign and what it is worth; why it does not count, unless that is said of the commit anyhow. */
function formatCosign(
  { email, proof, where, review, reapplied = [], emergency, refused }: CommitVerdict["cosigns"][number],
  { violations }: CommitVerdict,
  paint: Paint,
): readonly string[] {
  const files = reapplied.map((path) => escapeText(decodeText(path)));
  const moved = files.length === 0 ? "" : `, applied to ${files.join(", ")}, which moved on`;
  const on = review && where.carrier !== "review" ? ` on ${review.forge}` : "";
  const worth = refused?.code ?? `counts${moved}`;
  const why = refused && explainViolation(refused).what;
  const isSaid = violations.some((found) => explainViolation(found).what === why);
  return [
    field(
      "co-sign",
      `${escapeText(email)} ${describeSpot(where)}, ${proof}${on}${emergency ? ", for an emergency" : ""}: ${worth}`,
      paint,
    ),
    ...(why === undefined || isSaid ? [] : [`          ${escapeLine(why)}`]),
  ];
}

/** Those who count for a merge that brings the commit in, once each. */
function findVouchers({ requirements }: CommitVerdict): readonly (Cosigner & { readonly merge: ObjectId })[] {
  const people = requirements.flatMap(({ by }) =>
    by.flatMap((who) => (who.merge ? [{ ...who, merge: who.merge }] : [])),
  );
  return [...new Map(people.map((who) => [`${who.email} ${who.merge}`, who])).values()];
}

function formatRequirement(
  { requirement, rules, met }: JudgedRequirement,
  candidates: readonly Person[],
  paint: Paint,
): string[] {
  if (requirement.count === 0) return [field("needs", `no co-sign${from(rules)}`, paint)];
  return [
    field("needs", `${describeRequirement(requirement)}${from(rules)}: ${met ? "met" : "not met"}`, paint),
    ...(met ? [] : [`          could be given by: ${formatPeople(candidates)}`]),
  ];
}

function formatPeople(people: readonly Person[]): string {
  const who = people.map((person) => `${escapeText(person.name)} <${escapeText(person.emails[0] ?? "")}>`);
  return who.length === 0 ? "nobody on the roster" : who.join(", ");
}

function from(rules: readonly string[]): string {
  return rules.length === 0 ? "" : ` (${rules.map((rule) => escapeText(rule, 60)).join(", ")})`;
}

function field(name: string, value: string, paint: Paint): string {
  return `${paint.dim(name.padEnd(9))} ${value}`;
}
