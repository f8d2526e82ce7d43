import { type Change, formatLines, type ObjectId, type SignedHead, type SignedLines } from "@countersign/core";
import {
  AFTER_FOLDER,
  BEFORE_FOLDER,
  branchName,
  compareEntries,
  digestOf,
  FOLDER,
  folderNames,
  formatSignedFile,
  formatWithdrawal,
  NO_MODE,
  parseRecordFile,
  type RawEntry,
  RECORD_FILE,
  type RecordPlace,
  WITHDRAWN_FILE,
  type Withdrawal,
} from "@countersign/core/internal";
import type { NewObjects } from "./new-objects.ts";

/** A record that is to be written. */
export interface NewRecord {
  readonly lines: SignedLines;
  /** Over the lines, without its armor. */
  readonly signature: Uint8Array;
  /** What each block approves, in their order; in git's order each. A block of which that is not known gets no folder. */
  readonly changes: readonly (readonly Change[] | undefined)[];
  /** What these name and the repository does not have. */
  readonly blobs?: readonly Uint8Array[];
}

/** A withdrawal that is to be written. */
export interface NewWithdrawal {
  readonly withdrawal: Withdrawal;
  /** Over the lines of the withdrawal, without its armor. */
  readonly signature: Uint8Array;
  /** The places of the record, or of some of its blocks: one will do. */
  readonly places: readonly RecordPlace[];
}

/** A file that is not a record: it means nothing to those who read co-signs. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** What a person adds to a ledger at once. */
export interface LedgerAddition {
  readonly records?: readonly NewRecord[];
  readonly withdrawals?: readonly NewWithdrawal[];
  readonly files?: readonly NewFile[];
}

/** What stands at a path: names are Latin-1, a character for each byte. */
type Node = { readonly mode: string; readonly oid: ObjectId } | Map<string, Node>;

/** Makes the tree of a ledger with nothing but what is added. @throws Error for a record that no ledger holds. */
export function addTrees(
  objects: NewObjects,
  { records = [], withdrawals = [], files = [] }: LedgerAddition,
): ObjectId {
  const root: Map<string, Node> = new Map();
  for (const { path, text } of files) {
    set(root, path.split("/"), { mode: FILE, oid: objects.addBlob(Buffer.from(text)) });
  }
  for (const { lines, signature, changes, blobs = [] } of records) {
    for (const bytes of blobs) objects.addBlob(bytes);
    const bytes = formatLines(lines);
    const recordId = digestOf(bytes);
    const file = formatSignedFile(bytes, signature);
    if (!parseRecordFile(file)) throw new Error("no ledger holds this record: it is too large, or not signed");
    const record = { mode: FILE, oid: objects.addBlob(file) };
    for (const [index, { paths }] of lines.blocks.entries()) {
      const approved = changes[index];
      if (!approved) continue;
      const folder = folderNames({ paths, recordId, blockNumber: index + 1 });
      set(root, [...folder, RECORD_FILE], record);
      for (const { path, oldMode, oldOid, newMode, newOid } of approved) {
        const names = Buffer.from(path).toString("latin1").split("/");
        if (oldMode !== NO_MODE) set(root, [...folder, BEFORE_FOLDER, ...names], { mode: oldMode, oid: oldOid });
        if (newMode !== NO_MODE) set(root, [...folder, AFTER_FOLDER, ...names], { mode: newMode, oid: newOid });
      }
    }
  }
  for (const { withdrawal, signature, places } of withdrawals) {
    const oid = objects.addBlob(formatSignedFile(formatWithdrawal(withdrawal), signature));
    for (const place of places) set(root, [...folderNames(place), WITHDRAWN_FILE], { mode: FILE, oid });
  }
  return addTree(objects, root);
}

/** What the commit that brings it says. */
export function messageFor({ records = [], withdrawals = [], files = [] }: LedgerAddition): string {
  if (files.length > 0) return `Add ${files.map(({ path }) => path).join(", ")}\n`;
  const heads: readonly SignedHead[] = [
    ...records.map(({ lines }) => lines.head),
    ...withdrawals.map(({ withdrawal }) => withdrawal.head),
  ];
  const branches = heads.flatMap((head) => head.branches.map(({ ref }) => branchName(ref) ?? ref));
  return `Co-signs for ${[...new Set(branches)].sort().join(", ")}\n`;
}

const FILE = "100644";

function set(root: Map<string, Node>, names: readonly string[], entry: Node): void {
  let folder = root;
  for (const name of names.slice(0, -1)) {
    const known = folder.get(name);
    const next = known instanceof Map ? known : new Map<string, Node>();
    folder.set(name, next);
    folder = next;
  }
  folder.set(names.at(-1) ?? "", entry);
}

function addTree(objects: NewObjects, folder: ReadonlyMap<string, Node>): ObjectId {
  const entries = [...folder].map(([name, node]): RawEntry => {
    const { mode, oid } = node instanceof Map ? { mode: FOLDER, oid: addTree(objects, node) } : node;
    return { name: Buffer.from(name, "latin1"), mode, id: Buffer.from(oid, "hex") };
  });
  return objects.addTree(entries.sort(compareEntries));
}
