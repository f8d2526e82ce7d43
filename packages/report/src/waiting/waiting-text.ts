import { describeRequirement } from "@countersign/core";
import { redactUrls } from "@countersign/core/internal";
import { escapeText } from "../text/escape.ts";
import { field } from "../text/field.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import { shellWord } from "../text/shell-word.ts";
import { wrapText } from "../text/wrap.ts";
import type { WaitingBranch, WaitingList, WaitingNeed } from "./waiting.ts";

/** What a person reads of what waits for them. */
export function formatWaiting(list: WaitingList, paint: Paint = PLAIN): readonly string[] {
  const { branches, person, targets, unprotected, looked, remote, undecided } = list;
  const where = remote === undefined ? "" : ` on ${escapeText(redactUrls(remote))}`;
  const count = branches.length === 1 ? "1 branch waits" : `${branches.length || "no"} branches wait`;
  const names = targets.map((target) => escapeText(target)).join(" and ");
  const of = looked === 1 ? "1 that has" : `${looked} that have`;
  return [
    ...wrapText(
      "countersign: ",
      `${count} for a co-sign from ${escapeText(person.email)}, for ${names}${where} (of ${of} new commits)`,
    ),
    ...unprotected.flatMap((target) =>
      wrapText("  ", `the policy does not protect ${escapeText(target)}: nothing waits for it`),
    ),
    ...branches.flatMap((branch) => ["", ...formatBranch(branch, list, paint)]),
    ...undecided.flatMap(({ ref, fault }) => [
      "",
      paint.strong(shortName(ref)),
      ...wrapText("  cannot be judged: ", `${fault.code}: ${escapeText(fault.what)}`),
    ]),
  ];
}

function formatBranch(branch: WaitingBranch, list: WaitingList, paint: Paint): readonly string[] {
  const { ref, target, updated, authors, agents, needs, signed } = branch;
  const row = (label: string, value: string): readonly string[] => field(`  ${label}`, value, paint);
  const people = authors.map(({ name, email }) => `${escapeText(name)} <${escapeText(email)}>`);
  const lands = list.targets.length > 1 ? `, for ${escapeText(target)}` : "";
  return [
    `${paint.strong(shortName(ref))}${lands}, ${formatAge(list.now - updated)} old`,
    ...row("by", people.join(", ")),
    ...row("size", describeSize(branch)),
    ...row("agents", escapeText(agents.join(", ")) || "none; it changes the policy"),
    ...needs.flatMap((need) => row("needs", describeNeed(need))),
    ...(signed.length === 0
      ? []
      : row("signed", signed.map(({ email, proof }) => `${escapeText(email)} (${proof})`).join(", "))),
    ...row("next", commandFor(branch, list)),
  ];
}

function describeSize({ commits, waiting, size }: WaitingBranch): string {
  const all = `${commits} ${commits === 1 ? "commit" : "commits"}, ${waiting} to co-sign`;
  if (!size) return `${all}; no history in common`;
  return `${all}; ${size.files} ${size.files === 1 ? "file" : "files"}, +${size.added} -${size.deleted} lines`;
}

function describeNeed({ requirement, missing }: WaitingNeed): string {
  const more = missing < requirement.count ? `; ${missing} more` : "";
  return `${describeRequirement(requirement)}${more}`;
}

/** What a person types for a branch, and where it is to land elsewhere than by default, for that. */
function commandFor({ ref, target }: WaitingBranch, { command, defaultBranch }: WaitingList): string {
  const lands = target === defaultBranch ? [] : ["--branch", target];
  return [...command, ...lands, unescapedName(ref)].map(shellWord).join(" ");
}

function unescapedName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|remotes)\//, "");
}

function shortName(ref: string): string {
  return escapeText(unescapedName(ref), Number.POSITIVE_INFINITY);
}

const UNITS = [
  [365 * 24 * 60 * 60, "year"],
  [30 * 24 * 60 * 60, "month"],
  [24 * 60 * 60, "day"],
  [60 * 60, "hour"],
  [60, "minute"],
] as const;

/** In its largest unit; a commit dated ahead has no age yet. */
function formatAge(seconds: number): string {
  for (const [unit, name] of UNITS) {
    const count = Math.floor(seconds / unit);
    if (count > 0) return `${count} ${name}${count === 1 ? "" : "s"}`;
  }
  return "less than a minute";
}
