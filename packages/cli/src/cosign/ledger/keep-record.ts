import { CountersignError, formatLines, isCountersignError } from "@countersign/core";
import { branchName, formatSignedFile, isGenuineUnder, type PolicyChoice } from "@countersign/core/internal";
import {
  addToLedger,
  type GitContext,
  type GitRepository,
  type LedgerBranch,
  pushLedger,
  type RemoteLedger,
  saidByGit,
  trackingRef,
  withSignatures,
} from "@countersign/git/internal";
import { currentTime } from "../../context.ts";
import type { Interruption } from "../../interruption.ts";
import { signTexts } from "../sign-texts.ts";
import { linesOf, type SignedParts } from "./record-proposal.ts";

/** Signs each record of a person's proposals once, keeps all of them in the local ledger, and gives their files. */
export async function keepRecords(
  repository: GitRepository,
  spoken: GitContext,
  chosen: ChosenLedger,
  proposals: readonly SignedParts[],
  interruption: Interruption,
): Promise<readonly Uint8Array[]> {
  const [{ key } = { key: undefined }] = proposals;
  if (!key) throw new Error("the ledger holds signatures alone, and a key was asked for");
  const time = currentTime();
  const asked = proposals.flatMap((proposal) =>
    proposal.records.map((parts) => ({
      lines: linesOf(proposal, parts, time),
      changes: parts.map(({ changes }) => changes),
    })),
  );
  const texts = asked.map(({ lines }) => formatLines(lines));
  const signatures = await signTexts(spoken, key, texts, interruption);
  interruption.check();
  const made = withSignatures(asked, signatures);
  await addToLedger(repository, ledgerBranch(chosen), { records: made });
  return made.map(({ lines, signature }) => formatSignedFile(formatLines(lines), signature));
}

/** A ledger by its full name, and where work lands. */
export interface ChosenLedger {
  readonly choice: Pick<PolicyChoice, "remote" | "policy">;
  readonly ledger: string;
}

/** The ledger that counts; undefined if work lands in this repository itself. */
export function remoteLedger({ choice, ledger }: ChosenLedger): RemoteLedger | undefined {
  const { remote, policy } = choice;
  return remote === undefined ? undefined : { remote, ref: ledger, isGenuine: isGenuineUnder(policy.policy) };
}

/** The ledger that is here. */
export function ledgerBranch(chosen: ChosenLedger): LedgerBranch {
  const remote = remoteLedger(chosen);
  return {
    ref: chosen.ledger,
    tracking: remote && trackingRef(remote),
    isGenuine: isGenuineUnder(chosen.choice.policy.policy),
  };
}

/** Pushes the ledger. Where that fails what was added is kept, which is said, whatever the reason. @throws `LEDGER_NOT_PUSHED`. */
export async function pushKept(repository: GitRepository, ledger: RemoteLedger, print?: string): Promise<void> {
  try {
    await pushLedger(repository, ledger, print);
  } catch (error) {
    if (!isCountersignError(error) || error.code === "LEDGER_NOT_PUSHED") throw error;
    const { remote, ref } = ledger;
    const data = { ledger: branchName(ref) ?? ref, remote, said: saidByGit(error), ...(print && { print }) };
    throw new CountersignError("LEDGER_NOT_PUSHED", data, { cause: error });
  }
}
