import { findMarkedAssistance, type MarkStore } from "@countersign/capture";
import type { Change } from "@countersign/core";
import { decodeText } from "@countersign/core/internal";
import type { GitContext } from "@countersign/git/internal";
import type { Helpers } from "./assistances.ts";

/** The agents whose hooks told that they wrote some of what is staged. */
export async function findMarked(context: GitContext, store: MarkStore, staged: readonly Change[]): Promise<Helpers> {
  const { assistances, unreadable } = await findMarkedAssistance(context, store, staged);
  const wrote = `an agent wrote ${describePaths(unreadable)}`;
  const note = `a mark cannot be read: ${wrote}, and which one is not known; \`countersign doctor\` tells more`;
  return {
    assistances: assistances.map(({ agent, model, paths }) => ({
      agent,
      ...(model === undefined ? {} : { model }),
      because: `it wrote ${describePaths(paths)}`,
    })),
    notes: unreadable.length > 0 ? [note] : [],
  };
}

function describePaths(paths: readonly Uint8Array[]): string {
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : "";
  return `${decodeText(paths[0] ?? new Uint8Array())}${more}`;
}
