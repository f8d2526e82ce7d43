import type { ObjectId } from "../../object/oid.ts";
import { POLICY_FILES } from "../../policy/policy-files.ts";
import type { Repository, TreeEntry } from "../../repository.ts";
import type { Line, LineCommit } from "./line.ts";

/** How many commits are asked about at a time: each question may start a git. */
const AT_A_TIME = 2_500;

/** A commit of a branch's line, and the policy files that stood there before it. */
export interface PolicyStep {
  /** Its place in the line. */
  readonly index: number;
  readonly at: LineCommit;
  readonly before: readonly TreeEntry[];
  /** Whether there are others after it. */
  readonly changes: boolean;
}

/** Follows the policy files along a part of a line, the oldest first: they are read where a commit changes them, and nowhere else. */
export async function* followPolicy(
  repository: Repository,
  line: Line,
  { from, end }: { readonly from: number; readonly end: number },
): AsyncGenerator<PolicyStep> {
  const entriesOf = (oid: ObjectId | undefined) => (oid ? repository.rootEntries(oid, POLICY_FILES) : []);
  let before: readonly TreeEntry[] = await entriesOf(line.at(from)?.parent);
  for (let start = from; start < end; start += AT_A_TIME) {
    const batch = line.slice(start, Math.min(start + AT_A_TIME, end));
    const asked = batch.map(({ commit, parent }) => ({ oid: commit, parents: parent ? [parent] : [] }));
    const changing = new Set<ObjectId>();
    for await (const { commit, changes } of repository.changes(asked, { names: POLICY_FILES })) {
      if (changes.length > 0) changing.add(commit);
    }
    for (const [offset, at] of batch.entries()) {
      const changes = changing.has(at.commit);
      yield { index: start + offset, at, before, changes };
      if (changes) before = await entriesOf(at.commit);
    }
  }
}
