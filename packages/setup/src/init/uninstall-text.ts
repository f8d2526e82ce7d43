import { escapeLine, type Paint } from "@countersign/report";
import type { Undoing } from "../files/undo.ts";

const LONGEST = "remove our part".length;

/**
 * What `uninstall` would do, or did. What was set up in two goes is reported once, and so is a folder that init filled and
 * that goes as a whole.
 */
export function formatUndoings(undoings: readonly Undoing[], paint: Paint): readonly string[] {
  const folders = undoings.flatMap(({ what }) => (what.endsWith("/") ? [what] : []));
  const shown = new Map<string, string>();
  for (const { what, how } of undoings) {
    if (what.endsWith("/")) continue;
    const folder = how === "remove" ? folders.find((name) => what.startsWith(name)) : undefined;
    shown.set(folder ?? what, how);
  }
  return [...shown].map(([what, how]) => `  ${how.padEnd(LONGEST)}  ${paint.strong(escapeLine(what))}`);
}
