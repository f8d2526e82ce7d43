import { inBatches } from "../../batches.ts";
import { decodeText } from "../../bytes.ts";
import { CountersignError } from "../../error.ts";
import { mapAhead } from "../../map-ahead.ts";
import type { Change } from "../../object/change.ts";
import { type Commit, parseCommit } from "../../object/commit.ts";
import type { ObjectId } from "../../object/oid.ts";
import { asksForMerges } from "../../policy/commit-requirements.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Provenance } from "../../provenance/provenance.ts";
import type { Tracer } from "../../records/recorder.ts";
import { openTracer } from "../../records/tracer.ts";
import type { RefUpdate } from "../../ref.ts";
import type { CommitRange, Repository } from "../../repository.ts";
import type { LedgerClaims } from "../records/ledger-claims.ts";
import type { Case } from "./case.ts";
import { type CommitReading, readFacts } from "./facts.ts";
import { openCase, type Target } from "./open-case.ts";
import { RangeShape } from "./range-shape.ts";
import { withRecords } from "./with-records.ts";

/** What a range brings, as far as each commit shows by itself. */
export interface GatheredRange {
  readonly commits: number;
  readonly assisted: number;
  /** Those of its commits that are assisted, touch the policy or break a rule. */
  readonly cases: readonly Case[];
  /** What keeps single commits from being decided on. */
  readonly doubts: readonly CountersignError[];
  readonly shape: RangeShape;
  /** The policy files that new commits themselves bring, each as `mode id path`. */
  readonly policyEntries: ReadonlySet<string>;
}

/** How to look at a range. */
export interface GatherOptions {
  /** Updates that are about to happen, which may bring records about the commits. */
  readonly updates?: readonly RefUpdate[];
  /** A commit that becomes a case whatever it needs. */
  readonly also?: ObjectId | undefined;
  /** Where co-signs apart from commits are kept. */
  readonly ledger?: LedgerClaims | undefined;
  /** Whether only that commit becomes one. */
  readonly alone?: boolean;
  /** How commits are traced, if that need not be opened just for them. */
  readonly trace?: Tracer | undefined;
  /** How some of the commits were made, if that is known from elsewhere. */
  readonly made?: ReadonlyMap<ObjectId, Provenance> | undefined;
  /** Called from time to time with the number of commits read. */
  readonly progress?: ((commits: number) => void) | undefined;
}

/** For this many commits, or changed paths, records are looked for together. */
const AHEAD = { most: 50, costOf: ({ changes }: CommitReading) => changes.length, cost: 2_000 };

/** Reads every commit of a range, whichever parent it came by. Changes are read only where something is asked. */
export async function gather(
  repository: Repository,
  policy: Policy,
  target: Target,
  { tips, exclude }: CommitRange,
  { updates = [], also, alone = false, ledger, trace: shared, made, progress }: GatherOptions = {},
): Promise<GatheredRange> {
  // A ref that is put on a judged tip brings nothing; a push of thousands of such refs starts no walk.
  const range = { tips: tips.filter((tip) => !exclude.includes(tip)), exclude };
  const trace = shared ?? openTracer(repository, policy, { tip: range.tips[0], pushed: updates });
  const shape = new RangeShape(range, { linked: asksForMerges(policy) });
  const policyEntries = new Set<string>();
  const cases: Case[] = [];
  const doubts: CountersignError[] = [];
  let assisted = 0;
  const needs = { ...policy, inForce: target.policy?.entry };

  const finish = async (batch: readonly Commit[]): Promise<void> => {
    const said = await trace(batch);
    const traced = made
      ? said.map((one) => ({ ...one, provenance: made.get(one.commit.oid) ?? one.provenance }))
      : said;
    const open = async (reading: CommitReading) => {
      const found = await withRecords(openCase(policy, target, reading), reading, ledger);
      return { reading, found };
    };
    const ahead = ledger ? AHEAD : { ...AHEAD, most: 1 };
    for await (const { reading, found } of mapAhead(readFacts(repository, needs, traced), open, ahead)) {
      repository.throwIfEnded();
      const { commit, provenance, policyChanges } = reading;
      const isAssisted = provenance.state === "assisted";
      if (isAssisted) assisted += 1;
      for (const change of policyChanges) policyEntries.add(entryOf(change));
      if (found.doubt) doubts.push(found.doubt);
      const notable = isAssisted || policyChanges.length > 0 || found.breaches.length > 0;
      if (notable || commit.oid === also) cases.push(found);
    }
    progress?.(shape.count);
  };
  if (range.tips.length > 0) {
    for await (const batch of inBatches(repository.commits(range), ({ bytes }) => bytes.length)) {
      const commits = batch.map(parseCommit);
      for (const commit of commits) shape.add(commit);
      await finish(alone ? commits.filter(({ oid }) => oid === also) : commits);
    }
  }
  for (const tip of shape.missingTips) {
    if (!(await repository.isAncestor(tip, ...exclude))) throw new CountersignError("HISTORY_INCOMPLETE", { tip });
  }
  return { commits: shape.count, assisted, cases, doubts, shape, policyEntries };
}

function entryOf({ newMode, newOid, path }: Change): string {
  return `${newMode} ${newOid} ${decodeText(path)}`;
}
