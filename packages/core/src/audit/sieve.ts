import { CountersignError } from "../error.ts";
import type { ObjectId } from "../object/oid.ts";
import { findProtection } from "../policy/policy.ts";
import type { TracedCommit, Tracer } from "../records/recorder.ts";
import { branchRef } from "../ref.ts";
import type { Repository } from "../repository.ts";
import type { AuditedLanding } from "./audited-landing.ts";
import { type AuditCache, JUDGE, keep, nameWindow, type PlainCounts, readKept } from "./kept-windows.ts";
import { type LandingPlace, updateOf } from "./landing-place.ts";
import type { LandingWindow } from "./line/landing-windows.ts";
import type { PastLanding } from "./line/past-landing.ts";
import type { PastTerms } from "./past-policies.ts";
import { sift, takeBrought } from "./sift.ts";

/** Windows in a row, under the same policy. */
export type Stretch = readonly LandingWindow[];

/** What is found by reading a stretch once. */
export interface Sieved {
  /** A landing that needed nothing, as it is judged; undefined of any other. */
  plainOf(landing: PastLanding): AuditedLanding | undefined;
  /** Traces its commits; undefined if each landing has to look for itself. */
  readonly trace: Tracer | undefined;
}

/**
 * Finds the landings that needed nothing, as of most: no commit of them is assisted, breaks a rule by itself,
 * touches the policy or is known to the ledger. They are read together, and judged by nothing else. Of the others, and
 * where this cannot decide, it says nothing.
 */
export async function findPlain(
  repository: Repository,
  place: LandingPlace,
  stretch: Stretch,
  cache?: AuditCache,
): Promise<Sieved> {
  const terms = stretch[0]?.terms;
  const protection = terms?.policy && findProtection(terms.policy.policy, place.branch);
  if (!protection || !maySift(place, terms)) return { plainOf: () => undefined, trace: undefined };
  const brought = new Map<ObjectId, number>();
  const traced = new Map<ObjectId, TracedCommit>();
  for await (const { window, counts } of countAll(repository, place, stretch, { cache, traced })) {
    for (const [index, { at }] of window.landings.entries()) brought.set(at.commit, counts[index] ?? JUDGE);
  }
  const { policy } = terms;
  const nothing = { mode: protection.mode, assisted: 0, judged: [], violations: [], faults: [] };
  const plainOf = ({ at, landed }: PastLanding): AuditedLanding | undefined => {
    const commits = brought.get(at.commit) ?? JUDGE;
    if (commits === JUDGE) return undefined;
    const update = updateOf(place, at, repository.format);
    const verdict = { update, branch: place.branch, commits, ...nothing };
    return { verdict, policy, findings: [], marked: [], outcome: "allow", subject: "", landed };
  };
  return { plainOf, trace: traceKnown(terms, traced) };
}

interface CountedWindow {
  readonly window: LandingWindow;
  readonly counts: PlainCounts;
}

/** What is kept of windows, and what is found. */
interface CountKnown {
  readonly cache: AuditCache | undefined;
  /** The assisted commits among those that are read. */
  readonly traced: Map<ObjectId, TracedCommit>;
}

/** Reads what is not kept of a stretch, as many windows together as lie in a row. */
async function* countAll(
  repository: Repository,
  place: LandingPlace,
  stretch: Stretch,
  { cache, traced }: CountKnown,
): AsyncGenerator<CountedWindow> {
  let unread: LandingWindow[] = [];
  const names = new Map<LandingWindow, string>();
  const read = async (): Promise<readonly CountedWindow[]> => {
    const counted = await countReadable(repository, unread, traced);
    unread = [];
    for (const { window, counts } of counted) {
      const name = names.get(window);
      if (cache && name !== undefined) await keep(cache, name, counts);
    }
    return counted;
  };
  for (const window of stretch) {
    const name = cache && nameWindow(cache, place, window);
    const kept = cache && name !== undefined ? await readKept(cache, name, window.landings.length) : undefined;
    if (kept) {
      yield* await read();
      yield { window, counts: kept };
    } else {
      if (name !== undefined) names.set(window, name);
      unread.push(window);
    }
  }
  yield* await read();
}

/** Nothing where a part of the history is not here: each landing answers for itself. */
async function countReadable(
  repository: Repository,
  windows: Stretch,
  traced: Map<ObjectId, TracedCommit>,
): Promise<readonly CountedWindow[]> {
  if (windows.length === 0) return [];
  try {
    return await countPlain(repository, windows, traced);
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    // Where time is up, it is up for all of them.
    repository.throwIfEnded();
    return [];
  }
}

/** Reads windows once. */
async function countPlain(
  repository: Repository,
  windows: Stretch,
  traced: Map<ObjectId, TracedCommit>,
): Promise<readonly CountedWindow[]> {
  const [{ landings: [first] = [], terms } = {}] = windows;
  const last = windows.at(-1)?.landings.at(-1);
  if (!first || !last || !terms) return [];
  const baseline = terms.policy?.policy.baseline;
  const ends = [first.at.parent, baseline && (await repository.peelToCommit(baseline))];
  const range = { tips: [last.at.commit], exclude: ends.filter((oid) => oid !== undefined) };
  // For a landing with one parent it is known already.
  const changing = new Map(
    windows.flatMap(({ landings }) => landings.map(({ at, changesPolicy }) => [at.commit, changesPolicy] as const)),
  );
  const sifted = await sift(repository, terms, range, { changing, traced });
  return windows.map((window) => {
    const counts = window.landings.map(({ at }) => {
      const brought = takeBrought(sifted, at.commit);
      // What was not read is not plain.
      return !at.hidesLine && brought.length > 0 && brought.every(({ isPlain }) => isPlain) ? brought.length : JUDGE;
    });
    return { window, counts };
  });
}

/** Traces a commit once, however often it is asked about. */
function traceKnown({ trace }: PastTerms, known: ReadonlyMap<ObjectId, TracedCommit>): Tracer | undefined {
  return (
    trace &&
    (async (commits) => {
      const others = await trace(commits.filter(({ oid }) => !known.has(oid)));
      const rest = others.values();
      return commits.flatMap(({ oid }) => known.get(oid) ?? rest.next().value ?? []);
    })
  );
}

/** Nothing but the branch itself may count as judged there, and what is recorded in a tree is not the same at each landing. */
function maySift({ branch }: LandingPlace, { policy, branches, ledger }: PastTerms): boolean {
  if (!policy || policy.policy.evidence.agentTrace) return false;
  return [...branches.keys()].every((name) => name === branch || branchRef(name) === ledger?.ref);
}
