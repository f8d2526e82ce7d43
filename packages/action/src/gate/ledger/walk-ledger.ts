import type { ObjectId } from "@countersign/core";
import { isRegularFile, WITHDRAWN_FILE } from "@countersign/core/internal";
import { type GitRepository, listRawChanges } from "@countersign/git/internal";

/** A ledger's history as far as it was walked. */
export interface WalkedLedger {
  readonly tip: ObjectId;
  /** The files of withdrawals that some commit removes or replaces, seen from any of its parents. */
  readonly removed: ReadonlyMap<string, RemovedFile>;
}

interface RemovedFile {
  /** The names that lead to its folder. */
  readonly names: readonly string[];
  readonly oid: ObjectId;
}

/** Walks what a ledger has beyond what was walked before; what was found there stays found. */
export async function walkLedger(
  { context }: GitRepository,
  tip: ObjectId,
  before: WalkedLedger | undefined,
): Promise<WalkedLedger> {
  if (before?.tip === tip) return before;
  const range = [tip, ...(before ? ["--not", before.tip] : [])];
  const changes = await listRawChanges(context, ["log", "--format=", "-m", "--diff-filter=DMT", ...range, "--"]);
  const removed = new Map(before?.removed);
  for (const { oldMode, oldOid: oid, path } of changes) {
    const names = path.toString().split("/");
    if (!isRegularFile(oldMode) || names.pop() !== WITHDRAWN_FILE) continue;
    removed.set(`${oid} ${names.join("/")}`, { names, oid });
  }
  return { tip, removed };
}
