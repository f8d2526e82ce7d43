import type { RequestComment } from "./forge.ts";
import type { Judgement } from "./judge-landing.ts";
import { hasNotice, type Report, wantsCosign } from "./report.ts";

/** The first line of the comment, by which it is found again. */
export const MARKER = "<!-- countersign -->";

/** A comment is read on a telephone; the run has all of it. */
const LIMIT = 6_000;

/**
 * What the request's one comment says: the verdict, and where a co-sign helps how it is given. `sign`: the command, where the
 * policy has a ledger; `next`: what comes after it; `run`: where all of it is.
 */
export function commentOn(
  judgement: Judgement,
  { summary, state }: Report,
  { sign, next, run }: { readonly sign: string | undefined; readonly next: string; readonly run: string | undefined },
): RequestComment {
  const lacks = judgement.kind === "judged" && state === "failure" && wantsCosign(judgement.decision);
  const [shown, cut] = summary.length > LIMIT ? [cutFence(summary.slice(0, LIMIT)), true] : [summary.trimEnd(), false];
  const parts = [
    shown,
    ...(cut ? ["… and more, in the summary of the run."] : []),
    ...(lacks ? [sign === undefined ? IN_MESSAGES : howTo(IN_LEDGER, sign, next)] : []),
    ...(run === undefined ? [] : [`[The run](${run}) has the details.`]),
  ];
  const isQuiet = state !== "failure" && !(judgement.kind === "judged" && hasNotice(judgement.decision));
  return { marker: MARKER, text: `${parts.join("\n\n")}\n`, onlyIfThere: isQuiet };
}

const REVIEWS = "One of the people named above reviews the change in a clone of this repository";

const IN_LEDGER = `${REVIEWS}, and co-signs it without touching the branch:`;

const IN_MESSAGES = howTo(
  `${REVIEWS} with the branch checked out, and co-signs it in the messages of its commits:`,
  "countersign cosign",
  "The command ends with how to push the branch again, and the check runs then.",
);

function howTo(how: string, command: string, next: string): string {
  return `${how}\n\n\`\`\`sh\n${command}\n\`\`\`\n\n${next}`;
}

/** Ends the block of code that a cut went through. */
function cutFence(text: string): string {
  const whole = text.slice(0, text.lastIndexOf("\n"));
  return (whole.match(/^```/gm)?.length ?? 0) % 2 === 1 ? `${whole}\n\`\`\`` : whole;
}
