import { MarkStore } from "@countersign/capture";
import { commonDirOf } from "@countersign/git/internal";
import type { Assistance, Helpers } from "./assistances.ts";
import type { CommitUnderWay } from "./commit-under-way.ts";
import { findMerged, findSquashed } from "./source-commits.ts";

/**
 * Who helped: the agent in whose session git runs, and those whose hooks reported that they wrote staged content. What a
 * person takes back exactly was there before, no matter who wrote it.
 */
export async function findAssistance(commit: CommitUnderWay, reverts: readonly string[]): Promise<Helpers> {
  const { context, gitDir, staged, session } = commit;
  const found: Assistance[] = [];
  const notes: string[] = [];
  // Nearly always there is none, and git need not be asked what is staged.
  const store = new MarkStore(commonDirOf(gitDir));
  if (store.list().length > 0) {
    const { findMarked } = await import("./marked.ts");
    const sides = await staged.againstParents();
    let marked = await findMarked(context, store, sides);
    if (!session && marked.assistances.length > 0) {
      const { findReversal } = await import("./reversal.ts");
      const reversal = await findReversal(context, staged, reverts);
      if (reversal) marked = await findMarked(context, store, sides, reversal.since);
    }
    found.push(...marked.assistances);
    notes.push(...marked.notes);
  }
  const marked = found.some(({ agent }) => agent === session?.agent);
  if (session && !marked && (await makesContent(commit))) {
    found.push({ agent: session.agent, because: `this runs in its session (${session.sign})` });
  }
  return { assistances: found, notes };
}

/** Commands that put together what was committed before: anyone who runs them wrote none of it. */
const ASSEMBLING = new Set(["merge", "pull", "rebase", "cherry-pick", "am"]);
/**
 * How git names what it does where one of those runs `git commit` for a step of its own: `pull --rebase (reword)`. A step
 * that someone had to finish is `rebase (continue)`.
 */
const ASSEMBLING_STEP = /^cherry-pick$| \((?:pick|squash|fixup|reword|merge|reset)\)/;

/** Whether the command commits new content. An agent that rebases a person's work, or rewords it, did not write it. */
async function makesContent({ context, gitDir, command, staged }: CommitUnderWay): Promise<boolean> {
  const { name, amends } = command;
  if (name !== undefined && ASSEMBLING.has(name)) return false;
  if (ASSEMBLING_STEP.test(context.env["GIT_REFLOG_ACTION"] ?? "")) return false;
  if (amends) return (await staged.changes()).length > 0;
  const squashed = findSquashed(gitDir);
  if (squashed !== undefined) {
    return (await (await import("./staged-merge.ts")).readOwnChanges(context, [squashed])).length > 0;
  }
  return findMerged(gitDir).length === 0 || (await staged.own()).length > 0;
}
