import { type CommitVerdict, CountersignError, type ObjectId, parseCommit } from "@countersign/core";
import {
  type AuditedLanding,
  type AuditPlan,
  abbreviate,
  approve,
  BLOCK_LIMIT,
  isSound,
  isZeroOid,
  type PolicyChoice,
} from "@countersign/core/internal";
import { type GitRepository, listRange } from "@countersign/git/internal";
import { type RecordProposal, refuseDefects } from "../ledger/record-proposal.ts";
import { chooseTaskKey, findOpen, findSigner, type LeftOut, type Task } from "../task.ts";
import { alongside, type OpenCommit, readWanted } from "../wanted-commit.ts";

/** A landing, and what there is to co-sign of it. */
export interface LandedProposal extends RecordProposal {
  readonly landing: AuditedLanding;
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
  const tasks: (Task & Pick<LandedProposal, "landing">)[] = [];
  for (const landing of landings) {
    const choice = isSound(landing) ? undefined : choiceOf(place, landing);
    if (choice) tasks.push(await findTaskOf(repository, choice, landing));
  }
  const said = { leftOut: tasks.flatMap((task) => task.leftOut), email: tasks[0]?.signer.email ?? "" };
  const open = tasks.filter(({ wanted }) => wanted.length > 0);
  const newest = open.at(-1);
  if (!newest) return { ...said, proposals: [] };
  const wanted = open.flatMap((task) => task.wanted);
  const key = await chooseTaskKey(repository, { ...newest, wanted }, named);
  const proposals: LandedProposal[] = [];
  for (const task of open) proposals.push(await formProposal(repository, place, { ...task, key }));
  return { ...said, proposals };
}

/** A landing is judged by the policy there, on where the branch stood; undefined where there is no such policy to be read. */
function choiceOf(
  { plan: { destination, branch }, remote }: LandedPlace,
  { policy, verdict }: AuditedLanding,
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
): Promise<Task & Pick<LandedProposal, "landing">> {
  const { verdict, findings, marked } = landing;
  const { signer, person } = await findSigner(repository, choice);
  const { policy } = choice.policy;
  const { open, leftOut } = await findOpen(repository, policy, person, verdict);
  const lost = new Set(findings.flatMap(({ code, commit }) => (code === "MARKS_LOST" && commit ? [commit] : [])));
  const silent = marked.filter(({ commit }) => lost.has(commit));
  const asked = await findOpen(repository, policy, person, { judged: silent });
  const enough = silent.filter(({ violations }) => violations.length === 0);
  const wanted = [...open, ...asked.open, ...(await Promise.all(enough.map((one) => takeWhole(repository, one))))];
  return { landing, choice, verdict, signer, person, key: undefined, wanted, leftOut: [...leftOut, ...asked.leftOut] };
}

/** A commit whose co-signs were enough: what is missing is that somebody says of it, as it landed, what made it. */
async function takeWhole(repository: GitRepository, verdict: CommitVerdict): Promise<OpenCommit> {
  return { commit: parseCommit(await repository.commit(verdict.commit)), verdict, served: verdict.requirements };
}

/** What is signed is the landing as it is: a block for whatever it brought, so that none takes out what another put in. */
async function formProposal(
  repository: GitRepository,
  { ledger }: LandedPlace,
  task: Task & Pick<LandedProposal, "landing">,
): Promise<LandedProposal> {
  const { choice, verdict, wanted } = task;
  const { policy } = choice.policy;
  const tip = verdict.update.new;
  const ids = await listRange(repository.context, tip, await endsOf(repository, choice));
  if (ids.length > BLOCK_LIMIT) throw new CountersignError("RECORD_TOO_LARGE", { commits: ids.length });
  const open = new Map(wanted.map((item) => [item.commit.oid, item]));
  const items: OpenCommit[] = [];
  for (const oid of ids) items.push(open.get(oid) ?? alongside(policy, parseCommit(await repository.commit(oid))));
  const commits = await readWanted(repository, items);
  const approved = commits.map(({ commit, changes, own, verdict: { provenance } }) => {
    return { commit, changes, own, provenance };
  });
  const parts = approve(policy, choice.branch, approved, []);
  const proposal = {
    ...task,
    work: { name: abbreviate(tip), typed: [], tip, from: undefined, ahead: undefined },
    isApart: true,
    ledger,
    wanted: commits.filter(({ commit }) => open.has(commit.oid)),
    others: commits.filter(({ commit }) => !open.has(commit.oid)),
    targets: [{ choice, commits: new Set(ids), sums: { whole: undefined, landing: undefined, bases: 0 } }],
    records: [parts],
    before: undefined,
  };
  refuseDefects(proposal, parts);
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
