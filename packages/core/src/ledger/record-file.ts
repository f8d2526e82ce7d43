import { digestOf } from "../cosign/digest.ts";
import { NAMESPACE, type SignedHead, type SignedLines } from "../cosign/lines.ts";
import { parseLines } from "../cosign/parse-lines.ts";
import { parseWithdrawal } from "../cosign/withdrawal.ts";
import { verifySignature } from "../ssh/verify-signature.ts";
import { parseSignedFile, type SignedFile } from "./signed-file.ts";

/** A file of a ledger that someone signed. */
export interface SignedStatement extends SignedFile {
  readonly head: SignedHead;
  /** The record that it is, or takes back. */
  readonly recordId: string;
}

/** A file `record`: what was signed of all its blocks. */
export interface RecordFile extends SignedStatement {
  readonly lines: SignedLines;
}

/** Reads a file `record`; undefined for what is not one to the byte. */
export function parseRecordFile(file: Uint8Array): RecordFile | undefined {
  const signed = parseSignedFile(file);
  const lines = signed && parseLines(signed.bytes);
  return lines && { ...signed, lines, head: lines.head, recordId: digestOf(signed.bytes) };
}

/** Reads a file `withdrawn`; undefined for what is not one to the byte. */
export function parseWithdrawnFile(file: Uint8Array): SignedStatement | undefined {
  const signed = parseSignedFile(file);
  const withdrawal = signed && parseWithdrawal(signed.bytes);
  return withdrawal && { ...signed, ...withdrawal };
}

/** Whether the key in it made the signature, whosever that key is. */
export function isSignedByItsKey({ signature, bytes }: SignedFile): boolean {
  return verifySignature(signature, NAMESPACE, bytes).valid;
}

/** Whether a withdrawal is by whom the record is: the person who is named, or of their review, who wrote that very one down. */
export function isBySigner(withdrawal: SignedHead, record: SignedHead): boolean {
  if (withdrawal.project !== record.project || withdrawal.cosigner !== record.cosigner) return false;
  const [by, of] = [withdrawal.reviewed, record.reviewed];
  if (!by) return true;
  return by.witness === of?.witness && by.forge === of?.forge && by.review === of?.review && by.head === of?.head;
}
