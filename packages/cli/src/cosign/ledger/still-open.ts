import type { CommitVerdict } from "@countersign/core";
import { branchName } from "@countersign/core/internal";
import { type GitRepository, readLocalLedger } from "@countersign/git/internal";
import { judgeBranch } from "../judge-branch.ts";
import type { RecordProposal } from "./record-proposal.ts";

/** The commits that may not land yet, judged by the local ledger, which has what others pushed meanwhile. */
export async function findStillOpen(
  repository: GitRepository,
  { targets, work, ledger }: RecordProposal,
): Promise<readonly CommitVerdict[]> {
  const tip = await readLocalLedger(repository, ledger);
  const open: CommitVerdict[] = [];
  for (const { choice } of targets) {
    const { destination } = choice;
    const branches = new Map(destination.branches);
    if (tip) branches.set(branchName(ledger) ?? ledger, tip);
    const then = { ...choice, destination: { ...destination, branches } };
    const { judged } = await judgeBranch(repository, then, work, work.tip);
    open.push(...judged.filter(({ violations }) => violations.length > 0));
  }
  return open;
}
