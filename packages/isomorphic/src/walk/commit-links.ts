import type { ObjectId } from "@countersign/core";
import { unreadable } from "../store/faults.ts";
import type { ObjectStore } from "../store/object-store.ts";

/** What walking history needs of a commit. */
export interface CommitLinks {
  readonly tree: ObjectId;
  readonly parents: readonly ObjectId[];
  /** Committer time in seconds, 0 where unreadable. Anyone can write any date: good for the order of work, for no answer. */
  readonly date: number;
}

const TREE = /^tree ([0-9a-f]{40})$/i;
const PARENT = /^parent ([0-9a-f]{40})$/i;
const COMMITTER = /^committer .*> (\d+)/;

/** Reads a commit's links by git's own grammar, the tree's line and then the parents'; undefined if git refuses it. */
export function readLinks(bytes: Uint8Array): CommitLinks | undefined {
  const lines = headerLines(bytes);
  const tree = TREE.exec(lines.next().value ?? "")?.[1];
  if (tree === undefined) return undefined;
  const parents: ObjectId[] = [];
  let date = 0;
  let amongParents = true;
  for (const line of lines) {
    if (amongParents && line.startsWith("parent ")) {
      const parent = PARENT.exec(line)?.[1];
      if (parent === undefined) return undefined;
      parents.push(parent.toLowerCase() as ObjectId);
      continue;
    }
    // Later lines that look like parents do not count: git stops at the first line that is something else.
    amongParents = false;
    const seconds = COMMITTER.exec(line)?.[1];
    if (seconds === undefined) continue;
    date = Number(seconds);
    break;
  }
  return { tree: tree.toLowerCase() as ObjectId, parents, date };
}

const latin1 = new TextDecoder("latin1");

function* headerLines(bytes: Uint8Array): Generator<string, undefined> {
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end > start; end = bytes.indexOf(0x0a, start)) {
    yield latin1.decode(bytes.subarray(start, end));
    start = end + 1;
  }
  return undefined;
}

/** The tree of a commit. `wanted` names the commit in errors. */
export async function readTreeId(objects: ObjectStore, commit: ObjectId, wanted: string): Promise<ObjectId> {
  const links = readLinks(await objects.read(commit, "commit", wanted));
  if (!links) throw unreadable(`commit ${commit}`, "its tree or parents are malformed");
  return links.tree;
}
