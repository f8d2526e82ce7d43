import type { ObjectId, RawCommit } from "@countersign/core";
import type { ObjectStore } from "../store/object-store.ts";
import { readLinks } from "./commit-links.ts";
import { type Found, findRange } from "./history.ts";

/** The common ancestors of a commit and what a merge of the others would be, that no other common ancestor reaches. */
export async function findMergeBases(
  objects: ObjectStore,
  commit: ObjectId,
  others: readonly ObjectId[],
): Promise<Found<readonly ObjectId[]>> {
  const own = await findRange(objects, { tips: [commit], exclude: others });
  if ("absent" in own) return own;
  // What one side lacks could lead to any commit of the other.
  const theirs = await findRange(objects, { tips: others, exclude: [commit] });
  if ("absent" in theirs) return theirs;
  const edge = edgeOf(theirs.value, others);
  const common = [...edgeOf(own.value, [commit])].filter((oid) => edge.has(oid));
  if (common.length < 2) return { value: common };
  const best = await findRange(objects, { tips: common, exclude: await findParents(objects, common) });
  return "absent" in best ? best : { value: best.value.map(({ oid }) => oid) };
}

/** Where the range of one side ends: its tips, where they are not in it, and parents. Each best common ancestor is one. */
function edgeOf(range: readonly RawCommit[], tips: readonly ObjectId[]): ReadonlySet<ObjectId> {
  const edge = new Set([...tips, ...range.flatMap(({ bytes }) => readLinks(bytes)?.parents ?? [])]);
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
