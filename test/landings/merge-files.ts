import { Effort } from "../../packages/core/src/diff/effort.ts";
import { mergeLines } from "../../packages/core/src/merge/merge-lines.ts";
import type { MadeEntry, MadeFiles, MemoryRepository } from "../rig/repository/memory-repository.ts";

const CONFLICT = Symbol("conflict");
type Merged = MadeEntry | undefined | typeof CONFLICT;

/** What a clean merge of two sides has, path by path; undefined where one conflicts. */
export function mergeFiles(
  repository: MemoryRepository,
  base: MadeFiles,
  ours: MadeFiles,
  theirs: MadeFiles,
): Map<string, MadeEntry> | undefined {
  const merged = new Map<string, MadeEntry>();
  for (const path of new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])) {
    const entry = mergeEntry(repository, base.get(path), ours.get(path), theirs.get(path));
    if (entry === CONFLICT) return undefined;
    if (entry) merged.set(path, entry);
  }
  return merged;
}

function mergeEntry(
  repository: MemoryRepository,
  base: MadeEntry | undefined,
  ours: MadeEntry | undefined,
  theirs: MadeEntry | undefined,
): Merged {
  if (isSame(ours, theirs) || isSame(base, theirs)) return ours;
  if (isSame(base, ours)) return theirs;
  if (!isFile(base) || !isFile(ours) || !isFile(theirs)) return CONFLICT;
  const mode = settle(base.mode, ours.mode, theirs.mode);
  const oid = settle(base.oid, ours.oid, theirs.oid) ?? mergeTexts(repository, base, ours, theirs);
  return mode && oid ? { mode, oid } : CONFLICT;
}

function mergeTexts(repository: MemoryRepository, ...entries: readonly MadeEntry[]): MadeEntry["oid"] | undefined {
  const [base = "", ours = "", theirs = ""] = entries.map(({ oid }) => repository.textOf(oid));
  const merged = mergeLines(Buffer.from(base), Buffer.from(ours), Buffer.from(theirs), Effort.forOne());
  return merged.clean ? repository.addBlob(merged.bytes) : undefined;
}

function isSame(a: MadeEntry | undefined, b: MadeEntry | undefined): boolean {
  return a?.mode === b?.mode && a?.oid === b?.oid;
}

function isFile(entry: MadeEntry | undefined): entry is MadeEntry {
  return entry?.mode === "100644" || entry?.mode === "100755";
}

function settle<Value>(base: Value, ours: Value, theirs: Value): Value | undefined {
  if (ours === theirs || theirs === base) return ours;
  return ours === base ? theirs : undefined;
}
