import { CountersignError, formatLines, type ObjectId, parseCommit, type SignedLines } from "@countersign/core";
import {
  type ApprovedPart,
  abbreviate,
  approve,
  BLOCK_LIMIT,
  findLinesDefect,
  SIGNED_FILE_LIMIT,
} from "@countersign/core/internal";
import type { GitRepository, NamedWork } from "@countersign/git/internal";
import { currentTime } from "../../context.ts";
import type { Choices, CosignOptions } from "../session.ts";
import { chooseTaskKey, type Task } from "../task.ts";
import { alongside, readWanted, toApprove, type WantedCommit } from "../wanted-commit.ts";
import { openKnownRecords } from "./known-records.ts";
import { lacksWhole, mayLackWhole } from "./lacks-whole.ts";
import { findSignedBefore, type SignedBefore } from "./signed-before.ts";
import { formHead } from "./statement-head.ts";
import { findTargets, listAll, type Target } from "./targets.ts";

/** What a person signs into the ledger, and for which branches. */
export interface SignedParts extends Pick<Task, "choice" | "signer" | "key"> {
  readonly targets: readonly Pick<Target, "choice">[];
  /** What each record approves, in its order; one for all, unless each commit is to have its own. Empty if there is nothing to sign. */
  readonly records: readonly (readonly ApprovedPart[])[];
}

/** Everything that must be known before a person is asked. Nothing has been changed yet. */
export interface RecordProposal extends Task, SignedParts {
  readonly work: NamedWork;
  /** Whether each commit is signed by itself, and not the branch as it is. */
  readonly isApart: boolean;
  /** The ledger's full name. */
  readonly ledger: string;
  /** Oldest first. */
  readonly wanted: readonly WantedCommit[];
  /** The other commits that the record has a block for, oldest first: what is signed is the branch as it is. */
  readonly others: readonly WantedCommit[];
  readonly targets: readonly Target[];
  /** What the person signed of it before; undefined if that is nothing. */
  readonly before: SignedBefore | undefined;
}

/** So much room a record's file leaves to the signature. */
const SIGNATURE_ROOM = 16 * 1024;

/** Work that is to be co-signed in a ledger, by its full name. */
export interface RecordWork {
  readonly work: NamedWork;
  readonly choices: Choices;
  readonly ledger: string;
  /** What can be co-signed in it. */
  readonly task: Task;
}

/** Finds out all that a record is to say. */
export async function prepareRecord(
  repository: GitRepository,
  { work, choices, ledger, task }: RecordWork,
  { key: named, each = false, emergency }: Pick<CosignOptions, "key" | "each" | "emergency">,
): Promise<RecordProposal> {
  const isApart = each || work.only !== undefined;
  const nothing = {
    ...task,
    work,
    isApart,
    ledger,
    wanted: [],
    others: [],
    targets: [],
    records: [],
    before: undefined,
  };
  const isOpen = task.wanted.length > 0;
  if (!isOpen && (isApart || emergency !== undefined || !mayLackWhole(task))) return nothing;
  const targets = await findTargets(repository, choices, work);
  const known = await openKnownRecords(repository, choices[0], ledger);
  const open = new Set(task.wanted.map(({ commit }) => commit.oid));
  const all = await listAll(repository, targets, work);
  const commits = await readRange(repository, task, isApart ? all.filter((oid) => open.has(oid)) : all);
  const approved = approveFor(choices, commits, targets);
  // All of it, or what is signed beside would be co-signed as usual.
  const parts =
    emergency === undefined ? approved : approved.map((part) => ({ ...part, block: { ...part.block, emergency } }));
  if (!isOpen && !(await lacksWhole(known, task, targets, parts))) return nothing;
  const key = task.key ?? (await chooseTaskKey(repository, task, named));
  const wanted = commits.filter(({ commit }) => open.has(commit.oid));
  const others = commits.filter(({ commit }) => !open.has(commit.oid));
  const signed = isApart ? parts.filter(({ commit }) => commit !== undefined) : parts;
  const records = each ? signed.map((part) => [part]) : [signed];
  const before = await findSignedBefore(repository, known, task.person, { commits, targets });
  const proposal = { ...task, key, work, isApart, ledger, wanted, others, targets, records, before };
  refuseDefects(proposal, work.tip);
  return proposal;
}

/** What a record approves of the commits, for all targets together. */
function approveFor(
  [first]: Choices,
  commits: readonly WantedCommit[],
  targets: readonly Target[],
): readonly ApprovedPart[] {
  const landings = targets.map(({ commits: added, sums: { whole, landing } }) => {
    return { commits: added, sums: [whole, landing].flatMap((sum) => (sum ? [sum.changes] : [])) };
  });
  return approve(first.policy.policy, first.branch, commits.map(toApprove), landings);
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

/** What is signed, at a time in seconds since 1970. */
export function linesOf(
  { choice, signer, targets }: Omit<SignedParts, "records" | "key">,
  parts: readonly ApprovedPart[],
  time: number,
): SignedLines {
  const head = formHead(
    choice,
    targets.map((target) => target.choice),
    { cosigner: signer.email, time },
  );
  return { head, blocks: parts.map(({ block }) => block) };
}

/** @throws `COMMIT_UNFIT`, `RECORD_TOO_LARGE` if what is to be signed could not be read back. */
export function refuseDefects(signed: Omit<SignedParts, "key">, tip: ObjectId): void {
  for (const parts of signed.records) {
    const lines = linesOf(signed, parts, currentTime());
    if (lines.blocks.length === 0) continue;
    const defect = findLinesDefect(lines);
    if (defect !== undefined)
      throw new CountersignError("COMMIT_UNFIT", { commits: [`${abbreviate(tip)}: ${defect}`] });
    if (formatLines(lines).length > SIGNED_FILE_LIMIT - SIGNATURE_ROOM) {
      throw new CountersignError("RECORD_TOO_LARGE", { commits: parts.length });
    }
  }
}
