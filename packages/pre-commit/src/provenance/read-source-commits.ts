import { type Commit, parseCommit } from "@countersign/core";
import { resolveCommit } from "@countersign/core/internal";
import { type GitContext, withRepository } from "@countersign/git/internal";
import type { SourceCommit } from "./source-commits.ts";

/** Reads those of the commits that are there: an amended one that is not can have neither marks nor co-signs. */
export async function readSourceCommits(
  context: GitContext,
  sources: readonly SourceCommit[],
): Promise<readonly (SourceCommit & { readonly commit: Commit })[]> {
  if (sources.length === 0) return [];
  return withRepository(context, async (repository) => {
    const read: (SourceCommit & { readonly commit: Commit })[] = [];
    for (const source of sources) {
      const oid = await resolveCommit(repository, source.revision).catch(() => undefined);
      if (oid !== undefined) read.push({ ...source, commit: parseCommit(await repository.commit(oid)) });
    }
    return read;
  });
}
