import { NOBODY, readWorkOf } from "../cosign/authors.ts";
import { RosterHelp } from "../judge/decide/roster-help.ts";
import type { CommitVerdict } from "../judge/decide/verdict.ts";
import type { DatedPush } from "../judge/judge-landing.ts";
import { judgePush } from "../judge/judge-push.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import type { PolicyInForce } from "../policy/in-force.ts";
import { findProtection, type Person, type Policy } from "../policy/policy.ts";
import type { Requirement } from "../policy/requirement.ts";
import { openTracer } from "../records/tracer.ts";
import { branchRef } from "../ref.ts";
import type { Repository } from "../repository.ts";

/** What commits of a branch lack for landing. */
export interface BranchNeed {
  readonly requirement: Requirement;
  readonly commits: number;
  /** Whose co-sign would count for each of them. */
  readonly able: readonly Person[];
}

/** What is asked: where work lands, by which policy. */
export type LandingPlace = Pick<DatedPush, "destination" | "now"> & { readonly policy: PolicyInForce };

/** For a longer branch nothing is predicted: that would take longer than the push. */
const MOST_COMMITS = 250;

/**
 * What the commits of a branch will need before they can land on the default branch; nothing where that is not
 * known. It judges them as if they were merged, and only where an agent took part in any.
 */
export async function findBranchNeeds(
  repository: Repository,
  { destination, policy: inForce, now }: LandingPlace,
  tip: ObjectId,
): Promise<readonly BranchNeed[]> {
  const { defaultBranch } = destination;
  const { policy } = inForce;
  const stood = defaultBranch === undefined ? undefined : destination.branches.get(defaultBranch);
  if (!stood || defaultBranch === undefined || !findProtection(policy, defaultBranch)) return [];
  const assisted = await readAssisted(repository, policy, tip, stood);
  if (assisted.size === 0) return [];
  const updates = [{ ref: branchRef(defaultBranch), old: stood, new: tip }];
  const decision = await judgePush(repository, { updates, destination, policy: inForce, now, merging: true });
  const verdicts = decision.updates.flatMap(({ judged }) => judged);
  return groupNeeds(policy, verdicts, assisted, now);
}

/** The new commits, if an agent took part in any of them. */
async function readAssisted(
  repository: Repository,
  policy: Policy,
  tip: ObjectId,
  stood: ObjectId,
): Promise<ReadonlyMap<ObjectId, Commit>> {
  const commits: Commit[] = [];
  for await (const raw of repository.commits({ tips: [tip], exclude: [stood], most: MOST_COMMITS + 1 })) {
    commits.push(parseCommit(raw));
  }
  if (commits.length > MOST_COMMITS) return new Map();
  const traced = await openTracer(repository, policy, { tip })(commits);
  if (!traced.some(({ provenance }) => provenance.state === "assisted")) return new Map();
  return new Map(commits.map((commit) => [commit.oid, commit]));
}

function groupNeeds(
  policy: Policy,
  verdicts: readonly CommitVerdict[],
  commits: ReadonlyMap<ObjectId, Commit>,
  now: number,
): readonly BranchNeed[] {
  const groups = new Map<string, BranchNeed>();
  const help = new RosterHelp(policy);
  for (const { commit, requirements } of verdicts) {
    const found = commits.get(commit);
    const work = found ? readWorkOf(policy, found) : { authors: NOBODY, makers: NOBODY };
    for (const { requirement, met } of requirements) {
      if (met) continue;
      const key = JSON.stringify([requirement.count, requirement.level, requirement.proof]);
      const before = groups.get(key);
      const people = [...help.people(requirement, now, work)];
      const able = before ? before.able.filter((person) => people.includes(person)) : people;
      groups.set(key, { requirement, commits: (before?.commits ?? 0) + 1, able });
    }
  }
  return [...groups.values()];
}
