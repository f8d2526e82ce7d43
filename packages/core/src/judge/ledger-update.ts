import { CountersignError } from "../error.ts";
import type { LedgerRepository } from "../ledger/record-reader.ts";
import { findRewriting } from "../ledger/rewriting.ts";
import type { Policy } from "../policy/policy.ts";
import { isCreated, isDeleted, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { UpdateVerdict } from "./decision.ts";
import { isGenuineUnder } from "./records/ledger-signer.ts";
import { violation } from "./violation.ts";

type LedgerHolder = LedgerRepository & Pick<Repository, "peelToCommit">;

/** Judges an update of the ledger, by its short name: the only condition is that records are only added, whether it is forced or not. */
export async function judgeLedgerUpdate(
  repository: LedgerHolder,
  policy: Policy,
  ledger: string,
  update: RefUpdate,
): Promise<Pick<UpdateVerdict, "violations" | "faults">> {
  try {
    const problem = await findProblem(repository, policy, update);
    return {
      violations: problem === undefined ? [] : [violation("LEDGER_REWRITTEN", { ledger, problem })],
      faults: [],
    };
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return { violations: [], faults: [error] };
  }
}

async function findProblem(repository: LedgerHolder, policy: Policy, update: RefUpdate): Promise<string | undefined> {
  const { ref, old, new: tip } = update;
  if (isDeleted(update)) return "deletes the branch";
  if ((await repository.peelToCommit(tip)) !== tip) throw new CountersignError("NOT_A_COMMIT", { ref, oid: tip });
  if (isCreated(update)) return undefined;
  if ((await repository.peelToCommit(old)) !== old) throw new CountersignError("TIP_UNKNOWN", { ref, old });
  return findRewriting(repository, old, tip, isGenuineUnder(policy));
}
