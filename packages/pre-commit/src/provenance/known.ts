import { keepsMessage } from "../message/settled.ts";
import { findAssistance } from "./assistance.ts";
import type { Helpers } from "./assistances.ts";
import type { CommitUnderWay } from "./commit-under-way.ts";
import { findNamedReverts, findSourceCommits } from "./source-commits.ts";

/** The same with its message. */
export interface CommitAtHand extends CommitUnderWay {
  /** As it stands in the file. */
  readonly message: Uint8Array;
}

/**
 * Everyone who is known to have taken part: those in whose session git runs, those whose hooks reported that they
 * wrote what is staged, those that the commits name which this one is made of, and those whose work it brings back. For a
 * person's own work, which is most, nothing more is loaded.
 */
export async function findKnown({ message, ...commit }: CommitAtHand): Promise<Helpers> {
  const { context, gitDir, command, staged } = commit;
  const reverts = findNamedReverts(gitDir, message);
  const { assistances, notes } = await findAssistance(commit, reverts);
  const kept = keepsMessage(gitDir, message, command);
  const sources = findSourceCommits({ gitDir, command }).filter(({ revision }) => !(kept && revision === "HEAD"));
  const carried = sources.length > 0 ? await (await import("./carried.ts")).findCarried(context, gitDir, sources) : [];
  const broughtBack =
    reverts.length > 0 ? await (await import("./reversal.ts")).findBroughtBack(context, staged, reverts) : [];
  return { assistances: [...assistances, ...carried, ...broughtBack], notes };
}
