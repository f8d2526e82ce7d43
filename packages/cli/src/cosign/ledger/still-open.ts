import type { CommitVerdict } from "@countersign/core";
import type { GitRepository } from "@countersign/git/internal";
import { judgeBranch } from "../judge-branch.ts";
import { withLocalLedger } from "./local-choice.ts";
import type { RecordProposal } from "./record-proposal.ts";

/** The commits that may not land yet, judged by the local ledger, which has what others pushed meanwhile. */
export async function findStillOpen(
  repository: GitRepository,
  { targets, work, ledger }: RecordProposal,
): Promise<readonly CommitVerdict[]> {
  const open: CommitVerdict[] = [];
  for (const { choice } of targets) {
    const { judged } = await judgeBranch(repository, await withLocalLedger(repository, choice, ledger), work, work.tip);
    open.push(...judged.filter(({ violations }) => violations.length > 0));
  }
  return open;
}
