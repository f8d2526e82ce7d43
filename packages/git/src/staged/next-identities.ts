import { type Identity, parseIdentity } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { git } from "../process/git.ts";

/**
 * The author that the commit being made will have. `git commit` lets its hooks know, whatever the author comes from:
 * `--author`, the amended commit, the settings.
 */
export async function readNextAuthor(context: GitContext): Promise<Identity> {
  const { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email } = context.env;
  return name === undefined || email === undefined ? askFor(context, "GIT_AUTHOR_IDENT") : { name, email };
}

/** Its committer, which git lets no hook know, so it must be asked. */
export function readNextCommitter(context: GitContext): Promise<Identity> {
  return askFor(context, "GIT_COMMITTER_IDENT");
}

async function askFor(context: GitContext, variable: string): Promise<Identity> {
  return parseIdentity((await git(context, ["var", variable])).output);
}
