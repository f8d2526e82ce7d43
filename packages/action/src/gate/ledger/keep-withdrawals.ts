import { CountersignError, type Policy } from "@countersign/core";
import { isGenuineUnder, parsePlace, parseWithdrawnFile, SIGNED_FILE_LIMIT } from "@countersign/core/internal";
import { addToLedger, git, type NewWithdrawal, trackingRef } from "@countersign/git/internal";
import { type GateRepository, REMOTE } from "../gate-repository.ts";
import { walkLedger } from "./walk-ledger.ts";

/**
 * Puts back, in what was fetched of the ledger, the withdrawals that its history had and its tip has not: where no hook of a
 * server judges pushes, anyone who may push there can remove one by a plain push, and the withdrawn co-sign would count again.
 */
export async function keepWithdrawals(place: GateRepository, policy: Policy): Promise<void> {
  const { ledger: ref } = policy;
  if (ref === undefined) return;
  const tracking = trackingRef({ remote: REMOTE, ref });
  const isGenuine = isGenuineUnder(policy);
  await place.write(async (repository) => {
    const there = (await repository.refs(tracking)).find(({ name }) => name === tracking);
    if (!there) return;
    const walked = await walkLedger(repository, there.oid, place.walked.get(tracking));
    place.walked.set(tracking, walked);
    const withdrawals: NewWithdrawal[] = [];
    for (const { names, oid } of walked.removed.values()) {
      const found = parsePlace(names);
      const bytes = await repository.blob(oid, SIGNED_FILE_LIMIT).catch(orTooLarge);
      const file = bytes && parseWithdrawnFile(bytes);
      if (!found || !file || file.recordId !== found.recordId || !isGenuine(file)) continue;
      const { head, recordId, signature } = file;
      withdrawals.push({ withdrawal: { head, recordId }, signature: signature.blob, places: [found] });
    }
    if (withdrawals.length === 0) return;
    // What was put together for an earlier tip does not matter.
    await git(repository.context, ["update-ref", "-d", ref]);
    const tip = await addToLedger(repository, { ref, tracking, isGenuine }, { withdrawals });
    await git(repository.context, ["update-ref", tracking, tip]);
  });
}

/** What is too large is not a withdrawal. */
function orTooLarge(error: unknown): undefined {
  if (!(error instanceof CountersignError) || error.code !== "BLOB_TOO_LARGE") throw error;
}
