import { abbreviate, branchName, redactUrls } from "@countersign/core/internal";
import { findPushAdvice, type GitRepository, type PushAdvice } from "@countersign/git/internal";
import { escapeText, type Paint, wrapText } from "@countersign/report";
import type { Done } from "./carry-out.ts";
import type { Proposal } from "./proposal.ts";

/** Where the branch will have to be pushed to. It is advice, and no reason to stop. */
export function advisePush(repository: GitRepository, { range, affected }: Proposal): Promise<PushAdvice> {
  const former = affected.slice(0, 1).map(({ commit }) => commit.oid);
  return findPushAdvice(repository, range.ref, former).catch(() => ({ remote: undefined, published: false }));
}

/** What was done, how to take it back, and what comes next. */
export function reportCosign(
  { range, wanted, signer, key }: Proposal,
  { ids, move }: Done,
  advice: PushAdvice,
  paint: Paint,
): readonly string[] {
  const branch = branchName(range.ref) ?? range.ref;
  const count = `${wanted.length} ${wanted.length === 1 ? "commit" : "commits"}`;
  const proof = key ? `signed with ${key.key.fingerprint}` : "declared, not proven";
  return [
    "",
    ...wrapText(
      "countersign: ",
      `co-signed ${count} on ${escapeText(branch)} as ${escapeText(signer.email)} (${proof})`,
    ).map((line, index) => (index === 0 ? line.replace("co-signed", paint.good("co-signed")) : line)),
    ...wanted.map(({ commit, verdict }) => {
      const now = ids.get(commit.oid) ?? commit.oid;
      return `  ${abbreviate(commit.oid)} -> ${abbreviate(now)} "${escapeText(verdict.subject, SUBJECT)}"`;
    }),
    `  ${paint.dim("undo:")} git update-ref ${shellWord(move.ref)} ${move.from} ${move.to}`,
    `  ${paint.dim("next:")} ${nextStep(advice, branch)}`,
  ];
}

/** So much of a subject fits on the line with both ids. */
const SUBJECT = 44;

function nextStep({ remote, published }: PushAdvice, branch: string): string {
  // A remote can be a URL with a token in it, which belongs on no screen.
  if (remote === undefined || redactUrls(remote) !== remote) return "push the branch";
  const force = published ? " --force-with-lease" : "";
  const why = published ? " (its former commits are on the remote already)" : "";
  return `git push${force} ${shellWord(remote)} ${shellWord(branch)}${why}`;
}

function shellWord(text: string): string {
  const shown = escapeText(text, Number.POSITIVE_INFINITY);
  return /^[\w./@%+=:,-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
}
