import { decodeText, equalBytes } from "../bytes.ts";
import { type Folder, isFolder } from "../object/folder-reader.ts";
import type { ObjectId } from "../object/oid.ts";
import { type EntryParts, splitTree } from "../object/tree-entries.ts";
import { readLedgerTree } from "./ledger-tip.ts";
import { leadsToRecords, parsePlace, type RecordPlace, WITHDRAWN_FILE } from "./record-place.ts";
import { type IsGenuine, type LedgerRepository, RecordReader } from "./record-reader.ts";

/** How many names lead to a record's folder. */
const DEPTH = 3;
const FOLDER_LIMIT = 1024 * 1024;
const NOTHING: Folder = new Map();

/**
 * What a ledger's new commit does to a record of the old one, for a sentence that begins with the push; undefined if it
 * keeps them all. Folders are opened only where the two differ. A folder that holds no record may be replaced, and what
 * someone else signed in the place of a person's may give way to that.
 * @throws `OBJECT_MISSING`, `LEDGER_UNFIT`.
 */
export async function findRewriting(
  repository: LedgerRepository,
  old: ObjectId,
  tip: ObjectId,
  isGenuine?: IsGenuine,
): Promise<string | undefined> {
  const [before, after] = await Promise.all([readLedgerTree(repository, old), readLedgerTree(repository, tip)]);
  return new Comparison(repository, isGenuine).compare(before, after, []);
}

class Comparison {
  readonly #repository: LedgerRepository;
  readonly #reader: RecordReader;

  constructor(repository: LedgerRepository, isGenuine: IsGenuine | undefined) {
    this.#repository = repository;
    this.#reader = new RecordReader(repository, isGenuine);
  }

  async compare(old: ObjectId, now: ObjectId | undefined, names: readonly string[]): Promise<string | undefined> {
    if (old === now) return undefined;
    const place = names.length === DEPTH ? parsePlace(names) : undefined;
    if (names.length === DEPTH) return place && this.#compareRecord(old, now, place, names.join("/"));
    const after = now === undefined ? NOTHING : await this.#reader.folders.open(now);
    for (const entry of (await this.#reader.folders.open(old)).values()) {
      const inside = [...names, entry.path];
      if (!isFolder(entry) || !leadsToRecords(inside)) continue;
      const same = after.get(entry.path);
      const found = await this.compare(entry.oid, same && isFolder(same) ? same.oid : undefined, inside);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #compareRecord(
    old: ObjectId,
    now: ObjectId | undefined,
    place: RecordPlace,
    shown: string,
  ): Promise<string | undefined> {
    const [before, after] = [await this.#split(old), await this.#split(now)];
    if (!before) return undefined;
    const keeps = (what: keyof RecordEntries): boolean => after !== undefined && isSameList(before[what], after[what]);
    if (!keeps("withdrawn") && (await this.#isLost("withdrawalWorth", place, old, now)))
      return `removes the withdrawal ${shown}/${WITHDRAWN_FILE}`;
    if (keeps("others") || !(await this.#isLost("recordWorth", place, old, now))) return undefined;
    return now ? `changes the record ${shown}` : `removes the record ${shown}`;
  }

  /** Whether there was something, and nothing is there that is worth more. */
  async #isLost(
    worth: "recordWorth" | "withdrawalWorth",
    place: RecordPlace,
    old: ObjectId,
    now: ObjectId | undefined,
  ): Promise<boolean> {
    const before = await this.#reader[worth](place, await this.#reader.folders.open(old));
    if (before === 0) return false;
    return now === undefined || (await this.#reader[worth](place, await this.#reader.folders.open(now))) <= before;
  }

  /** What lies in a record's folder: names as bytes, so that none hides behind another that looks like it. */
  async #split(oid: ObjectId | undefined): Promise<RecordEntries | undefined> {
    if (oid === undefined) return undefined;
    const bytes = await this.#repository.tree(oid, FOLDER_LIMIT);
    const entries = [...splitTree(bytes, this.#repository.format)];
    // Nothing of a malformed tree is kept.
    if ((entries.at(-1)?.end ?? 0) < bytes.length) return undefined;
    const isWithdrawn = ({ name }: EntryParts): boolean => decodeText(name) === WITHDRAWN_FILE;
    return { withdrawn: entries.filter(isWithdrawn), others: entries.filter((entry) => !isWithdrawn(entry)) };
  }
}

interface RecordEntries {
  /** A forged tree can have it twice. */
  readonly withdrawn: readonly EntryParts[];
  readonly others: readonly EntryParts[];
}

function isSame(a: EntryParts, b: EntryParts | undefined): boolean {
  return b !== undefined && equalBytes(a.mode, b.mode) && equalBytes(a.id, b.id) && equalBytes(a.name, b.name);
}

function isSameList(a: readonly EntryParts[], b: readonly EntryParts[]): boolean {
  return a.length === b.length && a.every((entry, at) => isSame(entry, b[at]));
}
