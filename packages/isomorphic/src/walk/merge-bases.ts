import type { ObjectId, RawCommit } from "@countersign/core";
import type { ObjectStore } from "../store/object-store.ts";
import { readLinks } from "./commit-links.ts";
import { type Found, findRange } from "./history.ts";

/** The common ancestors of two commits that no other common ancestor reaches. */
export async function findMergeBases(
  objects: ObjectStore,
  a: ObjectId,
  b: ObjectId,
): Promise<Found<readonly ObjectId[]>> {
  const ofA = await findRange(objects, { tips: [a], exclude: [b] });
  if ("absent" in ofA) return ofA;
  // What one side lacks could lead to any commit of the other.
  const ofB = await findRange(objects, { tips: [b], exclude: [a] });
  if ("absent" in ofB) return ofB;
  if (ofA.value.length === 0) return { value: [a] };
  if (ofB.value.length === 0) return { value: [b] };
  const edge = edgeOf(ofB.value);
  const common = [...edgeOf(ofA.value)].filter((oid) => edge.has(oid));
  if (common.length < 2) return { value: common };
  const best = await findRange(objects, { tips: common, exclude: await findParents(objects, common) });
  return "absent" in best ? best : { value: best.value.map(({ oid }) => oid) };
}

/** The parents that a range of commits ends at. Each best common ancestor is one, of either side's range. */
function edgeOf(range: readonly RawCommit[]): ReadonlySet<ObjectId> {
  const edge = new Set(range.flatMap(({ bytes }) => readLinks(bytes)?.parents ?? []));
  for (const { oid } of range) edge.delete(oid);
  return edge;
}

/** The parents of these commits; those beyond the boundary of a shallow clone are not here, nor is anything they reach. */
async function findParents(objects: ObjectStore, commits: readonly ObjectId[]): Promise<readonly ObjectId[]> {
  const found = new Set<ObjectId>();
  for (const oid of commits) {
    const links = readLinks(await objects.read(oid, "commit", "the commit"));
    for (const parent of links?.parents ?? []) if ((await objects.find(parent))?.type === "commit") found.add(parent);
  }
  return [...found];
}
