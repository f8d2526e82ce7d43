import { type ObjectId, parseObjectId } from "@countersign/core";
import { git } from "../process/git.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/** The last merges into a branch, the newest first: those on the line of first parents that ends at `tip`. */
export async function findMerges(repository: GitRepository, tip: ObjectId, most: number): Promise<readonly ObjectId[]> {
  const args = ["rev-list", "--first-parent", "--merges", `--max-count=${most}`, tip, "--"];
  const { output } = await git(repository.context, args);
  return output.split("\n").filter(Boolean).map(parseObjectId);
}
