import { changeDigest, pathsDigest } from "../cosign/digest.ts";
import { CountersignError } from "../error.ts";
import type { Change } from "../object/change.ts";
import { type Folder, FolderReader, isFolder } from "../object/folder-reader.ts";
import { isRegularFile } from "../object/mode.ts";
import type { ObjectId } from "../object/oid.ts";
import type { Repository } from "../repository.ts";
import { readRecordChanges } from "./record-changes.ts";
import {
  isBySigner,
  isSignedByItsKey,
  parseRecordFile,
  parseWithdrawnFile,
  type RecordFile,
  type SignedStatement,
} from "./record-file.ts";
import { AFTER_FOLDER, BEFORE_FOLDER, RECORD_FILE, type RecordPlace, WITHDRAWN_FILE } from "./record-place.ts";
import { SIGNED_FILE_LIMIT } from "./signed-file.ts";

/** The part of a repository that reading a ledger needs. */
export type LedgerRepository = Pick<Repository, "format" | "tree" | "blob" | "commit">;

/** Whether something is signed by whom it says, a person on the roster. */
export type IsGenuine = (statement: SignedStatement) => boolean;

/**
 * What lies in a record's folder: nothing, something that a key signed which anyone may have made, or what the person
 * signed who is named. What is worth more may take the place of what is worth less, so that nobody keeps it for others.
 */
export type Worth = 0 | 1 | 2;

/**
 * Reads what lies in the folders of records. Anyone who may push can put anything there, so all that is not a record or a
 * withdrawal is nothing.
 */
export class RecordReader {
  readonly folders: FolderReader;
  readonly #repository: LedgerRepository;
  readonly #isGenuine: IsGenuine;

  /** Without a roster nothing is known to be genuine. */
  constructor(repository: LedgerRepository, isGenuine: IsGenuine = () => false) {
    this.#repository = repository;
    this.#isGenuine = isGenuine;
    this.folders = new FolderReader(repository);
  }

  /** The file `record` of a folder, if it is of this place. */
  async record(place: RecordPlace, folder: Folder): Promise<RecordFile | undefined> {
    const oid = recordIdIn(folder);
    const file = oid && (await this.recordFile(oid));
    return file && isOf(place, file) ? file : undefined;
  }

  /** A record by the id of its file. */
  async recordFile(oid: ObjectId): Promise<RecordFile | undefined> {
    const bytes = await this.#blob(oid);
    return bytes && parseRecordFile(bytes);
  }

  /** What the block at a place approves, if the folder's trees give it. */
  async changes(place: RecordPlace, folder: Folder, { lines }: RecordFile): Promise<readonly Change[] | undefined> {
    const block = lines.blocks[place.blockNumber - 1];
    const [before, after] = [folder.get(BEFORE_FOLDER), folder.get(AFTER_FOLDER)];
    for (const side of [before, after]) if (side && !isFolder(side)) return undefined;
    const changes = await readRecordChanges(this.#repository, before?.oid, after?.oid);
    if (!changes || changeDigest(changes) !== block?.change || pathsDigest(changes) !== place.paths) return undefined;
    return changes;
  }

  /** The file `withdrawn` of a folder, if it takes back the record of this place. */
  async withdrawal({ recordId }: RecordPlace, folder: Folder): Promise<SignedStatement | undefined> {
    const entry = folder.get(WITHDRAWN_FILE);
    const bytes = entry && isRegularFile(entry.mode) ? await this.#blob(entry.oid) : undefined;
    const file = bytes && parseWithdrawnFile(bytes);
    return file?.recordId === recordId ? file : undefined;
  }

  /** What the record of a folder is worth. */
  async recordWorth(place: RecordPlace, folder: Folder): Promise<Worth> {
    const file = await this.record(place, folder);
    if (!file || !isSignedByItsKey(file) || !(await this.changes(place, folder, file))) return 0;
    return this.#isGenuine(file) ? 2 : 1;
  }

  /** The same of a withdrawal, which is for the signer of the record alone to make. */
  async withdrawalWorth(place: RecordPlace, folder: Folder): Promise<Worth> {
    const file = await this.withdrawal(place, folder);
    if (!file || !isSignedByItsKey(file)) return 0;
    const record = await this.record(place, folder);
    const isOfSigner = !record || isBySigner(file.head, record.head);
    return isOfSigner && this.#isGenuine(file) ? 2 : 1;
  }

  async #blob(oid: ObjectId): Promise<Uint8Array | undefined> {
    return this.#repository.blob(oid, SIGNED_FILE_LIMIT).catch((error: unknown) => {
      if (error instanceof CountersignError && error.code === "BLOB_TOO_LARGE") return undefined;
      throw error;
    });
  }
}

/** The id of a folder's file `record`. */
export function recordIdIn(folder: Folder): ObjectId | undefined {
  const entry = folder.get(RECORD_FILE);
  return entry && isRegularFile(entry.mode) ? entry.oid : undefined;
}

/** Whether the record has the block that a place is for. */
export function isOf({ paths, recordId, blockNumber }: RecordPlace, file: RecordFile): boolean {
  return file.recordId === recordId && file.lines.blocks[blockNumber - 1]?.paths === paths;
}
