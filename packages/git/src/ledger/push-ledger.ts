import { CountersignError, type ObjectId } from "@countersign/core";
import { branchName, readLedgerTip } from "@countersign/core/internal";
import type { GitRepository } from "../repository/git-repository.ts";
import { moveBranch } from "../rewrite/move-branch.ts";
import { findBase, isReached } from "./ancestry.ts";
import { commitLedger, readLocalLedger, readTip, TRIES, withLedger } from "./local-ledger.ts";
import { NewObjects } from "./new-objects.ts";
import { askLedger, fetchLedger, pushTip, type RemoteLedger, trackingRef } from "./remote-ledger.ts";
import { uniteTrees } from "./unite.ts";

/**
 * Brings the local ledger to the remote: fetches what is there, unites both, pushes, and begins again where others were
 * quicker. Where it fails nothing is lost: the local branch keeps what was added.
 * @param print The command that prints what was added, for people who may not push.
 * @throws `LEDGER_NOT_PUSHED` if the remote refuses; `LEDGER_BUSY`; `GIT_FAILED` where it cannot be reached.
 */
export async function pushLedger(repository: GitRepository, ledger: RemoteLedger, print?: string): Promise<void> {
  const { ref, remote } = ledger;
  const name = branchName(ref) ?? ref;
  let there = await askLedger(repository, ledger);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const known = there;
    const tip = await uniteWith(repository, ledger, known);
    if (tip === undefined || tip === known) return;
    const said = await pushTip(repository, ledger, tip);
    if (said === undefined) return;
    there = await askLedger(repository, ledger);
    // Nobody else was the reason.
    if (there === known) {
      throw new CountersignError("LEDGER_NOT_PUSHED", { ledger: name, remote, said, ...(print && { print }) });
    }
  }
  throw new CountersignError("LEDGER_BUSY", { ref, tries: TRIES });
}

/** Unites the local ledger with what the remote has of it, and gives the local branch's new tip. */
async function uniteWith(
  repository: GitRepository,
  ledger: RemoteLedger,
  there: ObjectId | undefined,
): Promise<ObjectId | undefined> {
  if (there === undefined) return readLocalLedger(repository, ledger.ref);
  if ((await repository.peelToCommit(there)) !== undefined) return uniteLocal(repository, ledger, there);
  await fetchLedger(repository, ledger);
  // It may have moved on since it was asked for.
  const fetched = await readLedgerTip(repository, trackingRef(ledger));
  return uniteLocal(repository, ledger, fetched ?? there);
}

/**
 * Unites the local ledger with another tip of it: by moving on where it has nothing else, else by a merge of both. Two who
 * each began a ledger have no history in common, and are united alike.
 */
export async function uniteLocal(
  repository: GitRepository,
  { ref, isGenuine }: Pick<RemoteLedger, "ref" | "isGenuine">,
  there: ObjectId,
): Promise<ObjectId | undefined> {
  return withLedger(ref, async () => {
    const from = await readLocalLedger(repository, ref);
    if (from === undefined || (await isReached(repository, there, from))) return from;
    if (await isReached(repository, from, there)) {
      await moveBranch(repository.context, { ref, from, to: there, reason: "countersign: fetch" });
      return there;
    }
    const base = await findBase(repository, from, there);
    const [theirs, ours] = [await readTip(repository, there), await readTip(repository, from)];
    const objects = new NewObjects(repository);
    const before = base && (await readTip(repository, base)).tree;
    const tree = await uniteTrees(objects, { theirs: theirs.tree, ours: ours.tree, base: before, isGenuine });
    return commitLedger(repository, objects, { ref, from, parents: [there, from], tree, message: ours.message });
  });
}
