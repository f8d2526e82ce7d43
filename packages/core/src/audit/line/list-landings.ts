import type { ObjectId } from "../../object/oid.ts";
import type { PolicyInForce } from "../../policy/in-force.ts";
import { POLICY_FILES } from "../../policy/policy-files.ts";
import type { Repository } from "../../repository.ts";
import { type Line, landedAt } from "./line.ts";
import { type PastLanding, toLanding } from "./past-landing.ts";
import { followPolicy } from "./policy-line.ts";
import { countReached, type ListLine, readLine } from "./read-line.ts";
import { partOf, type Shard } from "./shard.ts";

/** A branch, and from where on its landings are judged. */
export interface LandingsPlan {
  /** By short name. */
  readonly branch: string;
  readonly tip: ObjectId;
  /** The policy of now: where history begins. */
  readonly policy: PolicyInForce | undefined;
  /** Whether everything is judged by that policy, in place of those that stood when it landed. */
  readonly trial: boolean;
  /** Seconds since 1970. */
  readonly now: number;
  /** Lists lines of first parents, where that is cheaper than reading them. */
  readonly list?: ListLine | undefined;
  /** Only one part of the landings. */
  readonly shard?: Shard | undefined;
  /** Only what landed since, in seconds since 1970. */
  readonly since?: number | undefined;
}

/** The landings of a branch since there is a policy, the oldest first. */
export async function* listLandings(repository: Repository, plan: LandingsPlan): AsyncGenerator<PastLanding> {
  const { policy: current, trial, now, shard, since = Number.NEGATIVE_INFINITY } = plan;
  const { line, start } = await readPlannedLine(repository, plan);
  const part = partOf(line.length - start, shard);
  const [from, end] = [start + part.from, start + part.end];
  let isAdopted = (trial && current !== undefined) || (await hadPolicy(repository, line, { from: start, end: from }));
  const isSince = (index: number): boolean => landedAt(line, index, now) >= since;
  // What came upon a recent landing is recent, whatever its date says; so is a part's beginning.
  let isRecent = false;
  for (let index = start; index < from && !isRecent; index += 1) isRecent = isSince(index);
  for await (const { index, at, before, changes } of followPolicy(repository, line, { from, end })) {
    isAdopted ||= before.length > 0;
    isRecent ||= isSince(index);
    // What brought the first policy is not a landing: nothing was in force.
    if (!isAdopted || !isRecent) continue;
    yield toLanding(line, { index, at, before, changes }, now);
  }
}

/** A branch's line, and where on it judging begins. */
export interface PlannedLine {
  readonly line: Line;
  /** How many of its commits the baseline reaches. */
  readonly start: number;
  readonly baseline: ObjectId | undefined;
}

/** Reads the line of a branch as far back as its landings are judged. */
export async function readPlannedLine(
  repository: Repository,
  { branch, tip, policy, list }: Pick<LandingsPlan, "branch" | "tip" | "policy" | "list">,
): Promise<PlannedLine> {
  const { baseline: named, project } = policy?.policy ?? {};
  const baseline = named && (await repository.peelToCommit(named));
  const line = await readLine(repository, tip, { branch, project, list }, baseline);
  const start = baseline ? await countReached(repository, line, baseline) : 0;
  return { line, start, baseline };
}

/** Whether a policy stood on a part of a line, or behind it. */
async function hadPolicy(
  repository: Repository,
  line: Line,
  part: { readonly from: number; readonly end: number },
): Promise<boolean> {
  const last = line.at(part.end - 1);
  if (part.from === part.end || !last) return false;
  // Mostly it is still there.
  if ((await repository.rootEntries(last.commit, POLICY_FILES)).length > 0) return true;
  for await (const { before } of followPolicy(repository, line, part)) if (before.length > 0) return true;
  return false;
}
