import { compareBytes, NUL, SPACE } from "../bytes.ts";
import type { ObjectFormat } from "./oid.ts";

/** An entry of a tree as bytes: two names that differ may be the same text. */
export interface RawEntry {
  readonly name: Uint8Array;
  /** As six digits, one of those that git knows. */
  readonly mode: string;
  readonly id: Uint8Array;
}

export const FOLDER = "040000";
export const GITLINK = "160000";

/** The parts of an entry as they stand in a raw tree, and the offset behind it. */
interface EntryParts {
  readonly mode: Uint8Array;
  readonly name: Uint8Array;
  readonly id: Uint8Array;
  readonly end: number;
}

/** Splits a raw tree, `mode SP name NUL id` one after another, and ends before an entry that is cut. */
export function* splitTree(bytes: Uint8Array, format: ObjectFormat): Generator<EntryParts> {
  const idLength = format === "sha1" ? 20 : 32;
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(SPACE, at);
    const nul = bytes.indexOf(NUL, space);
    const end = nul + 1 + idLength;
    if (space < 0 || nul < 0 || end > bytes.length) return;
    const [mode, name] = [bytes.subarray(at, space), bytes.subarray(space + 1, nul)];
    yield { mode, name, id: bytes.subarray(nul + 1, end), end };
    at = end;
  }
}

/** Reads a raw tree. @throws where git would refuse it. */
export function readEntries(bytes: Uint8Array, format: ObjectFormat): readonly RawEntry[] {
  const entries: RawEntry[] = [];
  let read = 0;
  for (const { mode, name, id, end } of splitTree(bytes, format)) {
    if (mode.length === 0 || name.length === 0) break;
    entries.push({ name, mode: canonicalMode(mode), id });
    read = end;
  }
  if (read < bytes.length) throw new Error("a tree entry is malformed");
  return entries;
}

/** Old and foreign tools wrote modes such as 100664; git reads each as one of the five it knows. */
function canonicalMode(digits: Uint8Array): string {
  let mode = 0;
  for (const digit of digits) {
    if (digit < 0x30 || digit > 0x37) throw new Error("a tree entry's mode is malformed");
    mode = (mode * 8 + digit - 0x30) & 0o177777;
  }
  switch (mode & 0o170000) {
    case 0o100000:
      return mode & 0o100 ? "100755" : "100644";
    case 0o120000:
      return "120000";
    case 0o040000:
      return FOLDER;
    default:
      return GITLINK;
  }
}

const NAME_END = 0;
const SLASH = 0x2f;

/** git's order of tree entries: a folder's name counts as if a slash followed, so `a.txt` comes between file `a` and folder `a`. */
export function compareEntries(a: RawEntry, b: RawEntry): number {
  const shorter = Math.min(a.name.length, b.name.length);
  return (
    compareBytes(a.name.subarray(0, shorter), b.name.subarray(0, shorter)) ||
    byteBehind(a, shorter) - byteBehind(b, shorter)
  );
}

function byteBehind({ name, mode }: RawEntry, at: number): number {
  return name[at] ?? (mode === FOLDER ? SLASH : NAME_END);
}
