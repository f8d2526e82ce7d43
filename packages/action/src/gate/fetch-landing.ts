import { CountersignError, type ObjectId, type Policy, type Repository, readPolicy } from "@countersign/core";
import { branchName, branchRef, remoteRefs } from "@countersign/core/internal";
import { askBranches, fetchQuietly, git } from "@countersign/git/internal";
import type { MergeRequest } from "./forge.ts";
import { type GateRepository, REMOTE } from "./gate-repository.ts";
import { keepWithdrawals } from "./ledger/keep-withdrawals.ts";

/** What is to be fetched for a verdict. */
export interface WantedLanding {
  /** The branch that something lands on, and the one whose policy is in force, by short name. */
  readonly base: string;
  readonly defaultBranch: string;
  /** The full name of the ref that holds what lands. */
  readonly headRef: string;
  /** The only head that is to be judged, and the name of what has it; absent, whatever is there. */
  readonly expected?: Pick<MergeRequest, "name" | "head"> | undefined;
  /** Where the default branch stood whose policy is in force; where it stands now, if that is not said or not there. */
  readonly policyAt?: ObjectId | undefined;
}

/** What was fetched: by it is judged, whatever an event said. */
export interface FetchedLanding {
  readonly head: ObjectId;
  readonly base: ObjectId;
  /** The branches that the verdict may depend on, with the ids that they had. */
  readonly branches: ReadonlyMap<string, ObjectId>;
  /** Undefined if the default branch has none there. */
  readonly policy: Policy | undefined;
}

const HEAD = "refs/countersign/head";

/**
 * Fetches what lands, its target, the policy, and all by which that policy has it judged.
 * @throws `GIT_FAILED`, `BRANCH_NOT_FOUND`, `REQUEST_NOT_FETCHED`, and what reading a damaged policy throws.
 */
export async function fetchLanding(place: GateRepository, wanted: WantedLanding): Promise<FetchedLanding> {
  const { base, defaultBranch, headRef, expected, policyAt } = wanted;
  const heads = await askBranches(place.network, REMOTE);
  for (const branch of [base, defaultBranch]) {
    if (!heads.has(branch)) throw new CountersignError("BRANCH_NOT_FOUND", { branch, meant: undefined });
  }
  await forgetGone(place, heads);
  await fetchKnown(place, [base, defaultBranch], [`+${headRef}:${HEAD}`]);
  await git(place.network, ["symbolic-ref", `${remoteRefs(REMOTE)}/HEAD`, trackingOf(defaultBranch)]);
  const policy = await place.read(async (repository) => {
    const ref = trackingOf(defaultBranch);
    const before = policyAt && (await repository.peelToCommit(policyAt));
    const commit = before ?? (await repository.refs(ref))[0]?.oid;
    return commit && (await readPolicy(repository, { ref, commit }))?.policy;
  });
  const more = policy ? neededBy(policy, [...heads.keys()]) : [];
  // A pattern asks for what may not be there.
  const notes = policy?.evidence.gitAiNotes ? ["+refs/notes/*:refs/notes/*"] : [];
  const records = policy?.evidence.entireCheckpoints ? ["+refs/entire/*:refs/entire/*"] : [];
  if (more.length + notes.length + records.length > 0) await fetchKnown(place, more, [...notes, ...records]);
  const fetched = await place.read(async (repository) => {
    const wanted = new Set([base, defaultBranch, ...more]);
    const branches = new Map([...(await readTracked(repository))].filter(([branch]) => wanted.has(branch)));
    const [tip] = await repository.refs(HEAD);
    const [head, there] = [tip && (await repository.peelToCommit(tip.oid)), branches.get(base)];
    if (!head || !there) throw new CountersignError("BRANCH_NOT_FOUND", { branch: base, meant: undefined });
    if (expected) requireHead(expected, head);
    return { head, base: there, branches, policy };
  });
  if (policy) await keepWithdrawals(place, policy);
  return fetched;
}

/** Fetches the head of a request beside what lands: a squash by a queue has none of it. @throws `REQUEST_NOT_FETCHED` */
export async function fetchHead(place: GateRepository, { number, name, head, headRef }: MergeRequest): Promise<void> {
  const ref = `refs/countersign/entries/${number}`;
  await fetchQuietly(place.network, REMOTE, `+${headRef}:${ref}`);
  const [tip] = await place.read((repository) => repository.refs(ref));
  requireHead({ name, head }, tip?.oid);
}

/** @throws `REQUEST_NOT_FETCHED` */
function requireHead({ name, head }: Pick<MergeRequest, "name" | "head">, found: ObjectId | undefined): void {
  if (found !== head) throw new CountersignError("REQUEST_NOT_FETCHED", { name, head, found: found ?? "nothing" });
}

/** Which of the branches that were fetched stands elsewhere now; undefined if none does. A ledger may be new. */
export async function findMoved(
  place: GateRepository,
  { branches, policy }: FetchedLanding,
): Promise<string | undefined> {
  const heads = await askBranches(place.network, REMOTE);
  const ledger = policy?.ledger === undefined ? undefined : branchName(policy.ledger);
  const looked = new Set([...branches.keys(), ...(ledger === undefined ? [] : [ledger])]);
  return [...looked].find((branch) => heads.get(branch) !== branches.get(branch));
}

/** The branch that Entire keeps its checkpoints on. */
const CHECKPOINTS = "entire/checkpoints/v1";

/** The branches beside base and default that judging by a policy reads. */
function neededBy({ ledger, protect, evidence }: Policy, branches: readonly string[]): readonly string[] {
  const accepts = protect.flatMap((entry) => entry.accepts);
  return branches.filter(
    (branch) =>
      branchRef(branch) === ledger ||
      (evidence.entireCheckpoints && branch === CHECKPOINTS) ||
      accepts.some((glob) => glob.matches(branch)),
  );
}

/** Fetches those of some branches that there are. */
export async function fetchBranches(place: GateRepository, branches: readonly string[]): Promise<void> {
  const heads = await askBranches(place.network, REMOTE);
  const known = branches.filter((branch) => heads.has(branch));
  if (known.length > 0) await fetchKnown(place, known, []);
}

/** Each branch by its full name, into the place that clones have it at. */
async function fetchKnown(
  { network }: GateRepository,
  branches: readonly string[],
  others: readonly string[],
): Promise<void> {
  // It would be written through the symbolic ref of that name, into the default branch.
  const named = [...new Set(branches)].filter((branch) => branch !== "HEAD");
  await fetchQuietly(
    network,
    REMOTE,
    ...named.map((branch) => `+${branchRef(branch)}:${trackingOf(branch)}`),
    ...others,
  );
}

/** What was fetched for another request, and is not there any more, counts for nothing. */
async function forgetGone(place: GateRepository, heads: ReadonlyMap<string, ObjectId>): Promise<void> {
  for (const branch of (await place.read(readTracked)).keys()) {
    if (!heads.has(branch)) await git(place.network, ["update-ref", "-d", trackingOf(branch)]);
  }
}

/** What was fetched of branches, by short name. */
async function readTracked(repository: Repository): Promise<ReadonlyMap<string, ObjectId>> {
  const tips = await repository.refs(remoteRefs(REMOTE));
  const own = tips.filter(({ target }) => target === undefined);
  return new Map(own.map(({ name, oid }) => [name.slice(`${remoteRefs(REMOTE)}/`.length), oid]));
}

/** The full name of the ref that holds what was fetched of a branch. */
export function trackingOf(branch: string): string {
  return `${remoteRefs(REMOTE)}/${branch}`;
}
