import type { Change, Commit, CommitVerdict, ObjectId, Policy } from "@countersign/core";
import {
  type ApprovedCommit,
  findOwnChanges,
  type JudgedRequirement,
  type OwnChange,
  provenanceUnder,
  subjectLine,
} from "@countersign/core/internal";
import type { GitRepository } from "@countersign/git/internal";

/** A commit that a co-sign of this person serves. */
export interface OpenCommit {
  readonly commit: Commit;
  readonly verdict: CommitVerdict;
  /** The requirements that the co-sign serves. None where the commit is signed along with others. */
  readonly served: readonly JudgedRequirement[];
  /** Why it is to land before its review, where that is what is signed. */
  readonly emergency?: string;
  /** Where the branch stood, for a merge that is looked at from there and not from its first parent. */
  readonly seenFrom?: ObjectId;
}

/** A commit that is to be co-signed, with all that is signed and shown of it. */
export interface WantedCommit extends OpenCommit {
  /** Against its first parent: what is signed. */
  readonly changes: readonly Change[];
  /** What it does itself, with its lines counted: what is shown. */
  readonly own: readonly (Change | OwnChange)[];
}

/** What a signature approves of a commit. */
export function toApprove({ commit, changes, own, verdict: { provenance } }: WantedCommit): ApprovedCommit {
  return { commit, changes, own, provenance };
}

/** A commit that needs nothing, as it is signed along with others. */
export function alongside(policy: Policy, commit: Commit): OpenCommit {
  const provenance = provenanceUnder(policy)(commit);
  const summary = { commit: commit.oid, subject: subjectLine(commit), provenance };
  return { commit, verdict: { ...summary, requirements: [], cosigns: [], violations: [] }, served: [] };
}

/** Reads what commits change, and what merges do themselves. */
export async function readWanted(
  repository: GitRepository,
  open: readonly OpenCommit[],
): Promise<readonly WantedCommit[]> {
  const wanted: WantedCommit[] = [];
  const items = open.values();
  const commits = open.map(({ commit }) => commit);
  for await (const { changes } of repository.changes(commits, { lines: true })) {
    const item = items.next().value;
    if (!item) break;
    const isMerge = item.commit.parents.length > 1;
    const own = isMerge ? await findOwnChanges(repository, item.commit, { lines: true }) : changes;
    wanted.push({ ...item, changes, own });
  }
  return wanted;
}
