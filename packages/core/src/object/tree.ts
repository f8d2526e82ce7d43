import { decodeText, hexOf, NUL, SPACE } from "../bytes.ts";
import type { TreeEntry } from "../repository.ts";
import type { ObjectFormat, ObjectId } from "./oid.ts";

/** The entries of a raw tree object, `mode SP name NUL id` one after another; modes as six digits. */
export function* parseTree(bytes: Uint8Array, format: ObjectFormat): Generator<TreeEntry> {
  const idLength = format === "sha1" ? 20 : 32;
  let at = 0;
  while (at < bytes.length) {
    const blank = bytes.indexOf(SPACE, at);
    const nul = bytes.indexOf(NUL, blank);
    if (blank < 0 || nul < 0 || nul + idLength >= bytes.length) return;
    const mode = decodeText(bytes.subarray(at, blank)).padStart(6, "0");
    const path = decodeText(bytes.subarray(blank + 1, nul));
    at = nul + 1 + idLength;
    yield { path, mode, oid: hexOf(bytes.subarray(nul + 1, at)) as ObjectId };
  }
}
