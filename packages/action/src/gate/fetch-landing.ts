import { CountersignError, type ObjectId, type Policy, readPolicy } from "@countersign/core";
import { branchName, branchRef, remoteRefs } from "@countersign/core/internal";
import { askBranches, fetchQuietly, git } from "@countersign/git/internal";
import { type GateRepository, REMOTE } from "./gate-repository.ts";

/** What is to be fetched for a verdict. */
export interface WantedLanding {
  /** The branch that something lands on, and the one whose policy is in force, by short name. */
  readonly base: string;
  readonly defaultBranch: string;
  /** The full name of the ref that holds what lands. */
  readonly headRef: string;
}

/** What was fetched: by it is judged, whatever an event said. */
export interface FetchedLanding {
  readonly head: ObjectId;
  readonly base: ObjectId;
  /** The branches that the verdict may depend on, with the ids that they had. */
  readonly branches: ReadonlyMap<string, ObjectId>;
  /** Undefined where the default branch has none. */
  readonly policy: Policy | undefined;
}

const HEAD = "refs/countersign/head";

/**
 * Fetches what lands, its target, the policy, and all by which that policy has it judged.
 * @throws `GIT_FAILED`, `BRANCH_NOT_FOUND`, and what reading a damaged policy throws.
 */
export async function fetchLanding(place: GateRepository, wanted: WantedLanding): Promise<FetchedLanding> {
  const { base, defaultBranch, headRef } = wanted;
  const heads = await askBranches(place.network, REMOTE);
  for (const branch of [base, defaultBranch]) {
    if (!heads.has(branch)) throw new CountersignError("BRANCH_NOT_FOUND", { branch, meant: undefined });
  }
  await fetchKnown(place, [base, defaultBranch], [`+${headRef}:${HEAD}`]);
  await git(place.network, ["symbolic-ref", `${remoteRefs(REMOTE)}/HEAD`, trackingOf(defaultBranch)]);
  const policy = await place.read(async (repository) => {
    const commit = (await repository.refs(trackingOf(defaultBranch)))[0]?.oid;
    return commit && (await readPolicy(repository, { ref: trackingOf(defaultBranch), commit }))?.policy;
  });
  const more = policy ? neededBy(policy, [...heads.keys()]) : [];
  // A pattern asks for what may not be there.
  const notes = policy?.evidence.gitAiNotes ? ["+refs/notes/*:refs/notes/*"] : [];
  const records = policy?.evidence.entireCheckpoints ? ["+refs/entire/*:refs/entire/*"] : [];
  if (more.length + notes.length + records.length > 0) await fetchKnown(place, more, [...notes, ...records]);
  return place.read(async (repository) => {
    const branches = new Map<string, ObjectId>();
    for (const { name, oid, target } of await repository.refs(remoteRefs(REMOTE))) {
      if (target === undefined) branches.set(name.slice(`${remoteRefs(REMOTE)}/`.length), oid);
    }
    const [tip] = await repository.refs(HEAD);
    const [head, there] = [tip && (await repository.peelToCommit(tip.oid)), branches.get(base)];
    if (!head || !there) throw new CountersignError("BRANCH_NOT_FOUND", { branch: base, meant: undefined });
    return { head, base: there, branches, policy };
  });
}

/** Which of the branches that were fetched stands elsewhere now; undefined where none does. A ledger may be new. */
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

/** The full name of the ref that holds what was fetched of a branch. */
export function trackingOf(branch: string): string {
  return `${remoteRefs(REMOTE)}/${branch}`;
}
