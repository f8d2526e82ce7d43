import type { Commit } from "./commit.ts";
import type { ObjectId } from "./oid.ts";

/** Commits so that each comes behind those of its parents that are among them. */
export function inCommitOrder<T extends { readonly commit: Pick<Commit, "oid" | "parents"> }>(
  items: readonly T[],
): readonly T[] {
  const byOid = new Map<ObjectId, T>(items.map((item) => [item.commit.oid, item]));
  const ordered: T[] = [];
  const state = new Map<ObjectId, "open" | "done">();
  // A stack and no recursion: histories are deeper than call stacks.
  for (const { commit } of items) {
    const stack = [commit.oid];
    while (stack.length > 0) {
      const oid = stack.at(-1) as ObjectId;
      const item = byOid.get(oid) as T;
      if (state.get(oid) === undefined) {
        state.set(oid, "open");
        const first = [...item.commit.parents].reverse();
        stack.push(...first.filter((parent) => byOid.has(parent) && state.get(parent) === undefined));
        continue;
      }
      stack.pop();
      if (state.get(oid) === "open") ordered.push(item);
      state.set(oid, "done");
    }
  }
  return ordered;
}
