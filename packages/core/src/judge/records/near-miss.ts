import { asciiLowerCase, equalBytes } from "../../bytes.ts";
import type { SignedLines } from "../../cosign/lines.ts";
import { isSameChange, isSameEntry, newEntry, oldEntry } from "../../merge/entry.ts";
import { namePaths } from "../../messages/phrases.ts";
import type { Change } from "../../object/change.ts";
import { branchName } from "../../ref.ts";
import type { Place, SpokenFor } from "./ledger-claims.ts";

/** What was approved, and for what. */
interface Approved {
  readonly lines: SignedLines;
  readonly blockNumber: number;
  readonly changes: readonly Change[];
}

/**
 * Why what was approved of the same paths does not speak for a commit, as a clause; undefined if it is likely to be about
 * something else: many changes have the same paths.
 */
export function findNearMiss(place: Place, { commit, changes }: SpokenFor, approved: Approved): string | undefined {
  const differing = differingPaths(approved.changes, changes);
  if (differing.length === 0) return findOtherPlace(place, approved) ?? findOtherBlock(approved);
  const block = approved.lines.blocks[approved.blockNumber - 1];
  const author = asciiLowerCase(commit.author.email);
  const isOfAuthor = block?.authors.includes(author) ?? false;
  if (!isOfAuthor || !changes.some((change, at) => isHalfSame(approved.changes[at], change))) return undefined;
  return [findOtherPlace(place, approved), `what it approved of ${namePaths(differing)} is not what lands`]
    .filter(Boolean)
    .join(", and ");
}

function findOtherPlace({ project, ref }: Place, { lines: { head } }: Approved): string | undefined {
  if (head.project !== project) {
    return `it was signed for ${head.project === undefined ? "no project" : `the project ${head.project}`}`;
  }
  if (ref === undefined || head.branches.some((branch) => branch.ref === ref)) return undefined;
  const names = head.branches.map((branch) => branchName(branch.ref) ?? branch.ref);
  return `it was signed for ${names.join(", ")}, and not for ${branchName(ref) ?? ref}`;
}

/** The same change for the same branch, in a block that speaks for other commits. */
function findOtherBlock({ lines, blockNumber }: Approved): string | undefined {
  const block = lines.blocks[blockNumber - 1];
  if (block?.emergency !== undefined) return `it was signed for the emergency "${block.emergency}"`;
  if (block?.dispute !== undefined) return `it was signed for the dispute "${block.dispute}"`;
  if (block && block.parents > 1) return "it was signed for a merge, with its other parents and what it does itself";
  return "it was signed for a plain commit, and not for a merge or a dispute";
}

/** The paths at which a change is not what was approved. */
function differingPaths(approved: readonly Change[], landing: readonly Change[]): readonly Uint8Array[] {
  const differs = (change: Change, at: number): boolean => {
    const was = approved[at];
    return !was || !equalBytes(was.path, change.path) || !isSameChange(was, change);
  };
  return landing.filter(differs).map(({ path }) => path);
}

/** Whether it comes from the same file, or ends at the same one. */
function isHalfSame(approved: Change | undefined, landing: Change): boolean {
  if (!approved) return false;
  return isSameEntry(oldEntry(approved), oldEntry(landing)) || isSameEntry(newEntry(approved), newEntry(landing));
}
