import { digestOf } from "../cosign/digest.ts";
import { NAMESPACE, type SignedHead, type SignedLines } from "../cosign/lines.ts";
import { parseLines } from "../cosign/parse-lines.ts";
import { parseWithdrawal } from "../cosign/withdrawal.ts";
import { verifySignature } from "../ssh/verify-signature.ts";
import { parseSignedFile, type SignedFile } from "./signed-file.ts";

/** A file of a ledger that somebody signed. */
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

/** Whether both are by one address for one project: nobody else takes a co-sign back. */
export function isSameSigner(a: SignedHead, b: SignedHead): boolean {
  return a.project === b.project && a.cosigner === b.cosigner;
}
