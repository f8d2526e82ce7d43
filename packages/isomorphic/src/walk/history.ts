import type { CommitRange, ObjectId, RawCommit } from "@countersign/core";
import type { ObjectStore } from "../store/object-store.ts";
import { HistoryWalk } from "./history-walk.ts";

/** What a walk found, unless a parent that it needs is absent. */
export type Found<Value> = { readonly value: Value } | { readonly absent: ObjectId };

/** The commits that the tips reach and the excluded commits do not, the newest first as far as dates are true. */
export async function findRange(objects: ObjectStore, range: CommitRange): Promise<Found<readonly RawCommit[]>> {
  const { tips, exclude, most = Number.POSITIVE_INFINITY } = range;
  const walk = new HistoryWalk(objects);
  for (const oid of exclude) await walk.start(oid, "excluded");
  for (const oid of tips) await walk.start(oid, "wanted");
  const order: ObjectId[] = [];
  let nextLook = 0;
  while (walk.wanted.size > 0) {
    // Without an excluded side nothing that was found is taken back.
    if (exclude.length === 0 && order.length >= most) break;
    // Looking costs as much as the walk so far; at doubled distances that is no more than the walk itself.
    if (walk.open.size === 0 && order.length >= nextLook) {
      if (isSettled(walk)) break;
      nextLook = 2 * order.length + 1;
    }
    const oid = await walk.step();
    if (oid === undefined) break;
    order.push(oid);
  }
  const found = order.filter((oid) => walk.wanted.has(oid)).slice(0, most);
  const absent = walk.findAbsentParent(found);
  if (absent !== undefined) return { absent };
  return { value: found.flatMap((oid) => walk.wanted.get(oid) ?? []) };
}

/**
 * Whether no excluded commit that is left to walk can reach a wanted one. History has no cycles, so what a commit
 * reaches cannot reach it; and each wanted commit reaches one of those without a wanted parent. So it is enough that
 * every one of these reaches all that is left. Where a wanted commit has a root of its own, that never holds, and
 * the excluded side is walked to its end.
 */
function isSettled(walk: HistoryWalk): boolean {
  for (const oid of walk.wanted.keys()) {
    const lowest = !walk.parentsOf(oid).some((parent) => walk.wanted.has(parent));
    if (lowest && !reachesAll(walk, oid)) return false;
  }
  return true;
}

function reachesAll(walk: HistoryWalk, from: ObjectId): boolean {
  const reached = new Set([from]);
  let missing = walk.frontier.size;
  // A set hands out what is added to it while it is read.
  for (const oid of reached) {
    if (missing === 0) break;
    for (const parent of walk.parentsOf(oid)) {
      if (!reached.has(parent) && walk.frontier.has(parent)) missing -= 1;
      reached.add(parent);
    }
  }
  return missing === 0;
}

/**
 * Whether any of the descendants reaches the ancestor. What the ancestor itself reaches lies below it and leads nowhere near it,
 * so the walk ends where the two histories have met.
 */
export async function findAncestry(
  objects: ObjectStore,
  ancestor: ObjectId,
  descendants: readonly ObjectId[],
): Promise<Found<boolean>> {
  const walk = new HistoryWalk(objects);
  await walk.start(ancestor, "excluded");
  for (const oid of descendants) await walk.start(oid, "wanted");
  if (descendants.includes(ancestor)) return { value: true };
  while (walk.open.size > 0) {
    const oid = await walk.step();
    if (oid !== undefined && walk.wanted.has(oid) && walk.parentsOf(oid).includes(ancestor)) return { value: true };
  }
  const absent = walk.findAbsentParent(walk.wanted.keys());
  return absent === undefined ? { value: false } : { absent };
}
