import { readFileSync } from "node:fs";
import { upToLast } from "@countersign/core/internal";
import { type Ancestor, MOST_ANCESTORS } from "./ancestor.ts";

/** The ancestors as Linux shows them in files. */
export function readFromProc(pid: number): readonly Ancestor[] {
  const ancestors: Ancestor[] = [];
  try {
    for (let at = parentOf(pid); at > 0 && ancestors.length < MOST_ANCESTORS; at = parentOf(at)) {
      const line = readFileSync(`/proc/${at}/cmdline`, "utf8");
      ancestors.push({ pid: at, args: line === "" ? [] : upToLast(/[^\0]/, line).split("\0") });
    }
  } catch {
    // It has ended, or another user's processes are hidden: what lies above cannot be seen.
  }
  return ancestors;
}

/** The program's name stands in brackets before the parent's id, and may hold brackets and blanks itself. */
function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ", 2)[1]);
}
