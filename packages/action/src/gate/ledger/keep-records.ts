import type { ObjectId, Policy } from "@countersign/core";
import { branchName, branchRef, findLedgerSigner, isGenuineUnder } from "@countersign/core/internal";
import { addToLedger, type GitRepository, type NewRecord, pushLedger, trackingRef } from "@countersign/git/internal";
import { fetchBranches, fetchLanding } from "../fetch-landing.ts";
import type { MergeRequest } from "../forge.ts";
import { type GateRepository, REMOTE } from "../gate-repository.ts";
import type { PastedRecord } from "./read-records.ts";
import { type FindChanges, openRequestChanges } from "./request-changes.ts";

/** What became of pasted records. */
export interface KeptRecords {
  /** How many are in the ledger now, no matter who put them there. */
  readonly kept: number;
  /** Why others are not, a clause each. */
  readonly left: readonly string[];
}

/**
 * Puts records that someone pasted under a request into the ledger, where they count like those that were pushed. The
 * trees of each come from the request itself; what it does not have is left out.
 * @throws `LEDGER_NOT_PUSHED`, `LEDGER_BUSY`, and what fetching throws.
 */
export async function keepRecords(
  place: GateRepository,
  request: MergeRequest,
  pasted: readonly PastedRecord[],
): Promise<KeptRecords> {
  const { policy, head } = await fetchLanding(place, request);
  const ref = policy?.ledger;
  if (!policy || ref === undefined) return { kept: 0, left: ["the policy names no ledger"] };
  const left: string[] = [];
  const wanted = pasted.filter((record) => {
    const reason = findReason(policy, request.base, record);
    if (reason !== undefined) left.push(reason);
    return reason === undefined;
  });
  await fetchBases(place, wanted);
  return place.push(async (repository) => {
    const readChanges = openRequestChanges(repository, head);
    const records: NewRecord[] = [];
    for (const record of wanted) {
      const made = await complete(repository, readChanges, record);
      if (made) records.push(made);
      else left.push(`a record is not about the commits of ${request.name}`);
    }
    if (records.length > 0) {
      const ledger = { remote: REMOTE, ref, isGenuine: isGenuineUnder(policy) };
      await addToLedger(repository, { ...ledger, tracking: trackingRef(ledger) }, { records });
      await pushLedger(repository, ledger);
    }
    return { kept: records.length, left };
  });
}

/** Why a record cannot count, whatever it is about; undefined if it may. */
function findReason(policy: Policy, base: string, { file }: PastedRecord): string | undefined {
  const { project, branches, cosigner } = file.head;
  if (project !== policy.project) return `a record is for the project ${project ?? "-"}`;
  if (!branches.some(({ ref }) => ref === branchRef(base))) return `a record is for another branch than ${base}`;
  if (!findLedgerSigner(policy, file)) return `a record is not signed by a key that the roster has for ${cosigner}`;
  return undefined;
}

/** The branches that records are for, whose history has what they stood at for the signers. */
async function fetchBases(place: GateRepository, records: readonly PastedRecord[]): Promise<void> {
  const refs = records.flatMap(({ file }) => file.head.branches.map(({ ref }) => branchName(ref)));
  const wanted = new Set(refs.filter((branch) => branch !== undefined));
  if (wanted.size > 0) await fetchBranches(place, [...wanted]);
}

async function complete(
  repository: GitRepository,
  readChanges: (bases: readonly ObjectId[]) => Promise<FindChanges>,
  { file, signature }: PastedRecord,
): Promise<NewRecord | undefined> {
  const bases: ObjectId[] = [];
  for (const { base } of file.head.branches) {
    const known = base && (await repository.peelToCommit(base));
    if (known) bases.push(known);
  }
  const findChanges = await readChanges(bases);
  const changes = file.lines.blocks.map(findChanges);
  return changes.some((known) => known !== undefined) ? { lines: file.lines, signature, changes } : undefined;
}
