import { createHash } from "node:crypto";
import type { OwnChange } from "../../packages/core/src/merge/own-changes.ts";
import type { Scratch } from "../rig/repository/scratch.ts";
import { mergeFiles, type Triple } from "./merge-file.ts";
import type { Entry, PathShape, Shape } from "./merge-shapes.ts";

/** A change in the form that the two ways to find it are compared in. */
function formatChange(path: string, before: string, after: string, isConflict: boolean): string {
  return `${path}: ${before} -> ${after}${isConflict ? " (conflict)" : ""}`;
}

export function formatOwnChange({ path, oldMode, oldOid, newMode, newOid, isConflict }: OwnChange): string {
  return formatChange(Buffer.from(path).toString(), `${oldMode} ${oldOid}`, `${newMode} ${newOid}`, isConflict);
}

/** Mode and id of an entry, one text. */
function nameOf(entry: Entry): string {
  if (!entry) return `000000 ${"0".repeat(40)}`;
  const header = `blob ${Buffer.byteLength(entry.text)}\0`;
  return `${entry.mode} ${createHash("sha1").update(header).update(entry.text).digest("hex")}`;
}

const isFile = (entry: Entry) => entry?.mode.startsWith("100") === true;
const isSame = (a: Entry, b: Entry) => nameOf(a) === nameOf(b);

/** What git merge-file makes of three texts. */
export type Merged = (base: string, ours: string, theirs: string) => string | undefined;

/** What a clean merge of two sides gives at a path, told in the plainest way; `null` for a conflict. */
function mergeTwo(base: Entry, ours: Entry, theirs: Entry, merged: Merged): Entry | null {
  if (isSame(ours, theirs) || isSame(theirs, base)) return ours;
  if (isSame(ours, base)) return theirs;
  if (!base || !ours || !theirs || ![base, ours, theirs].every(isFile)) return null;
  const pick = (b: string, o: string, t: string) => (o === t || t === b ? o : o === b ? t : undefined);
  const mode = pick(base.mode, ours.mode, theirs.mode);
  const text = pick(base.text, ours.text, theirs.text) ?? merged(base.text, ours.text, theirs.text);
  return mode === undefined || text === undefined ? null : { mode, text };
}

function mergeMany(base: Entry, sides: readonly Entry[]): Entry | null {
  const changed = new Map(sides.filter((side) => !isSame(side, base)).map((side) => [nameOf(side), side]));
  if (changed.size > 1) return null;
  return changed.size === 0 ? base : [...changed.values()][0];
}

function cleanOf({ bases, sides }: PathShape, merged: Merged): Entry | null {
  const given = (bases.length > 0 ? bases : [undefined]).map((base) =>
    sides.length === 2 ? mergeTwo(base, sides[0], sides[1], merged) : mergeMany(base, sides),
  );
  const [first = null] = given.slice(0, 1);
  const isAgreed = given.every((entry) => entry !== null && nameOf(entry) === nameOf(given[0] ?? undefined));
  return isAgreed ? (first ?? undefined) : null;
}

/** The own changes of a merge, from git merge-file for each path. */
export function expectedOwnChanges({ paths }: Shape, merged: Merged): readonly string[] {
  return Object.entries(paths).flatMap(([path, shape]) => {
    const clean = cleanOf(shape, merged);
    if (clean !== null && isSame(clean, shape.result)) return [];
    const before = clean === null ? shape.sides[0] : clean;
    return formatChange(path, nameOf(before), nameOf(shape.result), clean === null);
  });
}

/** Asks git merge-file at once for all that the shapes need. */
export function askMergeFile(scratch: Scratch, sample: readonly Shape[]): Merged {
  const needed = new Map<string, Triple>();
  for (const shape of sample) {
    expectedOwnChanges(shape, (...texts) => {
      const [base, ours, theirs] = texts.map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer];
      needed.set(JSON.stringify(texts), [base, ours, theirs]);
      return undefined;
    });
  }
  const answers = mergeFiles(scratch, [...needed.values()]);
  const merged = new Map([...needed.keys()].map((key, index) => [key, answers[index]?.toString()]));
  return (...texts) => merged.get(JSON.stringify(texts));
}
