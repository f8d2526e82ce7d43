import {
  type Block,
  type Change,
  CountersignError,
  formatLines,
  type ObjectId,
  parseCommit,
  type SignedLines,
} from "@countersign/core";
import {
  abbreviate,
  BLOCK_LIMIT,
  branchRef,
  findLinesDefect,
  formatTime,
  groupBy,
  SIGNED_FILE_LIMIT,
  signedAuthors,
  workOf,
} from "@countersign/core/internal";
import type { GitRepository, NamedWork } from "@countersign/git/internal";
import { currentTime } from "../../context.ts";
import type { Choices } from "../session.ts";
import type { Task } from "../task.ts";
import { alongside, readWanted, type WantedCommit } from "../wanted-commit.ts";
import { findTargets, findTaskFor, listAll, type Target } from "./targets.ts";
import { blockOfWhole } from "./whole-branch.ts";

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
  readonly targets: readonly Target[];
  /** In the record's order. Empty where there is nothing to sign. */
  readonly parts: readonly ApprovedPart[];
}

/** So much room a record's file leaves to the signature. */
const SIGNATURE_ROOM = 16 * 1024;

/** Finds out what there is to co-sign in the ledger, and all that the record is to say. */
export async function prepareRecord(
  repository: GitRepository,
  work: NamedWork,
  choices: Choices,
  ledger: string,
  named: string | undefined,
): Promise<RecordProposal> {
  const task = await findTaskFor(repository, choices, work, named);
  const proposal = { ...task, work, ledger };
  if (task.wanted.length === 0) return { ...proposal, wanted: [], others: [], targets: [], parts: [] };
  const targets = await findTargets(repository, choices, work);
  const commits = await readRange(repository, proposal, await listAll(repository, targets, work));
  const parts = approve(commits, targets);
  refuseDefects({ ...proposal, targets }, parts);
  const open = new Set(task.wanted.map(({ commit }) => commit.oid));
  const wanted = commits.filter(({ commit }) => open.has(commit.oid));
  return { ...proposal, wanted, others: commits.filter((item) => !wanted.includes(item)), targets, parts };
}

/** All commits of the range, in the record's order. */
async function readRange(
  repository: GitRepository,
  { choice, wanted, verdict }: Task,
  ids: readonly ObjectId[],
): Promise<readonly WantedCommit[]> {
  const { policy } = choice.policy;
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

/** A block for each plain commit and each merge with changes of its own, then for the branch as one change, for each target. */
function approve(commits: readonly WantedCommit[], targets: readonly Target[]): readonly ApprovedPart[] {
  const [first] = targets;
  if (!first) return [];
  const { branch, policy } = first.choice;
  const working = commits.filter(({ commit, own }) => commit.parents.length < 2 || own.length > 0);
  const parts = working.map(({ commit, changes, own, verdict: { provenance } }): ApprovedPart & CommitPart => {
    const { block } = workOf(policy.policy, branch, { commit, changes, own });
    const agents = provenance.state === "assisted" ? provenance.agents : [];
    const authors = signedAuthors(policy.policy, commit);
    return { commit: commit.oid, block: { ...block, authors, agents }, changes };
  });
  const sums = targets.flatMap((target) => sumUp(target, parts));
  // What two targets see alike is one block.
  const once = groupBy(sums, ({ block }) => JSON.stringify(block));
  return [...parts, ...[...once.values()].flatMap((same) => same.slice(0, 1))];
}

interface CommitPart {
  readonly commit: ObjectId;
}

function sumUp(
  { commits, sums: { whole, landing } }: Target,
  parts: readonly (ApprovedPart & CommitPart)[],
): readonly ApprovedPart[] {
  const own = parts.filter(({ commit }) => commits.has(commit));
  // It has all of that already, or gets nothing but merges that do nothing themselves.
  if (own.length === 0) return [];
  const authors = own.flatMap(({ block }) => block.authors);
  const agents = own.flatMap(({ block }) => block.agents ?? []);
  const said = { authors, agents, commits: commits.size };
  return [whole, landing].flatMap((sum) => (sum ? [{ block: blockOfWhole(sum, said), changes: sum.changes }] : []));
}

/** What is signed, at a time in seconds since 1970. */
export function linesOf(
  { choice, signer, targets, parts }: Pick<RecordProposal, "choice" | "signer" | "targets" | "parts">,
  time: number,
): SignedLines {
  const branches = targets.map(({ choice: { branch, destination } }) => {
    return { ref: branchRef(branch), base: destination.branches.get(branch) };
  });
  const { project } = choice.policy.policy;
  const head = { project, branches, cosigner: signer.email, time: formatTime(time) };
  return { head, blocks: parts.map(({ block }) => block) };
}

function refuseDefects(
  proposal: Pick<RecordProposal, "choice" | "signer" | "work" | "targets">,
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
