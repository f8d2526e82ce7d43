import type { Change, ChangeOptions, CommitChanges, CommitParents, ObjectId } from "@countersign/core";
import { diffTrees, GITLINK, isZeroOid, type RawEntry, readEntries, type TreeSource } from "@countersign/core/internal";
import { unreadable } from "../store/faults.ts";
import type { ObjectStore } from "../store/object-store.ts";
import { readTreeId } from "../walk/commit-links.ts";
import { countLines } from "./count-lines.ts";

/** isomorphic-git knows no other. */
const FORMAT = "sha1";

/** What each commit changes against its first parent, or against nothing where it has none. */
export async function* readChanges(
  objects: ObjectStore,
  commits: readonly CommitParents[],
  { names, lines = false }: ChangeOptions,
): AsyncGenerator<CommitChanges> {
  const source: TreeSource = { format: FORMAT, entries: (tree: ObjectId) => readTree(objects, tree) };
  for (const { oid, parents } of commits) {
    const [parent] = parents;
    const before = parent === undefined ? undefined : await readTreeId(objects, parent, "the parent commit");
    const after = await readTreeId(objects, oid, "the commit");
    const changes = await diffTrees(source, before, after, names);
    yield { commit: oid, changes: lines ? await withLines(objects, changes) : changes };
  }
}

async function readTree(objects: ObjectStore, oid: ObjectId): Promise<readonly RawEntry[]> {
  const bytes = await objects.read(oid, "tree", "the tree");
  try {
    return readEntries(bytes, FORMAT);
  } catch (error) {
    throw unreadable(`tree ${oid}`, error);
  }
}

async function withLines(objects: ObjectStore, changes: readonly Change[]): Promise<readonly Change[]> {
  const counted: Change[] = [];
  for (const change of changes) {
    const { oldOid, newOid, oldMode, newMode } = change;
    const lines =
      oldOid === newOid
        ? { added: 0, deleted: 0 }
        : countLines(await readText(objects, oldMode, oldOid), await readText(objects, newMode, newOid));
    counted.push({ ...change, lines });
  }
  return counted;
}

/** What git compares: a file's bytes, a symbolic link's target, a line that names a submodule's commit. */
async function readText(objects: ObjectStore, mode: string, oid: ObjectId): Promise<Uint8Array> {
  if (isZeroOid(oid)) return new Uint8Array();
  if (mode === GITLINK) return new TextEncoder().encode(`Subproject commit ${oid}\n`);
  return objects.read(oid, "blob", "the file");
}
