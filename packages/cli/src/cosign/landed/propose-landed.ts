import { type CommitVerdict, CountersignError, type ObjectId, type Policy, parseCommit } from "@countersign/core";
import {
  type AuditedLanding,
  type AuditPlan,
  approve,
  approveCommit,
  BLOCK_LIMIT,
  isSound,
  isZeroOid,
  type Person,
  type PolicyChoice,
} from "@countersign/core/internal";
import { type GitRepository, listRange } from "@countersign/git/internal";
import { refuseDefects, type SignedParts } from "../ledger/record-proposal.ts";
import { findServed } from "../obstacle.ts";
import type { SignersKey } from "../signers-key.ts";
import { chooseTaskKey, findOpen, findSigner, type LeftOut, type Task } from "../task.ts";
import { alongside, type OpenCommit, readWanted, toApprove, type WantedCommit } from "../wanted-commit.ts";

/** A landing, and what a person signs of it. */
export interface LandedProposal extends SignedParts {
  readonly landing: AuditedLanding;
  readonly wanted: readonly WantedCommit[];
  /** The other commits that the record has a block for, oldest first. */
  readonly others: readonly WantedCommit[];
  readonly leftOut: readonly LeftOut[];
}

/** Where the landings are. */
export interface LandedPlace {
  readonly plan: AuditPlan;
  readonly remote: string | undefined;
  /** The ledger's full name. */
  readonly ledger: string;
}

/** What a person can co-sign of landings, and what not. */
export interface ProposedLandings {
  readonly proposals: readonly LandedProposal[];
  readonly leftOut: readonly LeftOut[];
  /** The person's address. */
  readonly email: string;
}

/** Finds what a person can co-sign of landings, and what not; by one key for all of them. */
export async function proposeLanded(
  repository: GitRepository,
  place: LandedPlace,
  landings: readonly AuditedLanding[],
  named: string | undefined,
): Promise<ProposedLandings> {
  const tasks: LandedTask[] = [];
  for (const landing of landings) {
    const choice = isSound(landing) ? undefined : choiceOf(place, landing);
    if (choice) tasks.push(await findTaskOf(repository, choice, landing));
  }
  const said = { leftOut: tasks.flatMap((task) => task.leftOut), email: tasks[0]?.signer.email ?? "" };
  const open = tasks.filter(({ wanted }) => wanted.length > 0);
  const newest = open.at(-1);
  if (!newest) return { ...said, proposals: [] };
  const key = await chooseTaskKey(repository, { ...newest, wanted: open.flatMap((task) => task.wanted) }, named);
  const proposals: LandedProposal[] = [];
  for (const task of open) proposals.push(await formProposal(repository, task, key));
  return { ...said, proposals };
}

/** A landing, and what a person can serve of it. */
interface LandedTask extends Pick<Task, "choice" | "signer" | "person" | "wanted" | "leftOut"> {
  readonly landing: AuditedLanding;
}

/** A landing is judged by the policy there, on where the branch stood; undefined if there is no such policy to be read. */
function choiceOf(
  { plan: { destination, branch }, remote }: LandedPlace,
  { hidden, policy = hidden?.policy, verdict }: AuditedLanding,
): PolicyChoice | undefined {
  if (!policy) return undefined;
  const branches = new Map(destination.branches);
  const { old } = verdict.update;
  if (isZeroOid(old)) branches.delete(branch);
  else branches.set(branch, old);
  return { destination: { ...destination, branches }, policy, branch, remote, trial: false };
}

async function findTaskOf(
  repository: GitRepository,
  choice: PolicyChoice,
  landing: AuditedLanding,
): Promise<LandedTask> {
  const { verdict, findings, marked } = landing;
  const { signer, person } = await findSigner(repository, choice);
  const { policy } = choice.policy;
  const lost = new Set(findings.flatMap(({ code, commit }) => (code === "MARKS_LOST" && commit ? [commit] : [])));
  const silent = marked.filter(({ commit }) => lost.has(commit));
  const asked = await findOpen(repository, policy, person, { judged: [...verdict.judged, ...silent] });
  const enough = silent.filter(({ violations }) => violations.length === 0);
  const whole = await Promise.all(enough.map((one) => takeWhole(repository, one)));
  const turned = findTurned(policy, person, landing);
  const wanted = [...asked.open, ...whole, ...turned.open];
  return { landing, choice, signer, person, wanted, leftOut: [...asked.leftOut, ...turned.leftOut] };
}

/** A commit whose co-signs were enough: what is missing is that someone says of it, as it landed, what made it. */
async function takeWhole(repository: GitRepository, verdict: CommitVerdict): Promise<OpenCommit> {
  return { commit: parseCommit(await repository.commit(verdict.commit)), verdict, served: verdict.requirements };
}

/** A merge that hides the line of its branch is signed as what it brought to where the branch stood. */
function findTurned(
  policy: Policy,
  person: Person,
  { hidden, verdict: { update } }: AuditedLanding,
): Awaited<ReturnType<typeof findOpen>> {
  if (!hidden) return { open: [], leftOut: [] };
  const { merge, work, verdict } = hidden;
  const served = findServed(policy, person, work, verdict);
  if ("reason" in served) return { open: [], leftOut: [{ verdict, ...served }] };
  return { open: [{ commit: merge, verdict, served, seenFrom: update.old }], leftOut: [] };
}

/** What is signed is the landing as it is: a block for whatever it brought, so that none takes out what another put in. */
async function formProposal(
  repository: GitRepository,
  { landing, choice, signer, wanted: open, leftOut }: LandedTask,
  key: SignersKey | undefined,
): Promise<LandedProposal> {
  const { branch, policy: inForce } = choice;
  const { policy } = inForce;
  const tip = landing.verdict.update.new;
  const ids = await listRange(repository.context, tip, await endsOf(repository, choice));
  if (ids.length >= BLOCK_LIMIT) throw new CountersignError("RECORD_TOO_LARGE", { commits: ids.length });
  const isTurned = ({ seenFrom }: OpenCommit): boolean => seenFrom !== undefined;
  const asked = new Map(open.filter((item) => !isTurned(item)).map((item) => [item.commit.oid, item]));
  const items: OpenCommit[] = [];
  for (const oid of ids) items.push(asked.get(oid) ?? alongside(policy, parseCommit(await repository.commit(oid))));
  const commits = await readWanted(repository, items);
  const merges = await readWanted(repository, open.filter(isTurned));
  const makers = [...(landing.hidden?.work.makers.keys() ?? [])];
  const parts = [
    ...approve(policy, branch, commits.map(toApprove), []),
    ...merges.map((merge) => approveCommit(policy, branch, toApprove(merge), makers)),
  ];
  const shown = new Set(open.map(({ commit }) => commit.oid));
  const proposal = {
    landing,
    choice,
    signer,
    key,
    leftOut,
    wanted: [
      ...commits.filter(({ commit }) => asked.has(commit.oid)),
      ...merges.map((merge) => ({ ...merge, own: merge.changes })),
    ],
    others: commits.filter(({ commit }) => !shown.has(commit.oid)),
    targets: [{ choice }],
    records: [parts],
  };
  refuseDefects(proposal, tip);
  return proposal;
}

async function endsOf(
  repository: GitRepository,
  { destination, branch, policy }: PolicyChoice,
): Promise<readonly ObjectId[]> {
  const ends = [destination.branches.get(branch), policy.policy.baseline];
  const known = await Promise.all(ends.map((oid) => oid && repository.peelToCommit(oid)));
  return known.filter((oid) => oid !== undefined);
}
