import type { Decision } from "@countersign/core";
import { noticesOf, type Outcome, violationsOf } from "@countersign/core/internal";
import { escapeText, formatGithub, formatMarkdown } from "@countersign/report";
import type { Status } from "./forge.ts";
import type { Judgement } from "./judge-landing.ts";

/** A verdict in all the forms in which a forge shows one. */
export interface Report {
  readonly outcome: Outcome;
  /** Undefined if there is nothing to be required: the policy leaves the branch alone. */
  readonly state: Exclude<Status["state"], "pending"> | undefined;
  /** One line. */
  readonly title: string;
  /** Markdown, in which nothing of others is a link, an image, a mention or HTML. */
  readonly summary: string;
  /** Commands by which a runner of GitHub's kind shows them beside the files. */
  readonly annotations: readonly string[];
}

/** No forge takes a longer line for a status. */
const TITLE_LIMIT = 140;

/** What is to be reported of a judgement. `branch`: where it would land. `sign`: the command that helps, where one may. */
export function report(judgement: Judgement, branch: string, sign?: string): Report {
  if (judgement.kind === "unprotected") return reportUnprotected(branch, judgement.policy?.ref);
  const { decision } = judgement;
  return {
    outcome: decision.outcome,
    state: decision.outcome === "allow" ? "success" : "failure",
    // Escaped first: what is escaped is longer.
    title: escapeText(escapeText(titleOf(decision, sign)), TITLE_LIMIT - 1),
    summary: formatMarkdown(decision),
    annotations: formatGithub(decision),
  };
}

function reportUnprotected(branch: string, ref: string | undefined): Report {
  const shown = escapeText(branch, 60);
  const said = ref === undefined ? "no policy was in force" : `the policy does not protect ${shown}`;
  return {
    outcome: "allow",
    state: undefined,
    title: escapeText(`not judged: ${said}`, TITLE_LIMIT - 1),
    summary: `### countersign: not judged\n\nNothing is required of what lands here: ${said}. No status is written.\n`,
    annotations: [],
  };
}

function titleOf(decision: Decision, sign: string | undefined): string {
  const { outcome, updates, fault } = decision;
  const [first] = updates;
  const codes = [...new Set(updates.flatMap((verdict) => violationsOf(verdict).map(({ code }) => code)))];
  if (outcome === "deny") {
    const helps = sign !== undefined && wantsCosign(decision);
    return helps ? `${codes.join(", ")}: a senior can run ${sign}` : `refused: ${codes.join(", ")}`;
  }
  if (outcome === "undecided") {
    const faults = fault ? [fault] : updates.flatMap((verdict) => verdict.faults);
    return `could not decide: ${faults[0] ? `${faults[0].code}: ${faults[0].what}` : "see the details"}`;
  }
  if (!first) return "may land";
  const urgent = hasNotice(decision) ? " in an EMERGENCY, not reviewed" : "";
  const warned = codes.length > 0 ? ` (mode: warn; ${codes.join(", ")})` : "";
  return `may land${urgent}: ${first.commits} new ${first.commits === 1 ? "commit" : "commits"}, ${first.assisted} AI-assisted${warned}`;
}

/** Whether there is something to be known of what may land. */
export function hasNotice({ updates }: Decision): boolean {
  return updates.some((verdict) => noticesOf(verdict).length > 0);
}

/** Whether a senior's co-sign is what a decision lacks. */
export function wantsCosign({ updates }: Decision): boolean {
  return updates.some((verdict) => violationsOf(verdict).some(({ able }) => able !== undefined));
}
