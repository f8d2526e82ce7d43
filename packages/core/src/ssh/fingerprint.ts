import { createHash } from "node:crypto";
import type { PublicKey } from "./public-key.ts";

/** The key's fingerprint as `ssh-keygen -l` prints it: `SHA256:` and base64 without padding. */
export function fingerprint(key: PublicKey): string {
  return `SHA256:${createHash("sha256").update(key.blob).digest("base64").replaceAll("=", "")}`;
}
