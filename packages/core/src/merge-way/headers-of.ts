import { joinBytes, LF, startsWithAscii } from "../bytes.ts";
import { endOfHeaders } from "../object/headers.ts";
import type { RawCommit } from "../repository.ts";

/** Who made a commit and in which encoding its message is, as its headers say it, byte for byte. */
export function headersOf(
  { bytes }: RawCommit,
  keys: readonly string[] = ["author ", "committer ", "encoding "],
): Uint8Array {
  const kept: Uint8Array[] = [];
  const end = endOfHeaders(bytes) + 1;
  for (let start = 0; start < end; ) {
    const lf = bytes.indexOf(LF, start);
    const next = lf < 0 ? end : lf + 1;
    if (keys.some((key) => startsWithAscii(bytes, key, start))) kept.push(bytes.subarray(start, next));
    start = next;
  }
  return joinBytes(kept);
}
