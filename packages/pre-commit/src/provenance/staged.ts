import type { Change } from "@countersign/core";
import { type GitContext, readStaged, readStagedAgainst } from "@countersign/git/internal";
import { findMerged } from "./source-commits.ts";

/** What is staged, read when someone first asks. */
export interface Staged {
  /** Against HEAD. */
  changes(): Promise<readonly Change[]>;
  /** What the commit will do itself: of a merge, what neither its parents nor a clean merge of them give. */
  own(): Promise<readonly Change[]>;
  /** The same paths against each parent: what one of them has is not new. */
  againstParents(): Promise<readonly (readonly Change[])[]>;
}

export function stagedIn(context: GitContext, gitDir: string): Staged {
  let changes: Promise<readonly Change[]> | undefined;
  let own: Promise<readonly Change[]> | undefined;
  const merged = findMerged(gitDir);
  const readOwn = async (): Promise<readonly Change[]> =>
    (await import("./staged-merge.ts")).readOwnChanges(context, merged);
  const staged: Staged = {
    changes: () => (changes ??= readStaged(context)),
    own: () => (own ??= merged.length === 0 ? staged.changes() : readOwn()),
    async againstParents() {
      if (merged.length === 0) return [await staged.changes()];
      const paths = new Set((await staged.own()).map(({ path }) => textOf(path)));
      const sides = ["HEAD", ...merged].map((parent) => readStagedAgainst(context, parent) ?? []);
      return sides.map((side) => side.filter(({ path }) => paths.has(textOf(path))));
    },
  };
  return staged;
}

/** Paths are bytes: a character a byte. */
function textOf(path: Uint8Array): string {
  return Buffer.from(path).toString("latin1");
}
