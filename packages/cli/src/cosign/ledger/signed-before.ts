import { type Change, changeDigest, type ObjectId, type Repository } from "@countersign/core";
import { branchRef, findReapplied, type Person } from "@countersign/core/internal";
import type { WantedCommit } from "../wanted-commit.ts";
import type { KnownRecord, KnownRecords } from "./known-records.ts";
import type { Target } from "./targets.ts";

/** What a person signed of a branch before. */
export interface SignedBefore {
  /** When they last did, as it is signed. */
  readonly time: string;
  /** When they signed a commit as it is, or as it was before its files moved on. */
  readonly commits: ReadonlyMap<ObjectId, string>;
  /** What is different in the whole branch since then; undefined if they signed no whole. */
  readonly since: readonly SincePath[] | undefined;
}

/** A path that is not as it was signed. */
export interface SincePath {
  readonly path: Uint8Array;
  /** Moved: the same change, applied to a file that others changed in the meantime. */
  readonly kind: "changed" | "new" | "gone" | "moved";
  /** What was approved and what there is now, where both are known. */
  readonly files: { readonly approved: ObjectId; readonly now: ObjectId } | undefined;
}

/** Finds what the person signed of this work for these branches, by the paths of its commits and of the whole. */
export async function findSignedBefore(
  repository: Pick<Repository, "blob" | "format">,
  known: KnownRecords,
  person: Person,
  { commits, targets }: { readonly commits: readonly WantedCommit[]; readonly targets: readonly Target[] },
): Promise<SignedBefore | undefined> {
  const refs = new Set(targets.map(({ choice }) => branchRef(choice.branch)));
  // What a witness wrote down, they did not sign.
  const own = async (changes: readonly Change[]): Promise<readonly KnownRecord[]> =>
    (await known.of(changes)).filter(
      ({ verified, lines: { head } }) =>
        verified.person === person && !head.reviewed && head.branches.some(({ ref }) => refs.has(ref)),
    );
  const records: KnownRecord[] = [];
  const times = new Map<ObjectId, string>();
  for (const { commit, changes } of commits) {
    if (changes.length === 0) continue;
    const found = await own(changes);
    records.push(...found);
    for (const record of found) {
      if (blockOf(record)?.commits !== undefined || !(await isThis(repository, record.changes, changes))) continue;
      const { time } = record.lines.head;
      if (time > (times.get(commit.oid) ?? "")) times.set(commit.oid, time);
    }
  }
  const sum = targets[0]?.sums.whole;
  if (sum) records.push(...(await own(sum.changes)));
  records.sort((a, b) => (a.lines.head.time < b.lines.head.time ? 1 : -1));
  const last = records.find(hasWhole) ?? records[0];
  if (!last) return undefined;
  const approved = await findWhole(known, last);
  const since = sum && approved && (await compare(repository, approved, sum.changes));
  return { time: last.lines.head.time, commits: times, since };
}

function hasWhole({ lines }: KnownRecord): boolean {
  return lines.blocks.some(({ commits }) => commits !== undefined);
}

function blockOf({ lines, blockNumber }: KnownRecord) {
  return lines.blocks[blockNumber - 1];
}

/** The whole branch as a record approved it, from where it parted. */
async function findWhole(
  known: KnownRecords,
  { recordId, lines }: KnownRecord,
): Promise<readonly Change[] | undefined> {
  const at = lines.blocks.findIndex(({ commits }) => commits !== undefined);
  const whole = lines.blocks[at];
  const records = whole ? await known.ofPaths(whole.paths) : [];
  return records.find((record) => record.recordId === recordId && record.blockNumber === at + 1)?.changes;
}

async function isThis(
  repository: Pick<Repository, "blob" | "format">,
  approved: readonly Change[],
  now: readonly Change[],
): Promise<boolean> {
  return changeDigest(approved) === changeDigest(now) || (await findReapplied(repository, approved, now)) !== undefined;
}

/** Path by path: both are in git's order, and each path is in them once. */
async function compare(
  repository: Pick<Repository, "blob" | "format">,
  approved: readonly Change[],
  now: readonly Change[],
): Promise<readonly SincePath[]> {
  const before = new Map(approved.map((change) => [keyOf(change), change]));
  const since: SincePath[] = [];
  for (const change of now) {
    const was = before.get(keyOf(change));
    before.delete(keyOf(change));
    const { path } = change;
    if (!was) since.push({ path, kind: "new", files: undefined });
    else if (changeDigest([was]) !== changeDigest([change])) {
      const moved = await findReapplied(repository, [was], [change]);
      const files = { approved: was.newOid, now: change.newOid };
      since.push(moved ? { path, kind: "moved", files: undefined } : { path, kind: "changed", files });
    }
  }
  for (const { path } of before.values()) since.push({ path, kind: "gone", files: undefined });
  return since;
}

function keyOf({ path }: Change): string {
  return Buffer.from(path).toString("latin1");
}
