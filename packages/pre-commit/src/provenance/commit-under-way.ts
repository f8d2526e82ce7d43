import { findAgentSession, listAncestors } from "@countersign/capture";
import type { AgentSession } from "@countersign/core/internal";
import type { GitContext } from "@countersign/git/internal";
import { findGitCommand, type GitCommand } from "../message/git-command.ts";
import { completeCommand, type MessageSource } from "../message/origin.ts";
import { type Staged, stagedIn } from "./staged.ts";

/** A commit that is being made, as far as every hook knows it. */
export interface CommitUnderWay {
  readonly context: GitContext;
  readonly gitDir: string;
  readonly command: GitCommand;
  readonly staged: Staged;
  /** The agent that runs git, if one does. */
  readonly session: AgentSession | undefined;
}

/** Finds out what git is about to do, and for whom. `source`: where it says that the message comes from. */
export async function readCommitUnderWay(
  context: GitContext,
  gitDir: string,
  source?: MessageSource,
): Promise<CommitUnderWay> {
  const staged = stagedIn(context, gitDir);
  const ancestors = listAncestors();
  const session = findAgentSession(context.env, () => ancestors);
  const command = await completeCommand(context, gitDir, findGitCommand(ancestors), staged, source);
  return { context, gitDir, command, staged, session };
}
