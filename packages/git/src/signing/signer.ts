import { CountersignError } from "@countersign/core";
import { type Identity, parseIdentity } from "@countersign/core/internal";
import type { GitContext } from "../process/context.ts";
import { saidByGit } from "../process/failure.ts";
import { git } from "../process/git.ts";

/** The person whom git takes for the committer here. */
export interface Signer extends Identity {
  /** `Name <address> seconds zone`, as a commit's header has it. */
  readonly line: string;
}

/** @throws `SIGNER_UNNAMED` if git has no name or address to go by. */
export async function readSigner(context: GitContext): Promise<Signer> {
  try {
    const { output } = await git(context, ["var", "GIT_COMMITTER_IDENT"]);
    const line = output.replace(/\n$/, "");
    return { ...parseIdentity(line), line };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== "GIT_FAILED") throw error;
    const said = /(?:fatal|error): (.+)/.exec(saidByGit(error))?.[1];
    throw new CountersignError("SIGNER_UNNAMED", { said: said ?? "" }, { cause: error });
  }
}
