import { compareBytes, decodeText, encodeText, hexOf, joinBytes, NUL, SPACE } from "../bytes.ts";
import type { TreeEntry } from "../repository.ts";
import { canonicalMode, FOLDER } from "./mode.ts";
import type { ObjectFormat, ObjectId } from "./oid.ts";

/** An entry of a tree as bytes: two names that differ may be the same text. */
export interface RawEntry {
  readonly name: Uint8Array;
  /** As six digits, one of those that git knows. */
  readonly mode: string;
  readonly id: Uint8Array;
}

/** The object that an entry leads to. */
export function idOf({ id }: RawEntry): ObjectId {
  return hexOf(id) as ObjectId;
}

/** The parts of an entry as they stand in a raw tree, and the offset behind it. */
export interface EntryParts {
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

/** The entries of a raw tree as text, to look names up in; modes as six digits. */
export function* parseTree(bytes: Uint8Array, format: ObjectFormat): Generator<TreeEntry> {
  for (const { mode, name, id } of splitTree(bytes, format)) {
    yield { path: decodeText(name), mode: decodeText(mode).padStart(6, "0"), oid: hexOf(id) as ObjectId };
  }
}

/** Reads a raw tree. @throws if git would refuse it. */
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

/** Writes a tree as git stores it. The entries must be in git's order. */
export function formatTree(entries: readonly RawEntry[]): Uint8Array {
  return joinBytes(
    entries.flatMap(({ name, mode, id }) => [encodeText(`${mode.replace(/^0/, "")} `), name, NAME_ENDED, id]),
  );
}

const NAME_ENDED = Uint8Array.of(NUL);
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
