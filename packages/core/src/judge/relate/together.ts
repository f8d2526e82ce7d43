import { decodeStrictly, decodeText } from "../../bytes.ts";
import { changeDigest, pathsDigest } from "../../cosign/digest.ts";
import type { Block } from "../../cosign/lines.ts";
import { findReapplied } from "../../cosign/reapply.ts";
import { groupBy } from "../../group-by.ts";
import { noEntry } from "../../merge/entry.ts";
import { findOwnChanges } from "../../merge/own-changes.ts";
import type { Change } from "../../object/change.ts";
import { parseCommit } from "../../object/commit.ts";
import { FolderReader } from "../../object/folder-reader.ts";
import type { ObjectId } from "../../object/oid.ts";
import type { Repository } from "../../repository.ts";
import type { LedgerClaims } from "../records/ledger-claims.ts";
import { isPartial, type SignedClaim } from "./signed-claim.ts";
import type { Since } from "./since.ts";
import { approvedPath, Progress } from "./spent/done.ts";

/** What the branch will have, and what of that it did not have for the signer. */
export interface LandingRange {
  readonly tips: readonly ObjectId[];
  readonly since: Since;
  readonly ledger?: LedgerClaims | undefined;
}

/** The paths of a commit that is missing, for each co-sign that was given to it and others together. */
export type Incomplete = ReadonlyMap<SignedClaim, readonly string[]>;

/**
 * Finds the co-signs of commits that were signed along with a whole branch of which a commit neither lands nor is in
 * already, with the paths of that commit: a senior who was shown a sum did not approve its halves.
 */
export async function findIncomplete(
  repository: Repository,
  range: LandingRange,
  signed: readonly SignedClaim[],
): Promise<Incomplete> {
  const incomplete = new Map<SignedClaim, readonly string[]>();
  const partial = signed.filter(({ approval }) => isPartial(approval));
  if (partial.length === 0 || !range.ledger) return incomplete;
  const wanted = new Set(partial.flatMap(({ approval }) => approval.signed.lines.blocks.map(({ paths }) => paths)));
  const landing = await readLanding(repository, range.since, wanted);
  const missing = new Map<string, readonly string[] | undefined>();
  for (const each of partial) {
    const { id } = each.signature;
    if (!missing.has(id)) missing.set(id, await findMissing(repository, range, range.ledger, landing, each));
    const paths = missing.get(id);
    if (paths) incomplete.set(each, paths);
  }
  return incomplete;
}

interface LandingChange {
  readonly change: string;
  readonly paths: string;
  readonly changes: readonly Change[];
  readonly otherParents: string;
  readonly own: string | undefined;
}

/** What comes since the base, by the paths that it changes. */
type LandingChanges = ReadonlyMap<string, readonly LandingChange[]>;

async function readLanding(repository: Repository, since: Since, wanted: ReadonlySet<string>): Promise<LandingChanges> {
  const landing: LandingChange[] = [];
  const commits = [...since].map(([oid, parents]) => ({ oid, parents }));
  for await (const { commit, changes } of repository.changes(commits)) {
    const paths = pathsDigest(changes);
    if (!wanted.has(paths)) continue;
    const parents = since.get(commit) ?? [];
    landing.push({
      change: changeDigest(changes),
      paths,
      changes,
      otherParents: parents.slice(1).join(),
      own: parents.length > 1 ? changeDigest(await findOwnChanges(repository, { oid: commit, parents })) : undefined,
    });
  }
  return groupBy(landing, ({ paths }) => paths);
}

/** The paths of the first commit of a record that does not land. */
async function findMissing(
  repository: Repository,
  range: LandingRange,
  ledger: LedgerClaims,
  landing: LandingChanges,
  { signature, approval }: SignedClaim,
): Promise<readonly string[] | undefined> {
  for (const [index, block] of approval.signed.lines.blocks.entries()) {
    if (block.commits !== undefined) continue;
    const candidates = landing.get(block.paths) ?? [];
    if (candidates.some((candidate) => isExactly(block, candidate))) continue;
    const changes = await ledger.changesOf(signature.id, index + 1, block.paths);
    if (!changes) return [`block ${index + 1}, which is not in the ledger`];
    if (await isReappliedIn(repository, block, changes, candidates)) continue;
    if (!(await isIn(repository, range, changes))) return changes.map(({ path }) => decodeText(path));
  }
  return undefined;
}

function isExactly(block: Block, { change, otherParents, own }: LandingChange): boolean {
  return change === block.change && block.otherParents.join() === otherParents && block.own === own;
}

async function isReappliedIn(
  repository: Repository,
  block: Block,
  approved: readonly Change[],
  candidates: readonly LandingChange[],
): Promise<boolean> {
  if (block.parents > 1) return false;
  for (const { changes, otherParents } of candidates) {
    if (otherParents === "" && (await findReapplied(repository, approved, changes))) return true;
  }
  return false;
}

/** Whether what was approved is in the new tip, path by path. */
async function isIn(
  repository: Repository,
  { tips: [tip] }: LandingRange,
  approved: readonly Change[],
): Promise<boolean> {
  const root = tip && parseCommit(await repository.commit(tip)).tree;
  if (!root) return false;
  const folders = new FolderReader(repository);
  const progress = new Progress(repository);
  for (const change of approved) {
    const path = decodeStrictly(change.path);
    // Other bytes may read like such a name.
    if (path === undefined || path.includes("\ufffd")) return false;
    const entry = await folders.find(root, path.split("/"));
    const now = entry ? { mode: entry.mode, oid: entry.oid } : noEntry(repository.format);
    if (!(await progress.isDone(approvedPath(change), now))) return false;
  }
  return true;
}
