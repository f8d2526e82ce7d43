import { createHash } from "node:crypto";
import type { ObjectFormat, ObjectId } from "./oid.ts";

/** The id that git gives an object of this type with these bytes, whether or not it is stored. */
export function objectId(type: "blob" | "tree" | "commit", bytes: Uint8Array, format: ObjectFormat): ObjectId {
  return createHash(format).update(`${type} ${bytes.length}\0`).update(bytes).digest("hex") as ObjectId;
}
