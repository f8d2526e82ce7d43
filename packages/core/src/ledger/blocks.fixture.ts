import { changeDigest, pathsDigest } from "../cosign/digest.ts";
import type { Block } from "../cosign/lines.ts";
import type { Change } from "../object/change.ts";

/** The block of a change by Bob. */
export function blockOf(changes: readonly Change[]): Block {
  return {
    change: changeDigest(changes),
    paths: pathsDigest(changes),
    parents: 1,
    otherParents: [],
    authors: ["bob@acme.example"],
  };
}
