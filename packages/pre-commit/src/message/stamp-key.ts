import type { GitContext } from "@countersign/git/internal";
import { readPolicyWith } from "../policy-in-force.ts";

const STAMP_KEY = "Assisted-by";

/** The trailer that stamps are written as. */
export async function readStampKey(context: GitContext): Promise<string> {
  return (await readPolicyWith(context, "stamp"))?.stamp ?? STAMP_KEY;
}
