import { decodeStrictly, encodeText } from "../bytes.ts";
import { findHeadDefect, headLines, type SignedHead } from "./lines.ts";
import { LineReader, readHead } from "./parse-lines.ts";

/** What a person signs to take a co-sign back. */
export interface Withdrawal {
  /** Of its own time, with the project and the co-signer of the co-sign. */
  readonly head: SignedHead;
  /** `digestOf` the lines that were signed. */
  readonly recordId: string;
}

/** The bytes that a withdrawal's signature is over. @throws Error for a value that no line can hold. */
export function formatWithdrawal({ head, recordId }: Withdrawal): Uint8Array {
  const defect = findHeadDefect(head);
  if (defect !== undefined) throw new Error(`nothing can be signed: ${defect}`);
  return encodeText([...headLines(head), `withdraw ${recordId}`].map((line) => `${line}\n`).join(""));
}

/** The withdrawal that a signature is over; undefined if the lines are not exactly what `formatWithdrawal` writes. */
export function parseWithdrawal(bytes: Uint8Array): Withdrawal | undefined {
  const text = decodeStrictly(bytes) ?? "";
  const lines = new LineReader(text);
  const head = readHead(lines);
  const recordId = lines.take("withdraw");
  if (!head || recordId === undefined || !/^[0-9a-f]{64}$/.test(recordId)) return undefined;
  if (findHeadDefect(head) !== undefined) return undefined;
  const read = { head, recordId };
  return decodeStrictly(formatWithdrawal(read)) === text ? read : undefined;
}
