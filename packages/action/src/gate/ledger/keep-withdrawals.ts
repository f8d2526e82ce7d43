import { CountersignError, type ObjectId, type Policy, parseObjectId } from "@countersign/core";
import {
  isGenuineUnder,
  parsePlace,
  parseWithdrawnFile,
  SIGNED_FILE_LIMIT,
  WITHDRAWN_FILE,
} from "@countersign/core/internal";
import { addToLedger, type GitRepository, git, type NewWithdrawal, trackingRef } from "@countersign/git/internal";
import { type GateRepository, REMOTE } from "../gate-repository.ts";

/**
 * Puts back, in what was fetched of the ledger, the withdrawals that its history had and its tip has not: where no hook of a
 * server judges pushes, whoever may push there can remove one by a plain push, and what was taken back would count again.
 */
export async function keepWithdrawals(place: GateRepository, policy: Policy): Promise<void> {
  const { ledger: ref } = policy;
  if (ref === undefined) return;
  const tracking = trackingRef({ remote: REMOTE, ref });
  const isGenuine = isGenuineUnder(policy);
  await place.write(async (repository) => {
    if ((await repository.refs(tracking)).length === 0) return;
    const withdrawals: NewWithdrawal[] = [];
    for (const { names, oid } of await listRemoved(repository, tracking)) {
      const found = parsePlace(names);
      const bytes = await repository.blob(oid, SIGNED_FILE_LIMIT).catch(orTooLarge);
      const file = bytes && parseWithdrawnFile(bytes);
      if (!found || !file || file.recordId !== found.recordId || !isGenuine(file)) continue;
      const { head, recordId, signature } = file;
      withdrawals.push({ withdrawal: { head, recordId }, signature: signature.blob, places: [found] });
    }
    if (withdrawals.length === 0) return;
    // What was put together for an earlier tip is no matter.
    await git(repository.context, ["update-ref", "-d", ref]);
    const tip = await addToLedger(repository, { ref, tracking, isGenuine }, { withdrawals });
    await git(repository.context, ["update-ref", tracking, tip]);
  });
}

/** What is too large is no withdrawal. */
function orTooLarge(error: unknown): undefined {
  if (!(error instanceof CountersignError) || error.code !== "BLOB_TOO_LARGE") throw error;
}

interface RemovedFile {
  /** The names that lead to its folder. */
  readonly names: readonly string[];
  readonly oid: ObjectId;
}

/** The files of withdrawals that some commit of a ledger removes or replaces, seen from any of its parents. */
async function listRemoved({ context }: GitRepository, tracking: string): Promise<readonly RemovedFile[]> {
  const shown = ["--format=", "--raw", "-z", "--no-abbrev", "--no-renames", "-m", "--diff-filter=DMT"];
  const { output } = await git(context, ["log", ...shown, tracking, "--"]);
  const files = new Map<string, RemovedFile>();
  for (const [, oid = "", path = ""] of output.matchAll(REMOVED)) {
    const names = path.split("/");
    if (names.pop() === WITHDRAWN_FILE) files.set(`${oid} ${path}`, { names, oid: parseObjectId(oid) });
  }
  return [...files.values()];
}

/** The id that was there, and the path. */
const REMOVED = /:100[0-7]{3} [0-7]{6} ([0-9a-f]+) [0-9a-f]+ [A-Z]\0([^\0]*)\0/g;
