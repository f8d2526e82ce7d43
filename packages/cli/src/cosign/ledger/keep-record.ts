import { CountersignError, isCountersignError } from "@countersign/core";
import { branchName } from "@countersign/core/internal";
import {
  addToLedger,
  type GitContext,
  type GitRepository,
  pushLedger,
  type RemoteLedger,
  trackingRef,
} from "@countersign/git/internal";
import { currentTime } from "../../context.ts";
import type { Interruption } from "../../interruption.ts";
import { signLines } from "../sign-lines.ts";
import { linesOf, type RecordProposal } from "./record-proposal.ts";

/** Signs once, and keeps the record in the local ledger. */
export async function keepRecord(
  repository: GitRepository,
  spoken: GitContext,
  proposal: RecordProposal,
  interruption: Interruption,
): Promise<void> {
  const { key, parts, ledger } = proposal;
  if (!key) throw new Error("the ledger holds signatures alone, and a key was asked for");
  const lines = linesOf(proposal, currentTime());
  const [signature] = await signLines(spoken, key, [lines], interruption);
  if (!signature) throw new Error("one text has one signature");
  interruption.check();
  const remote = remoteLedger(proposal);
  const place = { ref: ledger, tracking: remote && trackingRef(remote) };
  const record = { lines, signature, changes: parts.map(({ changes }) => changes) };
  await addToLedger(repository, place, { records: [record] });
}

/** The ledger that counts; undefined where work lands in this repository itself. */
export function remoteLedger({ choice, ledger }: Pick<RecordProposal, "choice" | "ledger">): RemoteLedger | undefined {
  return choice.remote === undefined ? undefined : { remote: choice.remote, ref: ledger };
}

/** Pushes the ledger. Where that fails the record is kept, which is said, whatever the reason. @throws `LEDGER_NOT_PUSHED`. */
export async function pushRecord(repository: GitRepository, ledger: RemoteLedger): Promise<void> {
  try {
    await pushLedger(repository, ledger);
  } catch (error) {
    if (!isCountersignError(error) || error.code === "LEDGER_NOT_PUSHED") throw error;
    const said = [error.what, ...(error.details ?? [])].join("\n");
    const { remote, ref } = ledger;
    throw new CountersignError("LEDGER_NOT_PUSHED", { ledger: branchName(ref) ?? ref, remote, said }, { cause: error });
  }
}
