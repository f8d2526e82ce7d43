import { landingTime } from "../judge/landing-time.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { findProtection, type Person, type Policy, type Protection } from "../policy/policy.ts";
import { findAblePeople } from "../policy/roster.ts";
import type { Destination } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { type ReplayedCommit, type ReplayedRange, replay } from "./replay.ts";
import { Requests } from "./requests.ts";
import { type MissingCosigns, Tally } from "./tally.ts";

/** What to replay, and by which policy. */
export interface SimulationPlan {
  readonly policy: Policy;
  /** The branch that history is replayed for, by short name. */
  readonly branch: string;
  /** Where it is, and the ledger. */
  readonly destination: Destination;
  /** Seconds since 1970. */
  readonly now: number;
  /** One range of commits, or merges, each with what it brought in. */
  readonly history: Omit<ReplayedRange, "landed"> | readonly ObjectId[];
  /** Called from time to time with the number of commits judged. */
  readonly progress?: (commits: number) => void;
}

/** Co-signs of one kind that were missing, and the people of the roster who could have given them. */
export interface NeededCosigns extends MissingCosigns {
  readonly able: readonly Person[];
}

/** What a policy would have done. */
export interface Simulation {
  readonly branch: string;
  /** Undefined if the policy does not protect the branch; then nothing is refused. */
  readonly protection: Protection | undefined;
  readonly tally: Tally;
  readonly requests: Requests;
  /** The most wanted first. */
  readonly needed: readonly NeededCosigns[];
  /** How many merges were replayed, and how many would have been refused; absent if no merges were asked for. */
  readonly merges?: { readonly count: number; readonly refused: number };
}

/** Replays history under a policy. The policy's baseline is left aside: it is history that is asked about. */
export async function simulate(repository: Repository, plan: SimulationPlan): Promise<Simulation> {
  const { policy, branch, destination, now, history, progress } = plan;
  const protection = findProtection(policy, branch);
  const tally = new Tally();
  const requests = new Requests(policy, now);
  const read = async function* (range: ReplayedRange): AsyncGenerator<ReplayedCommit> {
    for await (const [batch = []] of replay(repository, [policy], { branch, destination, now }, range)) {
      for (const replayed of batch) tally.add(replayed);
      progress?.(tally.commits);
      yield* batch;
    }
  };
  const simulation = (): Simulation => {
    return { branch, protection, tally, requests, needed: findNeeded(policy, tally, now) };
  };
  if ("tip" in history) {
    for await (const replayed of read(history)) if (isRefused(replayed)) requests.add([replayed]);
    return simulation();
  }
  let refused = 0;
  for (const tip of history) {
    const lacking: ReplayedCommit[] = [];
    for await (const replayed of read(await mergedRange(repository, tip, now))) {
      if (isRefused(replayed)) lacking.push(replayed);
    }
    requests.add(lacking);
    if (lacking.length > 0) refused += 1;
  }
  return { ...simulation(), merges: { count: history.length, refused } };
}

function isRefused({ verdict }: ReplayedCommit): boolean {
  return verdict.violations.length > 0;
}

/** What a merge brought in, itself included: all of that landed when the merge did. */
async function mergedRange(repository: Repository, tip: ObjectId, now: number): Promise<ReplayedRange> {
  const raw = await repository.commit(tip);
  const merge = parseCommit(raw);
  return { tip, exclude: merge.parents.slice(0, 1), landed: landingTime(raw, merge, now) };
}

function findNeeded(policy: Policy, { missing }: Tally, now: number): readonly NeededCosigns[] {
  return [...missing.values()]
    .map((kind) => ({ ...kind, able: findAblePeople(policy, kind.requirement, now) }))
    .sort((a, b) => b.commits - a.commits);
}
