import { CountersignError, isObjectId, type ObjectId } from "@countersign/core";
import type { ObjectStore } from "../store/object-store.ts";
import type { RefStore } from "../store/ref-store.ts";
import { readLinks } from "./commit-links.ts";
import { peelToCommit } from "./peel.ts";

/** Where git looks for a short name, in this order (gitrevisions). */
const PLACES = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];

const REVISION = /^([^~^]+)((?:~\d*|\^\d*|\^\{commit\})*)$/s;

/**
 * The object that a revision names: an id, whole or the beginning of it, or a ref, with `~2`, `^2` and so on behind it.
 * Undefined also for what else git knows: the reflog, a search in messages, the upstream of a branch.
 */
export async function resolveRevision(
  objects: ObjectStore,
  refs: RefStore,
  revision: string,
): Promise<ObjectId | undefined> {
  const [, name = "", steps = ""] = REVISION.exec(revision) ?? [];
  let oid = await findNamed(objects, refs, name === "@" ? "HEAD" : name);
  for (const [step = ""] of steps.matchAll(/[~^](?:\{commit\}|\d*)/g)) {
    oid = oid && (await follow(objects, oid, step));
  }
  return oid;
}

async function findNamed(objects: ObjectStore, refs: RefStore, name: string): Promise<ObjectId | undefined> {
  if (isObjectId(name)) return name;
  for (const place of PLACES) {
    const oid = await refs.read(`${place}${name}`);
    if (oid) return oid;
  }
  return (await refs.read(`refs/remotes/${name}/HEAD`)) ?? objects.expand(name);
}

/** A `~` goes along the first parents, a `^` to a parent of one commit, and neither is possible beyond a root. */
async function follow(objects: ObjectStore, from: ObjectId, step: string): Promise<ObjectId | undefined> {
  const number = step.endsWith("}") ? 0 : Number(step.slice(1) || 1);
  const [turns, parent] = step.startsWith("~") ? [number, 1] : [number === 0 ? 0 : 1, number];
  let at = await peelToCommit(objects, from);
  for (let turn = 0; turn < turns && at; turn += 1) {
    const links = readLinks(await objects.read(at, "commit", "the commit"));
    at = links?.parents[parent - 1];
  }
  if (at && !(await objects.find(at))) throw new CountersignError("OBJECT_MISSING", { oid: at, wanted: "the commit" });
  return at;
}
