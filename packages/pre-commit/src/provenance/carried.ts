import { detectProvenance, type Evidence } from "@countersign/core";
import type { GitContext } from "@countersign/git/internal";
import type { Assistance } from "./assistances.ts";
import { readSourceCommits } from "./read-source-commits.ts";
import type { SourceCommit } from "./source-commits.ts";

/** Who helped with the commits that this one is made of, as their marks say. */
export async function findCarried(
  context: GitContext,
  gitDir: string,
  sources: readonly SourceCommit[],
): Promise<readonly Assistance[]> {
  const carried: Assistance[] = [];
  for (const { commit, keepsAuthor } of await readSourceCommits(context, gitDir, sources)) {
    for (const sign of detectProvenance(commit).evidence) {
      if (!speaks(sign) || (keepsAuthor && sign.kind === "identity")) continue;
      const because = `it helped with ${commit.oid.slice(0, 10)}, which this commit holds`;
      carried.push({ agent: sign.agent, ...(sign.model === undefined ? {} : { model: sign.model }), because });
    }
  }
  return carried;
}

function speaks({ strength, class: part }: Evidence): boolean {
  return strength === "strong" && part !== "message-only";
}
