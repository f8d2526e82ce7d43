import { inBatches } from "../batches.ts";
import { type LedgerTrace, traceInLedger } from "../history/ledger-trace.ts";
import { type Violation, violation } from "../judge/violation.ts";
import { parseCommit } from "../object/commit.ts";
import { describeEvidencePlace } from "../provenance/provenance.ts";
import type { CommitRange, Repository } from "../repository.ts";
import type { PastTerms } from "./past-policies.ts";

/**
 * Finds the commits that say nothing of an agent and of which a co-signer wrote down in the ledger which one made them, as
 * where a forge's squash left their marks out. Nothing was asked of them when they landed.
 */
export async function findLostMarks(
  repository: Repository,
  { ledger, trace }: PastTerms,
  range: CommitRange,
): Promise<readonly LedgerTrace[]> {
  const found: LedgerTrace[] = [];
  if (!ledger || !trace) return found;
  for await (const batch of inBatches(repository.commits(range), ({ bytes }) => bytes.length)) {
    const traced = await trace(batch.map(parseCommit));
    const silent = traced.filter(({ provenance }) => provenance.state !== "assisted");
    const known = await traceInLedger(repository, ledger, silent);
    found.push(...known.filter((one) => recordsOf(one).length > 0));
  }
  return found;
}

/** What is said of such a commit. */
export function lostMarks(lost: LedgerTrace): Violation {
  const records = recordsOf(lost);
  const agents = [...new Set(records.map(({ agent }) => agent))];
  const places = [...new Set(records.map(({ where }) => describeEvidencePlace(where)))];
  return violation("MARKS_LOST", { agents, records: places }, { commit: lost.commit.oid });
}

function recordsOf({ provenance }: LedgerTrace) {
  return provenance.evidence.filter(({ kind }) => kind === "record");
}
