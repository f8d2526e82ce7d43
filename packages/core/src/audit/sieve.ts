import { inBatches } from "../batches.ts";
import { CountersignError } from "../error.ts";
import { traceInLedger } from "../history/ledger-trace.ts";
import { findTouching } from "../judge/gather/facts.ts";
import { parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { findProtection } from "../policy/policy.ts";
import { findReverted } from "../provenance/message/reverted.ts";
import type { TracedCommit, Tracer } from "../records/recorder.ts";
import { branchRef } from "../ref.ts";
import type { CommitParents, CommitRange, Repository } from "../repository.ts";
import type { AuditedLanding } from "./audited-landing.ts";
import { type AuditCache, JUDGE, keep, nameWindow, type PlainCounts, readKept } from "./kept-windows.ts";
import { type LandingPlace, updateOf } from "./landing-place.ts";
import type { LandingWindow } from "./line/landing-windows.ts";
import type { PastLanding } from "./line/past-landing.ts";
import type { PastTerms } from "./past-policies.ts";

/** Windows in a row, under the same policy. */
export type Stretch = readonly LandingWindow[];

/** What is found by reading a stretch once. */
export interface Sieved {
  /** A landing of which nothing was asked, as it is judged; undefined of any other. */
  plainOf(landing: PastLanding): AuditedLanding | undefined;
  /** Traces its commits; undefined where each landing has to look for itself. */
  readonly trace: Tracer | undefined;
}

/** What a commit of a window says, and which parents it has. */
interface Sifted {
  readonly parents: readonly ObjectId[];
  /** Whether nothing was asked of it for certain. */
  readonly isPlain: boolean;
}

/**
 * Finds the landings of which nothing was asked, as of most: no commit of them is assisted, breaks a rule by itself,
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
  // Of a landing with one parent it is known already.
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

/** So many commits are in memory at a time where no git is started for them: fewer live long enough to be in its way. */
const UNCOMPARED = 250;

/** What is known before, and what is kept. */
interface SiftKnown {
  /** Of commits with one parent: whether they change the policy. */
  readonly changing: ReadonlyMap<ObjectId, boolean>;
  /** The assisted ones. */
  readonly traced: Map<ObjectId, TracedCommit>;
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

async function sift(
  repository: Repository,
  terms: PastTerms,
  range: CommitRange,
  { changing, traced: kept }: SiftKnown,
): Promise<Map<ObjectId, Sifted>> {
  const sifted = new Map<ObjectId, Sifted>();
  const { trace, ledger } = terms;
  if (!trace) return sifted;
  const most = ledger ? undefined : UNCOMPARED;
  const unknown: CommitParents[] = [];
  for await (const batch of inBatches(repository.commits(range), ({ bytes }) => bytes.length, most)) {
    const traced = await trace(batch.map(parseCommit));
    for (const one of traced) {
      const { oid, parents } = one.commit;
      sifted.set(oid, { parents, isPlain: false });
      if (one.provenance.state === "assisted") kept.set(oid, one);
    }
    const silent = traced.filter((one) => isSilent(terms, one));
    const known = ledger ? await traceInLedger(repository, ledger, silent) : silent;
    for (const { commit, provenance } of known) {
      const { oid, parents } = commit;
      if (provenance.evidence.some(({ kind }) => kind === "record")) continue;
      const changes = parents.length < 2 ? changing.get(oid) : undefined;
      sifted.set(oid, { parents, isPlain: changes === false });
      if (changes === undefined) unknown.push({ oid, parents });
    }
  }
  const touching = new Set(await findTouching(repository, unknown));
  for (const commit of unknown) sifted.set(commit.oid, { parents: commit.parents, isPlain: !touching.has(commit) });
  return sifted;
}

/** Whether a commit says nothing by itself for which anything is asked. */
function isSilent({ policy }: PastTerms, { commit, provenance }: TracedCommit): boolean {
  if (commit.malformed !== undefined || provenance.state === "assisted") return false;
  // What a revert names may be here one day, and the next day not.
  if (findReverted(commit.message).length > 0) return false;
  return policy?.policy.disclosure !== "required" || provenance.state !== "undeclared";
}

/** Takes the commits out that a landing brought: those that it reaches, and no landing before it. */
export function takeBrought<Read extends { readonly parents: readonly ObjectId[] }>(
  commits: Map<ObjectId, Read>,
  landing: ObjectId,
): readonly Read[] {
  const brought: Read[] = [];
  const open = [landing];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    const found = commits.get(oid);
    if (!found) continue;
    commits.delete(oid);
    brought.push(found);
    open.push(...found.parents);
  }
  return brought;
}
