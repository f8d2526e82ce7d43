import type { Change } from "@countersign/core";
import { isZeroOid, type OwnChange } from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";
import type { Paint } from "@countersign/report";
import { showBytes } from "./shown-path.ts";

/** More of a link's target is not shown. */
const TARGET_LIMIT = 64 * 1024;

/** How much is changed, as one line. `before`: what it is compared with. */
export function summarise(changes: readonly Change[], before: string): string {
  if (changes.length === 0) return "none: it changes nothing";
  const count = (status: Change["status"]): number => changes.filter((change) => change.status === status).length;
  const parts = [
    [count("A"), "new"],
    [count("M") + count("T"), "changed"],
    [count("D"), "deleted"],
  ].flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`]));
  const added = changes.reduce((sum, { lines }) => sum + (lines?.added ?? 0), 0);
  const deleted = changes.reduce((sum, { lines }) => sum + (lines?.deleted ?? 0), 0);
  return `${parts.join(", ")}; +${added} -${deleted} lines against ${before}`;
}

const WORDS = { A: "new", D: "deleted", M: "changed", T: "type" } as const;
const SYMLINK = "120000";
const SUBMODULE = "160000";

/** A path and what is changed there, as one line. */
export async function describeChange(
  repository: GitRepository,
  change: Change | OwnChange,
  paint: Paint,
): Promise<string> {
  const { path, status, oldMode, newMode, oldOid, newOid, lines } = change;
  const word = WORDS[status].padEnd(8);
  const text = `${status === "D" ? paint.bad(word) : word} ${quote(showBytes(path))}`;
  const notes: string[] = [];
  if ("isConflict" in change && change.isConflict) notes.push("the parents conflict; against the first");
  if (lines && (lines.added > 0 || lines.deleted > 0)) notes.push(`+${lines.added} -${lines.deleted}`);
  if (status === "M" || status === "T") {
    if (oldMode !== newMode) notes.push(paint.strong(`mode ${oldMode} -> ${newMode}`));
  } else if (status === "A" && newMode !== "100644") notes.push(`mode ${newMode}`);
  const modes = [oldMode, newMode];
  if (modes.includes(SYMLINK)) {
    const side = async (mode: string, oid: typeof oldOid): Promise<string> =>
      mode === SYMLINK ? quote(await readTarget(repository, oid)) : isZeroOid(oid) ? "nothing" : "a file";
    notes.push(`symbolic link: ${await side(oldMode, oldOid)} -> ${await side(newMode, newOid)}`);
  }
  if (modes.includes(SUBMODULE)) {
    const side = (mode: string, oid: typeof oldOid): string =>
      mode === SUBMODULE ? oid : isZeroOid(oid) ? "nothing" : "a file";
    notes.push(`submodule: ${side(oldMode, oldOid)} -> ${side(newMode, newOid)}`);
  }
  return notes.length === 0 ? text : `${text} (${notes.join("; ")})`;
}

async function readTarget(repository: GitRepository, oid: Change["oldOid"]): Promise<string> {
  try {
    return showBytes(await repository.blob(oid, TARGET_LIMIT));
  } catch {
    return `too long to show, id ${oid}`;
  }
}

function quote(text: string): string {
  return /[ "]/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text;
}
