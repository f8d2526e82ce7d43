import { decodeText } from "../bytes.ts";
import type { RawCommit } from "../repository.ts";
import { endOfHeaders } from "./headers.ts";

const COMMITTER_TIME = /^committer [^\n]*> (\d{1,12}) [+-]\d{4}$/m;

/** When a commit says that it was committed, in seconds since 1970: a claim. Undefined where that cannot be read. */
export function readCommitterTime({ bytes }: RawCommit): number | undefined {
  const seconds = COMMITTER_TIME.exec(decodeText(bytes.subarray(0, endOfHeaders(bytes))))?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
