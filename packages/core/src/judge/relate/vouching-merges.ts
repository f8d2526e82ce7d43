import { inBatches } from "../../batches.ts";
import type { VerifiedClaim } from "../../cosign/verify.ts";
import { type Commit, parseCommit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Policy } from "../../policy/policy.ts";
import type { AuthorAddresses } from "../../provenance/authors.ts";
import type { Repository } from "../../repository.ts";
import type { Case } from "../gather/case.ts";
import type { LedgerClaims } from "../records/ledger-claims.ts";
import { findBranchAuthors } from "./branch-authors.ts";
import { RangeGraph } from "./range-graph.ts";
import { readCosigned, readSpokenFor, verifyClaims } from "./read-claims.ts";
import { isWholeBranch, signedClaims } from "./signed-claim.ts";

/** Where merges are looked for, and what may speak for them. */
export interface VouchingRange {
  /** By short name. */
  readonly branch: string;
  /** The parents of each commit. */
  readonly links: ReadonlyMap<ObjectId, readonly ObjectId[]>;
  /** Where the branch stood; undefined if it is new. */
  readonly stood: ObjectId | undefined;
  readonly ledger?: LedgerClaims | undefined;
}

/**
 * The co-signs of merges that bring a commit in by their other parents: where the coverage of something that is asked of
 * the commit is `merge`, they vouch for it.
 */
export async function findVouchers(
  repository: Repository,
  policy: Policy,
  { branch, links, ledger, stood }: VouchingRange,
  cases: readonly Case[],
): Promise<ReadonlyMap<ObjectId, readonly VerifiedClaim[]>> {
  const vouchers = new Map<ObjectId, VerifiedClaim[]>();
  const covered = cases.filter(({ asks }) => asks.some(({ requirement }) => requirement.coverage === "merge"));
  if (covered.length === 0) return vouchers;
  for (const { summary } of covered) vouchers.set(summary.commit, []);
  const merges = [...links].filter(([, parents]) => parents.length > 1).map(([oid]) => oid);
  const graph = new RangeGraph(links);
  for await (const batch of inBatches(readCosigned(repository, merges), ({ message }) => message.length)) {
    for await (const { oid, claims: found } of verifyClaims(repository, policy, branch, batch)) {
      const claims = ledger ? await ledger.afterWithdrawals(found) : found;
      repository.throwIfEnded();
      for (const commit of graph.broughtInBy(oid)) vouchers.get(commit)?.push(...claims);
    }
  }
  for (const { merge, claims } of ledger ? await readWholeBranches(repository, { ledger, stood, merges, graph }) : []) {
    for (const commit of graph.broughtInBy(merge)) vouchers.get(commit)?.push(...claims);
  }
  return vouchers;
}

interface LedgerMerges extends Pick<VouchingRange, "stood"> {
  readonly ledger: LedgerClaims;
  readonly merges: readonly ObjectId[];
  readonly graph: RangeGraph;
}

/** What the ledger says of merges: of their own changes, or of the branch that each brings in. */
async function readWholeBranches(
  repository: Repository,
  { ledger, stood, merges, graph }: LedgerMerges,
): Promise<readonly { readonly merge: ObjectId; readonly claims: readonly VerifiedClaim[] }[]> {
  const found: { merge: ObjectId; claims: readonly VerifiedClaim[] }[] = [];
  for (const merge of merges) {
    const commit = parseCommit(await repository.commit(merge));
    for await (const spoken of readSpokenFor(repository, [commit])) {
      const claims = await ledger.vouchingOf(spoken);
      if (claims.length === 0) continue;
      const swapped = await isSwapped(repository, commit, stood);
      const authors = await findBranchAuthors(repository, [...graph.broughtInBy(merge)]);
      const vouching = claims.filter((claim) => !swapped || !isOfWhole(claim));
      found.push({ merge, claims: vouching.map((claim) => (isOfWhole(claim) ? madeBy(claim, authors) : claim)) });
    }
  }
  return found;
}

/** Whether a merge has the branch that it lands on by another parent than the first: then its change is not the topic's. */
async function isSwapped(repository: Repository, { parents }: Commit, stood: ObjectId | undefined): Promise<boolean> {
  const [first, ...others] = parents;
  if (stood === undefined || !first || (await repository.isAncestor(stood, first))) return false;
  for (const other of others) if (await repository.isAncestor(stood, other)) return true;
  return false;
}

function isOfWhole(claim: VerifiedClaim): boolean {
  return signedClaims([claim]).some(({ approval }) => isWholeBranch(approval));
}

/** The claim, with more people as authors of what it approves. */
function madeBy(claim: VerifiedClaim, more: AuthorAddresses): VerifiedClaim {
  const signatures = claim.signatures.map((signed) => {
    if ("code" in signed.result || !signed.result.approval) return signed;
    const { approval } = signed.result;
    const authors: AuthorAddresses = new Map([...approval.authors, ...more]);
    return { ...signed, result: { ...signed.result, approval: { ...approval, authors } } };
  });
  return { ...claim, signatures };
}
