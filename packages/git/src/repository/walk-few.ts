import { COMMIT_BYTES_READ, type CommitRange, type ObjectId, parseCommit, type RawCommit } from "@countersign/core";
import type { ObjectReader } from "./object-reader.ts";

/** A longer range is left to git to walk. */
const FEW = 50;

/**
 * The commits of a short range by their own parents, without starting a `rev-list`: most pushes bring a few commits on
 * top of the one tip that is left out. Undefined if that is not so for certain. It is, if every line of parents ends at
 * that one tip: a commit on the way which the tip also reached would be its own ancestor.
 */
export async function walkFew(objects: ObjectReader, range: CommitRange): Promise<readonly RawCommit[] | undefined> {
  const [excluded, second] = range.exclude;
  if (excluded === undefined || second !== undefined || range.most !== undefined) return undefined;
  // A tip that is not here is git's to complain about.
  if ((await objects.read(excluded, 0))?.type !== "commit") return undefined;
  const found = new Map<ObjectId, RawCommit>();
  const open = range.tips.filter((tip) => tip !== excluded);
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    if (found.has(oid)) continue;
    const object = await objects.read(oid, COMMIT_BYTES_READ);
    if (object?.type !== "commit" || found.size === FEW) return undefined;
    const { parents, malformed } = parseCommit(object);
    // A root does not end at the tip; a malformed commit may hide a parent.
    if (parents.length === 0 || malformed !== undefined) return undefined;
    found.set(oid, object);
    open.push(...parents.filter((parent) => parent !== excluded));
  }
  return [...found.values()];
}
