import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import type { Policy } from "../policy/policy.ts";
import { findDispute } from "../provenance/dispute.ts";
import { branchRef } from "../ref.ts";
import type { CoSignature } from "./claim.ts";
import { changeDigest, pathsDigest } from "./digest.ts";
import { findEmergency } from "./emergency.ts";
import type { Block, SignedHead, SignedLines } from "./lines.ts";

/** What a co-sign in a commit's message is over, no matter who signs it and whose work it is. */
export interface SignedWork {
  /** As the policy names it. */
  readonly project: SignedHead["project"];
  /** The full name of the ref that it is to land on. */
  readonly ref: string;
  readonly block: Omit<Block, "authors" | "emergency">;
  /** The reason of its emergency, which a co-sign gives, or says nothing of it. */
  readonly emergency: string | undefined;
  /** All of the commit, against its first parent. */
  readonly changes: readonly Change[];
}

/** What can be signed of a commit. */
export interface WorkReading {
  readonly commit: Commit;
  /** All of it against its first parent, in git's order. */
  readonly changes: readonly Change[];
  /** What a merge does itself. */
  readonly own?: readonly Change[];
}

/** What a co-sign of a commit must be over. `branch` is where it is to land, by short name. */
export function workOf(
  policy: Pick<Policy, "project" | "disputes" | "emergency">,
  branch: string,
  { commit, changes, own = [] }: WorkReading,
): SignedWork {
  const { parents } = commit;
  const readBlock = (): SignedWork["block"] => ({
    change: changeDigest(changes),
    paths: pathsDigest(changes),
    parents: parents.length,
    otherParents: parents.slice(1),
    own: parents.length > 1 ? changeDigest(own) : undefined,
    // Else a signature that was given for AI's work would, once the message is reworded, prove that it was none.
    dispute: findDispute(policy, commit)?.reason,
  });
  let known: SignedWork["block"] | undefined;
  return {
    project: policy.project,
    ref: branchRef(branch),
    emergency: findEmergency(policy, commit)?.reason,
    changes,
    // Worked out once, and not for a name that nobody signed for.
    get block() {
      known ??= readBlock();
      return known;
    },
  };
}

/** The part of a co-sign's lines that only its signer knows. */
export type SignedBy = Pick<CoSignature, "time" | "base" | "authors"> & Pick<SignedHead, "cosigner">;

/** The lines that a co-sign in the commit's message is over; of an emergency with its reason. */
export function signedLines(
  { project, ref, block }: SignedWork,
  { cosigner, time, base, authors }: SignedBy,
  emergency?: string,
): SignedLines {
  const head = { project, branches: [{ ref, base }], cosigner, time };
  return { head, blocks: [{ ...block, authors, ...(emergency !== undefined && { emergency }) }] };
}

/** All lines that a co-sign in the commit's message may be over: its line does not say whether it is for the emergency. */
export function possibleLines(work: SignedWork, by: SignedBy): readonly [SignedLines, ...SignedLines[]] {
  const plain = signedLines(work, by);
  return work.emergency === undefined ? [plain] : [plain, signedLines(work, by, work.emergency)];
}
