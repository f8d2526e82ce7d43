import type { HookEdit } from "../hook-event.ts";

const HEADER = /^\*\*\* (Add File|Update File|Delete File|Move to): (.+)$/;

/** What a patch in the form of Codex's `apply_patch` does to each file. A file that is moved is deleted and written. */
export function readPatch(patch: string): readonly HookEdit[] {
  const edits: HookEdit[] = [];
  let written: string[] = [];
  let replaced: string[] = [];
  for (const line of patch.split("\n")) {
    const [, does, named = ""] = HEADER.exec(line) ?? [];
    const path = named.trimEnd();
    if (does === "Move to") {
      const moved = edits.pop();
      if (moved) edits.push({ path: moved.path, kind: "deleted" }, { ...moved, path });
    } else if (does === "Delete File") edits.push({ path, kind: "deleted" });
    else if (does !== undefined) {
      written = [];
      replaced = [];
      edits.push({ path, kind: "written", written, replaced });
    } else if (line.startsWith("+")) written.push(line.slice(1));
    else if (line.startsWith("-")) replaced.push(line.slice(1));
  }
  return edits;
}
