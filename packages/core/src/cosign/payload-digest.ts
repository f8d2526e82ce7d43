import { createHash } from "node:crypto";

/** SHA-256 in hex: two signatures with one digest and one key are one approval. */
export function digestOf(payload: Uint8Array): string {
  return createHash("sha256").update(payload).digest("hex");
}
