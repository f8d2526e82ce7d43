import type { HookEdit } from "./hook-event.ts";

const BEGIN = "*** Begin Patch";
const END = "*** End Patch";
const HEADER = /^\*\*\* (Add File|Update File|Delete File|Move to): (.+)$/;

/** A shell may be asked to apply it, and to go to a folder first: `cd src && apply_patch <<'EOF'`. */
const CALL = /(?:\bcd\s+(?:"([^"\n]+)"|'([^'\n]+)'|([^\s;&|"']+))\s*&&\s*)?\bapply_?patch\b/;

/** Whether a command, or a word of one, is a patch or is given one to apply. */
export function appliesPatch(command: string): boolean {
  const begin = command.indexOf(BEGIN);
  return begin >= 0 && (command.slice(0, begin).trim() === "" || CALL.test(command.slice(0, begin)));
}

/**
 * What a patch in the form of Codex's `apply_patch` does to each file, even within the command that applies it. A file
 * that is moved is deleted and written.
 */
export function readPatch(text: string): readonly HookEdit[] {
  const begin = Math.max(text.indexOf(BEGIN), 0);
  const folder = CALL.exec(text.slice(0, begin))
    ?.slice(1)
    .find((named) => named !== undefined);
  const edits = readHeaders(text.slice(begin));
  if (folder === undefined) return edits;
  return edits.map((edit) => (isAbsolute(edit.path) ? edit : { ...edit, path: `${folder}/${edit.path}` }));
}

function isAbsolute(path: string): boolean {
  return /^(?:[\\/]|[A-Za-z]:)/.test(path);
}

function readHeaders(patch: string): readonly HookEdit[] {
  const edits: HookEdit[] = [];
  let written: string[] = [];
  let replaced: string[] = [];
  for (const line of patch.split("\n")) {
    if (line.startsWith(END)) break;
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
