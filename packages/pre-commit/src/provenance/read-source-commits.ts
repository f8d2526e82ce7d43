import { type Commit, isObjectId, parseCommit } from "@countersign/core";
import { resolveCommit } from "@countersign/core/internal";
import { type GitContext, readLooseCommit, withRepository } from "@countersign/git/internal";
import type { SourceCommit } from "./source-commits.ts";

/** Reads those of the commits that are there: an amended one that is not can have neither marks nor co-signs. */
export async function readSourceCommits(
  context: GitContext,
  gitDir: string,
  sources: readonly SourceCommit[],
): Promise<readonly (SourceCommit & { readonly commit: Commit })[]> {
  const loose = sources.map((source) => ({ source, raw: readLoose(gitDir, source) }));
  if (loose.every(({ raw }) => raw !== undefined)) {
    return loose.flatMap(({ source, raw }) => (raw ? [{ ...source, commit: parseCommit(raw) }] : []));
  }
  return withRepository(context, async (repository) => {
    const read: (SourceCommit & { readonly commit: Commit })[] = [];
    for (const source of sources) {
      const oid = await resolveCommit(repository, source.revision).catch(() => undefined);
      if (oid !== undefined) read.push({ ...source, commit: parseCommit(await repository.commit(oid)) });
    }
    return read;
  });
}

function readLoose(gitDir: string, { revision }: SourceCommit): ReturnType<typeof readLooseCommit> {
  return revision === "HEAD" || revision === "ORIG_HEAD" || isObjectId(revision)
    ? readLooseCommit(gitDir, revision)
    : undefined;
}
