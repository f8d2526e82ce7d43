import { decodeText } from "../bytes.ts";
import type { Commit } from "./commit.ts";

/** The first line of the message, as text: what people know a commit by. */
export function subjectLine(commit: Commit): string {
  return decodeText(subjectBytes(commit));
}

const SUBJECT_LIMIT = 1024;

/** The bytes of that line, up to a length that no person writes. */
export function subjectBytes(commit: Commit): Uint8Array {
  let start = 0;
  while (commit.message[start] === 0x0a) start += 1;
  const end = commit.message.indexOf(0x0a, start);
  const whole = end < 0 ? commit.message.length : end;
  let limit = Math.min(whole, start + SUBJECT_LIMIT);
  // Not within a character of UTF-8, whose further bytes begin with the bits 10.
  for (let back = 0; limit < whole && back < 3 && ((commit.message[limit] ?? 0) & 0xc0) === 0x80; back += 1) limit -= 1;
  return commit.message.subarray(start, limit);
}
