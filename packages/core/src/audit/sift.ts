import { inBatches } from "../batches.ts";
import { traceInLedger } from "../history/ledger-trace.ts";
import { findTouching } from "../judge/gather/facts.ts";
import { parseCommit } from "../object/commit.ts";
import { isAsciiSuperset } from "../object/encoding.ts";
import type { ObjectId } from "../object/oid.ts";
import { findReverted } from "../provenance/message/reverted.ts";
import type { TracedCommit } from "../records/recorder.ts";
import type { CommitParents, CommitRange, Repository } from "../repository.ts";
import type { PastTerms } from "./past-policies.ts";

/** What a commit of a window says, and which parents it has. */
export interface Sifted {
  readonly parents: readonly ObjectId[];
  /** Whether nothing was asked of it for certain. */
  readonly isPlain: boolean;
}

/** How many commits are in memory at a time where no git is started for them: fewer live long enough to be in its way. */
const UNCOMPARED = 250;

/** What is known before, and what is kept. */
export interface SiftKnown {
  /** Of commits with one parent: whether they change the policy. */
  readonly changing: ReadonlyMap<ObjectId, boolean>;
  /** The assisted ones. */
  readonly traced: Map<ObjectId, TracedCommit>;
}

/** Reads commits once, and says which of them certainly needed nothing. */
export async function sift(
  repository: Repository,
  terms: PastTerms,
  range: CommitRange,
  { changing, traced: kept }: SiftKnown,
): Promise<Map<ObjectId, Sifted>> {
  const sifted = new Map<ObjectId, Sifted>();
  const { trace, ledger } = terms;
  if (!trace) return sifted;
  const most = ledger ? undefined : UNCOMPARED;
  const unknown: CommitParents[] = [];
  for await (const batch of inBatches(repository.commits(range), ({ bytes }) => bytes.length, most)) {
    const traced = await trace(batch.map(parseCommit));
    for (const one of traced) {
      const { oid, parents } = one.commit;
      sifted.set(oid, { parents, isPlain: false });
      if (one.provenance.state === "assisted") kept.set(oid, one);
    }
    const silent = traced.filter((one) => isSilent(terms, one));
    const known = ledger ? await traceInLedger(repository, ledger, silent) : silent;
    for (const { commit, provenance } of known) {
      const { oid, parents } = commit;
      if (provenance.evidence.some(({ kind }) => kind === "record")) continue;
      const changes = parents.length < 2 ? changing.get(oid) : undefined;
      sifted.set(oid, { parents, isPlain: changes === false });
      if (changes === undefined) unknown.push({ oid, parents });
    }
  }
  const touching = new Set(await findTouching(repository, unknown));
  for (const commit of unknown) sifted.set(commit.oid, { parents: commit.parents, isPlain: !touching.has(commit) });
  return sifted;
}

/** Whether a commit says nothing by itself that would require anything. */
function isSilent({ policy }: PastTerms, { commit, provenance }: TracedCommit): boolean {
  if (commit.malformed !== undefined || !isAsciiSuperset(commit.encoding)) return false;
  if (provenance.state === "assisted") return false;
  // What a revert names may be here one day, and the next day not.
  if (findReverted(commit.message).length > 0) return false;
  return policy?.policy.disclosure !== "required" || provenance.state !== "undeclared";
}

/** Takes the commits out that a landing brought: those that it reaches, and no landing before it. */
export function takeBrought<Read extends { readonly parents: readonly ObjectId[] }>(
  commits: Map<ObjectId, Read>,
  landing: ObjectId,
): readonly Read[] {
  const brought: Read[] = [];
  const open = [landing];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    const found = commits.get(oid);
    if (!found) continue;
    commits.delete(oid);
    brought.push(found);
    open.push(...found.parents);
  }
  return brought;
}
