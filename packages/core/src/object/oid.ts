import { CountersignError } from "../error.ts";

/** A full object id in lower-case hex: 40 digits in a SHA-1 repository, 64 in a SHA-256 one. */
export type ObjectId = string & { readonly __brand: "ObjectId" };

/** The hash a repository names its objects by (`extensions.objectFormat`). */
export type ObjectFormat = "sha1" | "sha256";

const ZERO_OID = /^0+$/;

export function isObjectId(text: string): text is ObjectId {
  if (text.length !== 40 && text.length !== 64) return false;
  // Asked for every id of every commit, where a regular expression would show in the time of a long history.
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isHex = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
    if (!isHex) return false;
  }
  return true;
}

/** @throws `OBJECT_ID_MALFORMED` for anything but 40 or 64 lower-case hex digits. */
export function parseObjectId(text: string): ObjectId {
  if (isObjectId(text)) return text;
  throw new CountersignError("OBJECT_ID_MALFORMED", { text });
}

/** Hooks are given an id of zeros for "no object": a ref that is created has it as old id, a deleted one as new. */
export function isZeroOid(oid: ObjectId): boolean {
  return ZERO_OID.test(oid);
}

export function objectFormatOf(oid: ObjectId): ObjectFormat {
  return oid.length === 40 ? "sha1" : "sha256";
}

export function zeroOid(format: ObjectFormat): ObjectId {
  return "0".repeat(format === "sha1" ? 40 : 64) as ObjectId;
}

/** How a person is shown an id. Never handed to git: a branch may bear the same name. */
export function abbreviate(oid: ObjectId): string {
  return oid.slice(0, 12);
}
