import type { SignedLines } from "../cosign/lines.ts";
import type { Change } from "../object/change.ts";
import { isFolder } from "../object/folder-reader.ts";
import type { ObjectId } from "../object/oid.ts";
import type { SshSignature } from "../ssh/ssh-signature.ts";
import { readLedgerTree } from "./ledger-tip.ts";
import { isBySigner, type RecordFile, type SignedStatement } from "./record-file.ts";
import { folderNames, leadsToRecords, parsePlace, pathsNames, type RecordPlace } from "./record-place.ts";
import { isOf, type LedgerRepository, RecordReader, recordIdIn } from "./record-reader.ts";

/** One block of a record, with what it approves. */
export interface LedgerRecord<Verified> {
  readonly recordId: string;
  /** All that the signature is over. */
  readonly lines: SignedLines;
  /** Which of its blocks this is, counted from 1. */
  readonly blockNumber: number;
  readonly signature: SshSignature;
  /** What verifying the signature found. */
  readonly verified: Verified;
  /** From the approved files before to the approved files after, in git's order. */
  readonly changes: readonly Change[];
}

/** Whose a signature is; of one person at most so many records count for one set of paths. */
export interface SignedBy {
  readonly person: object;
}

/** Says what a signature is worth; undefined if it is not by anyone on the roster. Whether a key is valid now is not asked. */
export type Verify<Verified extends SignedBy> = (statement: SignedStatement) => Verified | undefined;

const RECORDS_OF_ONE_SIGNER = 1000;
/** How many files are in memory at a time, no matter who wrote them. */
const AT_A_TIME = 50;

/**
 * The co-signs of a ledger's tip. Only the folders are read that are asked for, and a record once, however many of its
 * blocks are. What is damaged, foreign or hostile counts for nothing.
 * @throws `OBJECT_MISSING` if a part of it is not here, which is not the same as nothing.
 */
export class Ledger<Verified extends SignedBy> {
  readonly #repository: LedgerRepository;
  readonly #tip: ObjectId;
  readonly #verify: Verify<Verified>;
  readonly #reader: RecordReader;
  /** By the ids of the files, those that verify. */
  readonly #files = new Map<ObjectId, Promise<VerifiedFile<Verified> | undefined>>();
  /** By the ids of the records, each of which says what it is over. */
  readonly #withdrawn = new Map<string, Promise<boolean>>();
  #tree: Promise<ObjectId> | undefined;

  constructor(repository: LedgerRepository, tip: ObjectId, verify: Verify<Verified>) {
    this.#repository = repository;
    this.#tip = tip;
    this.#verify = verify;
    this.#reader = new RecordReader(repository);
  }

  /** The blocks that are about exactly these paths, whether withdrawn or not. `paths` is `pathsDigest` of a change. */
  async recordsOf(paths: string): Promise<readonly LedgerRecord<Verified>[]> {
    const names = pathsNames(paths);
    const folder = await this.#reader.folders.find(await this.#root(), names);
    return folder && isFolder(folder) ? this.#recordsIn(names, folder.oid) : [];
  }

  /** Every block that the ledger holds. */
  async *records(): AsyncGenerator<LedgerRecord<Verified>> {
    const { folders } = this.#reader;
    for (const fan of (await folders.open(await this.#root())).values()) {
      if (!isFolder(fan) || !leadsToRecords([fan.path])) continue;
      for (const folder of (await folders.open(fan.oid)).values()) {
        const names = [fan.path, folder.path];
        if (isFolder(folder) && leadsToRecords(names)) yield* await this.#recordsIn(names, folder.oid);
      }
    }
  }

  /** Whether the signer took these lines back, in any of the folders that their blocks have; in whichever carrier they came. */
  isWithdrawn(recordId: string, lines: SignedLines): Promise<boolean> {
    const asked = this.#withdrawn.get(recordId) ?? this.#findWithdrawn(recordId, lines);
    this.#withdrawn.set(recordId, asked);
    return asked;
  }

  async #findWithdrawn(recordId: string, { head, blocks }: SignedLines): Promise<boolean> {
    const places = blocks.map(({ paths }, index) => ({ paths, recordId, blockNumber: index + 1 }));
    for (let at = 0; at < places.length; at += AT_A_TIME) {
      const found = await Promise.all(places.slice(at, at + AT_A_TIME).map((place) => this.#withdrawal(place)));
      if (found.some((file) => file && isBySigner(file.head, head) && this.#verify(file))) return true;
    }
    return false;
  }

  async #withdrawal(place: RecordPlace): Promise<SignedStatement | undefined> {
    const folder = await this.#reader.folders.find(await this.#root(), folderNames(place));
    if (!folder || !isFolder(folder)) return undefined;
    return this.#reader.withdrawal(place, await this.#reader.folders.open(folder.oid));
  }

  async #recordsIn(names: readonly string[], folder: ObjectId): Promise<readonly LedgerRecord<Verified>[]> {
    const found: LedgerRecord<Verified>[] = [];
    const counted = new Map<object, Set<string>>();
    const entries = [...(await this.#reader.folders.open(folder)).values()].filter(isFolder);
    for (let at = 0; at < entries.length; at += AT_A_TIME) {
      const records = entries.slice(at, at + AT_A_TIME).map(({ path, oid }) => this.#record([...names, path], oid));
      for (const record of await Promise.all(records)) {
        if (!record) continue;
        const own = counted.get(record.verified.person) ?? new Set();
        counted.set(record.verified.person, own.add(record.recordId));
        if (own.size <= RECORDS_OF_ONE_SIGNER) found.push(record);
      }
    }
    return found;
  }

  async #record(names: readonly string[], oid: ObjectId): Promise<LedgerRecord<Verified> | undefined> {
    const place = parsePlace(names);
    if (!place) return undefined;
    const folder = await this.#reader.folders.open(oid);
    const fileId = recordIdIn(folder);
    const read = fileId && (await this.#file(fileId));
    if (!read || !isOf(place, read.file)) return undefined;
    const changes = await this.#reader.changes(place, folder, read.file);
    const { file, verified } = read;
    const { recordId, lines, signature } = file;
    return changes && { recordId, lines, blockNumber: place.blockNumber, signature, verified, changes };
  }

  #file(oid: ObjectId): Promise<VerifiedFile<Verified> | undefined> {
    const known = this.#files.get(oid) ?? this.#readFile(oid);
    this.#files.set(oid, known);
    return known;
  }

  async #readFile(oid: ObjectId): Promise<VerifiedFile<Verified> | undefined> {
    const file = await this.#reader.recordFile(oid);
    const verified = file && this.#verify(file);
    return verified && { file, verified };
  }

  #root(): Promise<ObjectId> {
    this.#tree ??= readLedgerTree(this.#repository, this.#tip);
    return this.#tree;
  }
}

interface VerifiedFile<Verified> {
  readonly file: RecordFile;
  readonly verified: Verified;
}
