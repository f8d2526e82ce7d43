import type { GitContext } from "@countersign/git/internal";
import type { GitCommand } from "../message/git-command.ts";
import { keepsMessage } from "../message/settled.ts";
import { findAssistance } from "./assistance.ts";
import type { Helpers } from "./assistances.ts";
import { findNamedReverts, findSourceCommits } from "./source-commits.ts";
import type { Staged } from "./staged.ts";

/** A commit that is being made, as far as a hook knows it. */
export interface CommitAtHand {
  readonly context: GitContext;
  readonly gitDir: string;
  readonly command: GitCommand;
  readonly staged: Staged;
  /** As it stands in the file. */
  readonly message: Uint8Array;
}

/**
 * Everybody of whom it is known that they took part: those in whose session git runs, those whose hooks told that they
 * wrote what is staged, those that the commits name which this one is made of, and those whose work it brings back. For a
 * person's own work, which is most, nothing more is loaded.
 */
export async function findKnown({ context, gitDir, command, staged, message }: CommitAtHand): Promise<Helpers> {
  const reverts = findNamedReverts(gitDir, message);
  const { assistances, notes } = await findAssistance(context, gitDir, command, staged, reverts);
  const kept = keepsMessage(gitDir, message, command);
  const sources = findSourceCommits({ gitDir, command }).filter(({ revision }) => !(kept && revision === "HEAD"));
  const carried = sources.length > 0 ? await (await import("./carried.ts")).findCarried(context, gitDir, sources) : [];
  const broughtBack =
    reverts.length > 0 ? await (await import("./reversal.ts")).findBroughtBack(context, staged, reverts) : [];
  return { assistances: [...assistances, ...carried, ...broughtBack], notes };
}
