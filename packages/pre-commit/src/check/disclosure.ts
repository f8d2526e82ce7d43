import type { Policy } from "@countersign/core";
import { type Identity, provenanceUnder } from "@countersign/core/internal";
import { type GitContext, readNextAuthor, readNextCommitter } from "@countersign/git/internal";

/** Whether a commit with this message will say whether AI took part, as the push will judge it: by its makers too. */
export async function isDisclosed(context: GitContext, message: Uint8Array, policy: Policy): Promise<boolean> {
  const detect = provenanceUnder(policy);
  const author = await readNextAuthor(context);
  const saysSo = (committer: Identity) => detect({ author, committer, message, parents: [] }).state !== "undeclared";
  // To ask for the committer a git must be started, and nearly always that is the author.
  return saysSo(author) || saysSo(await readNextCommitter(context));
}
