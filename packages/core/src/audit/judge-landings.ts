import { CountersignError } from "../error.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { subjectLine } from "../object/subject-line.ts";
import { POLICY_FILES } from "../policy/policy-files.ts";
import type { Repository } from "../repository.ts";
import type { AuditPlan } from "./audit.ts";
import type { AuditedLanding } from "./audited-landing.ts";
import { judgeAgain } from "./judge-again.ts";
import type { Line } from "./line/line.ts";
import { readPlannedLine } from "./line/list-landings.ts";
import { toLanding } from "./line/past-landing.ts";
import { countReached, findBringing } from "./line/read-line.ts";
import { PastPolicies } from "./past-policies.ts";

/** The part of a branch to judge: one commit, or with `from` everything that landed since then up to it. */
export interface LandedPart {
  readonly from: ObjectId | undefined;
  readonly to: ObjectId;
}

/** A landing that was asked about, judged again. */
export interface ChosenLanding {
  readonly landing: AuditedLanding;
  /** Those of the commits that it brought which were asked for by themselves; undefined if all of it was asked for. */
  readonly only: ReadonlySet<ObjectId> | undefined;
}

/**
 * Judges again what brought these commits to a branch, as an audit would: each landing by itself, the oldest first.
 * @throws `COMMIT_NOT_LANDED`; `LANDING_UNJUDGED` for what landed when nothing protected the branch; what kept a landing from
 * being judged.
 */
export async function* judgeLandings(
  repository: Repository,
  plan: AuditPlan,
  parts: readonly LandedPart[],
): AsyncGenerator<ChosenLanding> {
  const { branch, tip, now } = plan;
  const { line, start, baseline } = await readPlannedLine(repository, plan);
  const chosen = await chooseLandings(repository, { branch, tip, line }, parts);
  const policies = new PastPolicies(repository, plan);
  for (const [index, only] of [...chosen].sort(([a], [b]) => a - b)) {
    const at = line.at(index);
    if (!at) throw new Error("a landing that was chosen is on the line");
    const { commit, parent } = at;
    if (index < start) {
      const [asked = commit] = only ?? [];
      throw new CountersignError("LANDING_UNJUDGED", { commit: asked, branch, baseline });
    }
    const before = parent ? await repository.rootEntries(parent, POLICY_FILES) : [];
    // What brings the first policy is judged by none.
    if (before.length === 0) throw new CountersignError("LANDING_UNJUDGED", { commit, branch });
    // Whether it changes the policy is not asked where each is judged by itself: it may.
    const past = toLanding(line, { index, at, before, changes: true }, now);
    const landing = await judgeAgain(repository, plan, past, policies);
    const [fault] = landing.verdict.faults;
    // A proven breach weighs more than a doubt.
    if (fault && (landing.outcome !== "deny" || !landing.policy)) throw fault;
    if (landing.verdict.branch === undefined) throw new CountersignError("LANDING_UNJUDGED", { commit, branch });
    const subject = subjectLine(parseCommit(await repository.commit(commit)));
    yield { landing: { ...landing, subject }, only };
  }
}

interface KnownLine {
  readonly branch: string;
  readonly tip: ObjectId;
  readonly line: Line;
}

/** The places in a line that are asked about, each with the commits that are asked for by themselves. */
async function chooseLandings(
  repository: Repository,
  { branch, tip, line }: KnownLine,
  parts: readonly LandedPart[],
): Promise<ReadonlyMap<number, ReadonlySet<ObjectId> | undefined>> {
  const places = line.placesOf(new Set(parts.map(({ to }) => to)));
  const chosen = new Map<number, Set<ObjectId> | undefined>();
  for (const { from, to } of parts) {
    if (!places.has(to) && !(await repository.isAncestor(to, tip))) {
      throw new CountersignError("COMMIT_NOT_LANDED", { commit: to, branch });
    }
    const place = places.get(to);
    if (from !== undefined) {
      const end = place === undefined ? await countReached(repository, line, to) : place + 1;
      for (let at = await countReached(repository, line, from); at < end; at += 1) chosen.set(at, undefined);
    } else if (place !== undefined) chosen.set(place, undefined);
    else {
      const at = await findBringing(repository, line, to);
      if (at === undefined) throw new CountersignError("LANDING_UNJUDGED", { commit: to, branch });
      const known = chosen.get(at);
      if (known || !chosen.has(at)) chosen.set(at, (known ?? new Set()).add(to));
    }
  }
  return chosen;
}
