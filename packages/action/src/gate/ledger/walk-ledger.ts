import { type ObjectId, parseObjectId } from "@countersign/core";
import { WITHDRAWN_FILE } from "@countersign/core/internal";
import { type GitRepository, git } from "@countersign/git/internal";

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
  const shown = ["--format=", "--raw", "-z", "--no-abbrev", "--no-renames", "-m", "--diff-filter=DMT"];
  const { output } = await git(context, ["log", ...shown, tip, ...(before ? ["--not", before.tip] : []), "--"]);
  const removed = new Map(before?.removed);
  for (const [, oid = "", path = ""] of output.matchAll(REMOVED)) {
    const names = path.split("/");
    if (names.pop() === WITHDRAWN_FILE) removed.set(`${oid} ${path}`, { names, oid: parseObjectId(oid) });
  }
  return { tip, removed };
}

/** The id that was there, and the path. */
const REMOVED = /:100[0-7]{3} [0-7]{6} ([0-9a-f]+) [0-9a-f]+ [A-Z]\0([^\0]*)\0/g;
