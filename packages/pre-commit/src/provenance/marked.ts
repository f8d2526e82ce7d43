import { findMarkedAssistance, type MarkedAssistance, type MarkStore } from "@countersign/capture";
import type { Change } from "@countersign/core";
import { decodeText } from "@countersign/core/internal";
import type { GitContext } from "@countersign/git/internal";
import type { Helpers } from "./assistances.ts";

/**
 * The agents whose hooks reported that they wrote some of what is staged, against each parent: what one of them has is not
 * new. `since`: only what was marked after that, in milliseconds since 1970.
 */
export async function findMarked(
  context: GitContext,
  store: MarkStore,
  [staged = [], ...others]: readonly (readonly Change[])[],
  since?: number,
): Promise<Helpers> {
  let { assistances, unreadable } = await findMarkedAssistance(context, store, staged, since);
  for (const other of others) {
    const found = (await findMarkedAssistance(context, store, other, since)).assistances;
    assistances = assistances.filter((one) => found.some((side) => isSameWork(one, side)));
  }
  const wrote = `an agent wrote ${describePaths(unreadable)}`;
  const note = `a mark cannot be read: ${wrote}, and which one is not known; \`countersign doctor\` says more`;
  return {
    assistances: assistances.map(({ agent, model, paths }) => ({
      agent,
      ...(model === undefined ? {} : { model }),
      because: `it wrote ${describePaths(paths)}`,
    })),
    notes: unreadable.length > 0 ? [note] : [],
  };
}

function isSameWork(one: MarkedAssistance, other: MarkedAssistance): boolean {
  const paths = new Set(other.paths.map(String));
  return one.agent === other.agent && one.paths.some((path) => paths.has(String(path)));
}

function describePaths(paths: readonly Uint8Array[]): string {
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : "";
  return `${decodeText(paths[0] ?? new Uint8Array())}${more}`;
}
