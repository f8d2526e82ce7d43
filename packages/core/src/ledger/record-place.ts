import { BLOCK_LIMIT } from "../cosign/parse-lines.ts";

/** Where one block of a record lies in a ledger, or a withdrawal of it. */
export interface RecordPlace {
  /** `pathsDigest` of the change, so that a commit finds the records that are about its paths. */
  readonly paths: string;
  /** `digestOf` the signed lines: not of the signature, since one of ECDSA has a twin that verifies as well. */
  readonly recordId: string;
  /** Counted from 1 in the order of the lines. */
  readonly blockNumber: number;
}

/** The folder of a place, as the names that lead to it: `<2 hex>/<62 hex>/<record id>-<block number>`. */
export function folderNames({ paths, recordId, blockNumber }: RecordPlace): readonly [string, string, string] {
  return [...pathsNames(paths), `${recordId}-${blockNumber}`];
}

/** The names that lead to all records of the same paths. */
export function pathsNames(paths: string): readonly [string, string] {
  return [paths.slice(0, 2), paths.slice(2)];
}

/** The place that a folder's names give; undefined if they lead to something else. */
export function parsePlace(names: readonly string[]): RecordPlace | undefined {
  const [, paths, recordId = "", number = ""] = PLACE.exec(names.join("/")) ?? [];
  const blockNumber = Number(number);
  if (paths === undefined || blockNumber > BLOCK_LIMIT) return undefined;
  return { paths: paths.replace("/", ""), recordId, blockNumber };
}

const PLACE = /^([0-9a-f]{2}\/[0-9a-f]{62})\/([0-9a-f]{64})-([1-9][0-9]{0,4})$/;

/** Whether names can lead to records, as far as they go. */
export function leadsToRecords(names: readonly string[]): boolean {
  return names.every((name, depth) => NAMES[depth]?.test(name));
}

const NAMES = [/^[0-9a-f]{2}$/, /^[0-9a-f]{62}$/, /^[0-9a-f]{64}-[1-9][0-9]{0,4}$/];

/** The file with the signed lines and the signature. */
export const RECORD_FILE = "record";
/** The file by which the signer takes the record back. */
export const WITHDRAWN_FILE = "withdrawn";
/** The folders with the changed paths as they were, and as they were approved. */
export const BEFORE_FOLDER = "before";
export const AFTER_FOLDER = "after";
