import { createHash } from "node:crypto";
import type { ObjectFormat, ObjectId } from "./oid.ts";

/** The id that git gives a file with these bytes, whether or not it is stored. */
export function blobId(bytes: Uint8Array, format: ObjectFormat): ObjectId {
  return createHash(format).update(`blob ${bytes.length}\0`).update(bytes).digest("hex") as ObjectId;
}
