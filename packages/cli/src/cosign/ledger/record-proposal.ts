import {
  type Block,
  type Change,
  CountersignError,
  formatLines,
  parseCommit,
  type SignedLines,
} from "@countersign/core";
import {
  abbreviate,
  BLOCK_LIMIT,
  branchRef,
  findLinesDefect,
  formatTime,
  type PolicyChoice,
  SIGNED_FILE_LIMIT,
  signedAuthors,
  workOf,
} from "@countersign/core/internal";
import { type GitRepository, listRange, type NamedWork, resolveWork } from "@countersign/git/internal";
import { currentTime } from "../../context.ts";
import { findEnds } from "../range-ends.ts";
import { findTask, type Task } from "../task.ts";
import { alongside, readWanted, type WantedCommit } from "../wanted-commit.ts";
import { blockOfWhole, findSums, type Sums } from "./whole-branch.ts";

/** A change that the record approves. */
export interface ApprovedPart {
  readonly block: Block;
  readonly changes: readonly Change[];
}

/** All that is to be known before a person is asked. Nothing has been changed yet. */
export interface RecordProposal extends Task {
  readonly work: NamedWork;
  /** The ledger's full name. */
  readonly ledger: string;
  /** Oldest first. */
  readonly wanted: readonly WantedCommit[];
  /** The other commits that the record has a block for, oldest first: what is signed is the branch as it is. */
  readonly others: readonly WantedCommit[];
  readonly sums: Sums;
  /** In the record's order. Empty where there is nothing to sign. */
  readonly parts: readonly ApprovedPart[];
}

const NO_SUMS: Sums = { whole: undefined, landing: undefined, bases: 0 };

/** So much room a record's file leaves to the signature. */
const SIGNATURE_ROOM = 16 * 1024;

/** Finds out what there is to co-sign in the ledger, and all that the record is to say. */
export async function prepareRecord(
  repository: GitRepository,
  revision: string,
  choice: PolicyChoice,
  ledger: string,
  named: string | undefined,
): Promise<RecordProposal> {
  const work = await resolveWork(repository, revision, choice.remote);
  const { tip, from } = work;
  const task = await findTask(repository, { choice, tip, from, named, mustSign: true });
  const proposal = { ...task, work, ledger };
  if (task.wanted.length === 0) return { ...proposal, wanted: [], others: [], sums: NO_SUMS, parts: [] };
  const commits = await readRange(repository, proposal);
  const sums = await findSums(repository, work, choice.destination.branches.get(choice.branch));
  const parts = approve(choice, commits, sums);
  refuseDefects(proposal, parts);
  const open = new Set(task.wanted.map(({ commit }) => commit.oid));
  const wanted = commits.filter(({ commit }) => open.has(commit.oid));
  return { ...proposal, wanted, others: commits.filter((item) => !wanted.includes(item)), sums, parts };
}

/** All commits of the range, in the record's order. */
async function readRange(
  repository: GitRepository,
  { choice, work, wanted, verdict }: Pick<RecordProposal, "choice" | "work" | "verdict"> & Pick<Task, "wanted">,
): Promise<readonly WantedCommit[]> {
  const { policy } = choice.policy;
  const exclude = await findEnds(repository, choice, work.from);
  const ids = await listRange(repository.context, work.tip, exclude);
  if (ids.length > BLOCK_LIMIT - 2) throw new CountersignError("RECORD_TOO_LARGE", { commits: ids.length });
  const open = new Map(wanted.map((item) => [item.commit.oid, item]));
  const verdicts = new Map(verdict.judged.map((judged) => [judged.commit, judged]));
  const items = [];
  for (const oid of ids) {
    const commit = parseCommit(await repository.commit(oid));
    const judged = verdicts.get(oid);
    items.push(open.get(oid) ?? (judged ? { commit, verdict: judged, served: [] } : alongside(policy, commit)));
  }
  return readWanted(repository, items);
}

/** A block for each plain commit and each merge with changes of its own, then for the branch as one change. */
function approve(
  { policy: { policy }, branch }: PolicyChoice,
  commits: readonly WantedCommit[],
  sums: Sums,
): ApprovedPart[] {
  const working = commits.filter(({ commit, own }) => commit.parents.length < 2 || own.length > 0);
  const parts = working.map(({ commit, changes, own, verdict: { provenance } }): ApprovedPart => {
    const { block } = workOf(policy, branch, { commit, changes, own });
    const agents = provenance.state === "assisted" ? provenance.agents : [];
    return { block: { ...block, authors: signedAuthors(policy, commit), agents }, changes };
  });
  const authors = parts.flatMap(({ block }) => block.authors);
  const agents = parts.flatMap(({ block }) => block.agents ?? []);
  for (const sum of [sums.whole, sums.landing]) {
    if (!sum) continue;
    parts.push({ block: blockOfWhole(sum, { authors, commits: commits.length, agents }), changes: sum.changes });
  }
  return parts;
}

/** What is signed, at a time in seconds since 1970. */
export function linesOf(
  { choice, signer, parts }: Pick<RecordProposal, "choice" | "signer" | "parts">,
  time: number,
): SignedLines {
  const { branch, destination, policy } = choice;
  const branches = [{ ref: branchRef(branch), base: destination.branches.get(branch) }];
  const head = { project: policy.policy.project, branches, cosigner: signer.email, time: formatTime(time) };
  return { head, blocks: parts.map(({ block }) => block) };
}

function refuseDefects(
  proposal: Pick<RecordProposal, "choice" | "signer" | "work">,
  parts: readonly ApprovedPart[],
): void {
  const lines = linesOf({ ...proposal, parts }, currentTime());
  if (lines.blocks.length === 0) return;
  const defect = findLinesDefect(lines);
  if (defect !== undefined) {
    throw new CountersignError("COMMIT_UNFIT", { commits: [`${abbreviate(proposal.work.tip)}: ${defect}`] });
  }
  if (formatLines(lines).length > SIGNED_FILE_LIMIT - SIGNATURE_ROOM) {
    throw new CountersignError("RECORD_TOO_LARGE", { commits: parts.length });
  }
}
