import { abbreviate, branchName, redactUrls } from "@countersign/core/internal";
import type { PushPlace } from "@countersign/git/internal";
import { escapeText, type Paint, shellWord } from "@countersign/report";
import { reportSigned } from "../review/task-fields.ts";
import type { Done } from "./carry-out.ts";
import type { Proposal } from "./proposal.ts";

/** What was done, how to take it back, and what comes next. */
export function reportCosign(proposal: Proposal, { ids, move }: Done, paint: Paint): readonly string[] {
  const { range, wanted, place, isPublished } = proposal;
  const branch = branchName(range.ref) ?? range.ref;
  const count = `${wanted.length} ${wanted.length === 1 ? "commit" : "commits"}`;
  return [
    "",
    ...reportSigned(`${count} on ${escapeText(branch)}`, proposal, paint),
    ...wanted.map(({ commit, verdict }) => {
      const now = ids.get(commit.oid) ?? commit.oid;
      return `  ${abbreviate(commit.oid)} -> ${abbreviate(now)} "${escapeText(verdict.subject, SUBJECT)}"`;
    }),
    `  ${paint.dim("undo:")} git update-ref ${shellWord(move.ref)} ${move.from} ${move.to}`,
    `  ${paint.dim("next:")} ${nextStep(branch, place, isPublished)}`,
  ];
}

/** So much of a subject fits on the line with both ids. */
const SUBJECT = 44;

/** Only what was seen there may be pushed over: someone else's commits that came since would be lost. */
function nextStep(branch: string, place: PushPlace | undefined, isPublished: boolean): string {
  // A remote can be a URL with a token in it, which belongs on no screen.
  if (place === undefined || redactUrls(place.remote) !== place.remote) return "push the branch";
  const target = place.branch === branch ? branch : `${branch}:${place.branch}`;
  const words = [place.remote, target].map(shellWord).join(" ");
  if (!isPublished) return `git push ${words}`;
  const lease = shellWord(`--force-with-lease=${place.branch}:${place.tip}`);
  return `git push ${lease} ${words} (its former commits are on the remote already)`;
}
