import { type ObjectId, parseObjectId } from "@countersign/core";
import {
  compareEntries,
  equalBytes,
  FOLDER,
  type IsGenuine,
  leadsToRecords,
  parsePlace,
  type RawEntry,
  type RecordPlace,
  RecordReader,
  readEntries,
  WITHDRAWN_FILE,
} from "@countersign/core/internal";
import type { NewObjects } from "./new-objects.ts";

const TREE_LIMIT = 8 * 1024 * 1024;

/** Trees of a ledger that two wrote. */
export interface LedgerTrees {
  readonly theirs: ObjectId;
  readonly ours: ObjectId;
  /** What both began with, where that is known. */
  readonly base?: ObjectId | undefined;
  readonly isGenuine?: IsGenuine | undefined;
}

/**
 * The tree that has the records of both. Where they differ in a record's folder, the one counts whose record is worth more,
 * and theirs if both are worth the same: it is there already. Of files that are not records theirs count, unless we alone
 * changed them.
 */
export async function uniteTrees(
  objects: NewObjects,
  { theirs, ours, base, isGenuine }: LedgerTrees,
): Promise<ObjectId> {
  const before = base ? await readTree(objects, base) : new Map();
  return new Union(objects, before, isGenuine).unite(theirs, ours, []);
}

type Entries = ReadonlyMap<string, RawEntry>;

class Union {
  readonly #objects: NewObjects;
  readonly #base: Entries;
  readonly #records: RecordReader;

  constructor(objects: NewObjects, base: Entries, isGenuine: IsGenuine | undefined) {
    this.#objects = objects;
    this.#base = base;
    this.#records = new RecordReader(objects, isGenuine);
  }

  async unite(theirs: ObjectId, ours: ObjectId, names: readonly string[]): Promise<ObjectId> {
    if (theirs === ours) return theirs;
    const place = parsePlace(names);
    if (place) return this.#uniteRecord(theirs, ours, place);
    const [left, right] = await Promise.all([readTree(this.#objects, theirs), readTree(this.#objects, ours)]);
    const united: RawEntry[] = [];
    for (const name of new Set([...left.keys(), ...right.keys()])) {
      const entry = await this.#pick(left.get(name), right.get(name), [...names, name]);
      if (entry) united.push(entry);
    }
    return this.#objects.addTree(united.sort(compareEntries));
  }

  async #pick(theirs: RawEntry | undefined, ours: RawEntry | undefined, names: readonly string[]) {
    const mayHold = leadsToRecords(names);
    if (mayHold && isFolder(theirs) && isFolder(ours)) {
      return { ...theirs, id: Buffer.from(await this.unite(idOf(theirs), idOf(ours), names), "hex") };
    }
    // A file in place of a folder would keep all records out that belong into it.
    if (mayHold) return isFolder(ours) && !isFolder(theirs) ? ours : (theirs ?? ours);
    if (names.length > 1) return theirs ?? ours;
    const [name = ""] = names;
    const base = this.#base.get(name);
    if (isSame(ours, base)) return theirs;
    return isSame(theirs, base) ? ours : (theirs ?? ours);
  }

  async #uniteRecord(theirs: ObjectId, ours: ObjectId, place: RecordPlace): Promise<ObjectId> {
    const { folders } = this.#records;
    const [there, here] = await Promise.all([folders.open(theirs), folders.open(ours)]);
    const better = async (worth: "recordWorth" | "withdrawalWorth"): Promise<"theirs" | "ours"> => {
      const [their, our] = [await this.#records[worth](place, there), await this.#records[worth](place, here)];
      return our > their ? "ours" : "theirs";
    };
    const trees = { theirs: await readTree(this.#objects, theirs), ours: await readTree(this.#objects, ours) };
    const record = trees[await better("recordWorth")];
    const withdrawals = [trees[await better("withdrawalWorth")], trees.theirs, trees.ours];
    const withdrawn = withdrawals.map((entries) => entries.get(WITHDRAWN_FILE)).find((entry) => entry !== undefined);
    const others = [...record].flatMap(([name, entry]) => (name === WITHDRAWN_FILE ? [] : [entry]));
    return this.#objects.addTree([...others, ...(withdrawn ? [withdrawn] : [])].sort(compareEntries));
  }
}

/** The entries by name, a Latin-1 character for each byte. */
async function readTree(objects: NewObjects, tree: ObjectId): Promise<Entries> {
  const entries = readEntries(await objects.tree(tree, TREE_LIMIT), objects.format);
  return new Map(entries.map((entry) => [Buffer.from(entry.name).toString("latin1"), entry]));
}

function isFolder(entry: RawEntry | undefined): entry is RawEntry {
  return entry?.mode === FOLDER;
}

function isSame(a: RawEntry | undefined, b: RawEntry | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.mode === b.mode && equalBytes(a.id, b.id));
}

function idOf({ id }: RawEntry): ObjectId {
  return parseObjectId(Buffer.from(id).toString("hex"));
}
