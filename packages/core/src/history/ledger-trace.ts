import type { VerifiedClaim } from "../cosign/verify.ts";
import { readOwnWork } from "../judge/gather/own-work.ts";
import type { LedgerClaims, SpokenFor } from "../judge/records/ledger-claims.ts";
import type { SignedRecord } from "../judge/records/record-source.ts";
import { folderNames } from "../ledger/record-place.ts";
import type { ObjectId } from "../object/oid.ts";
import { concludeProvenance } from "../provenance/detect.ts";
import type { Evidence } from "../provenance/provenance.ts";
import type { TracedCommit } from "../records/recorder.ts";
import type { Repository } from "../repository.ts";

/** A commit, what is known of its making by the ledger too, and the co-signs there. */
export interface LedgerTrace extends TracedCommit {
  readonly claims: readonly VerifiedClaim[];
}

/**
 * Adds to commits what a ledger says of them, whatever their messages say: who co-signed them, and which agents' marks
 * the signer was shown. A squash whose message lost its marks is known by it. Never asked where a push is judged: a
 * record that is deleted must not make a commit an innocent one.
 */
export async function traceInLedger(
  repository: Repository,
  ledger: LedgerClaims,
  traced: readonly TracedCommit[],
): Promise<readonly LedgerTrace[]> {
  const sound = traced.map(({ commit }) => commit).filter(({ malformed }) => malformed === undefined);
  const found = new Map<ObjectId, readonly VerifiedClaim[]>();
  const commits = sound.values();
  for await (const { changes } of repository.changes(sound)) {
    const commit = commits.next().value;
    if (!commit || changes.length === 0) continue;
    const records = await ledger.recordsAbout(changes);
    if (records.length === 0) continue;
    const spoken = { commit, ...(await readOwnWork(repository, commit, changes)) };
    found.set(commit.oid, (await claimsOf(ledger, spoken, records)).filter(isStanding));
  }
  return traced.map(({ commit, provenance }) => {
    const claims = found.get(commit.oid) ?? [];
    const isMerge = commit.parents.length > 1;
    const signs = claims.flatMap((claim) => readAgents(ledger, claim, isMerge));
    const made = signs.length === 0 ? provenance : concludeProvenance([...provenance.evidence, ...signs]);
    return { commit, provenance: made, claims: oncePerRecord(claims) };
  });
}

/** Those of the branch that a merge brings in are of the merge too. */
function claimsOf(
  ledger: LedgerClaims,
  spoken: SpokenFor,
  records: readonly SignedRecord[],
): Promise<readonly VerifiedClaim[]> {
  return spoken.commit.parents.length > 1
    ? ledger.vouchingOf(spoken, records)
    : ledger.of(spoken, records, { urgent: true });
}

/** Whether its signer did not take it back. */
function isStanding({ signatures }: VerifiedClaim): boolean {
  return signatures.some(({ result }) => "proof" in result);
}

/** The agents whose marks a signer was shown. What a merge brings in is not its own work. */
function readAgents(
  { ref }: LedgerClaims,
  { where, signatures }: VerifiedClaim,
  isMerge: boolean,
): readonly Evidence[] {
  const [signed] = signatures;
  const block = signed && "approval" in signed.result ? signed.result.approval?.block : undefined;
  if (where.carrier !== "ledger" || !block || (isMerge && block.commits !== undefined)) return [];
  const { agents = [], paths } = block;
  const folder = folderNames({ paths, recordId: where.record, blockNumber: where.block }).join("/");
  const place = { kind: "record", where: { record: `${ref}:${folder}` }, text: `agents ${agents.join(" ")}` } as const;
  return agents.map((agent) => ({ ...place, agent, strength: "strong", class: "authored" }));
}

/** A branch of one commit has the same change twice in a record. */
function oncePerRecord(claims: readonly VerifiedClaim[]): readonly VerifiedClaim[] {
  const records = new Map(claims.map((claim) => ["record" in claim.where ? claim.where.record : claim, claim]));
  return [...records.values()];
}
