import { detectProvenance, type Evidence, parseCommit } from "@countersign/core";
import { type GitContext, openRepository, resolveCommit, useRepository } from "@countersign/git";
import type { Assistance } from "./assistance.ts";
import type { SourceCommit } from "./source-commits.ts";

/** Who helped with the commits that this one is made of, as their marks tell. */
export async function findCarried(
  context: GitContext,
  sources: readonly SourceCommit[],
): Promise<readonly Assistance[]> {
  if (sources.length === 0) return [];
  const repository = await openRepository(context.cwd, context.env);
  return useRepository(repository, async () => {
    const carried: Assistance[] = [];
    for (const { revision, keepsAuthor } of sources) {
      const oid = await resolveCommit(repository, revision).catch(() => undefined);
      // An amended commit that is not there cannot have marks.
      if (oid === undefined) continue;
      const { evidence } = detectProvenance(parseCommit(await repository.commit(oid)));
      for (const sign of evidence) {
        if (!speaks(sign) || (keepsAuthor && sign.kind === "identity")) continue;
        const because = `it helped with ${oid.slice(0, 10)}, which this commit holds`;
        carried.push({ agent: sign.agent, ...(sign.model === undefined ? {} : { model: sign.model }), because });
      }
    }
    return carried;
  });
}

function speaks({ strength, class: part }: Evidence): boolean {
  return strength === "strong" && part !== "message-only";
}
