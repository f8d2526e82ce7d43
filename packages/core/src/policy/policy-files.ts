import { decodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";

/** Where a policy may stand: at the root of the tree, under one of these names, and only one of them at a time. */
export const POLICY_FILES = [
  "countersign.config.yaml",
  "countersign.config.yml",
  "countersign.config.json",
  ".countersignrc",
  ".countersignrc.yaml",
  ".countersignrc.yml",
  ".countersignrc.json",
] as const;

/** A larger file is refused before it is parsed. */
export const POLICY_LIMIT = 256 * 1024;

/** Whether a change is one of the policy's own files. */
export function isPolicyChange({ path }: Change): boolean {
  return path.length <= 32 && (POLICY_FILES as readonly string[]).includes(decodeText(path));
}
