import type { ObjectId } from "@countersign/core";
import { type IsGenuine, readLedgerTip } from "@countersign/core/internal";
import type { GitRepository } from "../repository/git-repository.ts";
import { moveBranch } from "../rewrite/move-branch.ts";
import { isReached } from "./ancestry.ts";
import { commitLedger, readLocalLedger, readTip, withLedger } from "./local-ledger.ts";
import { NewObjects } from "./new-objects.ts";
import { addTrees, type LedgerAddition, messageFor } from "./new-records.ts";
import { uniteTrees } from "./unite.ts";

/** A ledger in this repository. */
export interface LedgerBranch {
  /** The full name of the local branch. */
  readonly ref: string;
  /** The full name of the ref that holds what was fetched of it. */
  readonly tracking: string | undefined;
  readonly isGenuine?: IsGenuine | undefined;
}

/** Where the local ledger stands, and the commit that one more goes on from: what was fetched, where the local branch has nothing else. */
export async function findStart(
  repository: GitRepository,
  { ref, tracking }: Pick<LedgerBranch, "ref" | "tracking">,
): Promise<{ readonly from: ObjectId | undefined; readonly parent: ObjectId | undefined }> {
  const from = await readLocalLedger(repository, ref);
  const fetched = tracking === undefined ? undefined : await readLedgerTip(repository, tracking);
  return { from, parent: from && !(fetched && (await isReached(repository, from, fetched))) ? from : fetched };
}

/**
 * Adds to the local ledger, all of them by one commit, and gives its new tip. It goes on from what
 * was fetched where the local branch has nothing else. Neither index nor work tree is touched.
 * @throws `LEDGER_UNFIT`, `LEDGER_BUSY`.
 */
export async function addToLedger(
  repository: GitRepository,
  { ref, tracking, isGenuine }: LedgerBranch,
  addition: LedgerAddition,
): Promise<ObjectId> {
  return withLedger(ref, async () => {
    const { from, parent } = await findStart(repository, { ref, tracking });
    const objects = new NewObjects(repository);
    const added = addTrees(objects, addition);
    const known = parent && (await readTip(repository, parent)).tree;
    const tree = known ? await uniteTrees(objects, { theirs: known, ours: added, isGenuine }) : added;
    if (parent && tree === known) {
      // It is there already: a commit of nothing would have everyone fetch, and gates judge, for nothing.
      if (parent !== from)
        await moveBranch(repository.context, { ref, from, to: parent, reason: "countersign: fetch" });
      return parent;
    }
    const parents = parent ? [parent] : [];
    return commitLedger(repository, objects, { ref, from, parents, tree, message: messageFor(addition) });
  });
}
