import { branchName, type PolicyChoice } from "@countersign/core/internal";
import { type GitRepository, readLocalLedger } from "@countersign/git/internal";

/** What is judged for and by, as it will be once the remote has what the local ledger holds. */
export async function withLocalLedger(
  repository: GitRepository,
  choice: PolicyChoice,
  ledger: string,
): Promise<PolicyChoice> {
  const tip = await readLocalLedger(repository, ledger);
  if (!tip) return choice;
  const { destination } = choice;
  const branches = new Map(destination.branches).set(branchName(ledger) ?? ledger, tip);
  return { ...choice, destination: { ...destination, branches } };
}
