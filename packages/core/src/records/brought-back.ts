import { inBatches } from "../batches.ts";
import { firstOfEach } from "../group-by.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { concludeProvenance } from "../provenance/detect.ts";
import { fewSigns } from "../provenance/few-signs.ts";
import { findReverted } from "../provenance/message/reverted.ts";
import type { AssistanceClass, Evidence, Provenance } from "../provenance/provenance.ts";
import type { Repository } from "../repository.ts";
import type { TracedCommit, Tracer } from "./recorder.ts";

/** No message that a person wrote names more commits. */
const MOST_NAMED = 100;
/** More commits of a reverted merge are not looked at. */
const MOST_MERGED = 10_000;

/** The part that an agent had in what is brought back. */
export type Help = Pick<Evidence, "agent" | "class" | "model">;

/** Beyond the limits nobody is known, which is not nobody. */
const SOMEBODY: Help = { agent: "unknown", class: "authored" };

/**
 * Adds to what is known of commits that their messages take back a revert of assisted work, and so bring that work back.
 * A commit that is named and not here says nothing.
 */
export function withBroughtBack(repository: Repository, read: Tracer, counted: Iterable<AssistanceClass>): Tracer {
  const trace: Tracer = async (commits) => {
    const all: TracedCommit[] = [];
    for (const { commit, provenance } of await read(commits)) {
      all.push({ commit, provenance: await addBroughtBack(history, commit, provenance, counted) });
    }
    return all;
  };
  const history = new RevertHistory(repository, trace);
  return trace;
}

async function addBroughtBack(
  history: RevertHistory,
  commit: Commit,
  provenance: Provenance,
  countAsAssisted: Iterable<AssistanceClass>,
): Promise<Provenance> {
  const named = commit.malformed === undefined ? findReverted(commit.message) : [];
  if (named.length === 0) return provenance;
  const found: Evidence[] = [];
  for (const [index, { oid, line, text }] of named.slice(0, MOST_NAMED + 1).entries()) {
    const helps = index < MOST_NAMED ? await history.takenOutBy(oid) : [SOMEBODY];
    for (const help of helps) found.push({ kind: "revert", where: { line }, text, strength: "strong", ...help });
  }
  if (found.length === 0) return provenance;
  return concludeProvenance(fewSigns([...provenance.evidence, ...found]), { countAsAssisted });
}

/** What reverts took out of a repository, as their messages say. */
export class RevertHistory {
  readonly #repository: Repository;
  readonly #trace: Tracer;
  /** By the commits that were asked about. */
  readonly #takenOut = new Map<ObjectId, Promise<readonly Help[]>>();

  /** `trace` is of the reverted commits. */
  constructor(repository: Repository, trace: Tracer) {
    this.#repository = repository;
    this.#trace = trace;
  }

  /** The help with what a commit took out, as its message says. */
  takenOutBy(oid: ObjectId): Promise<readonly Help[]> {
    const known = this.#takenOut.get(oid) ?? this.#readTakenOut(oid);
    this.#takenOut.set(oid, known);
    return known;
  }

  /** The help with a commit, or with what it merged. */
  async helpWith(oid: ObjectId): Promise<readonly Help[]> {
    const commit = await this.#read(oid);
    if (!commit) return [];
    const helps = helpIn(await this.#trace([commit]));
    const [first, ...merged] = commit.parents;
    if (first === undefined || merged.length === 0) return helps;
    const all = [...helps];
    let count = 0;
    const brought = this.#repository.commits({ tips: merged, exclude: [first], most: MOST_MERGED });
    for await (const batch of inBatches(brought, ({ bytes }) => bytes.length)) {
      count += batch.length;
      all.push(...helpIn(await this.#trace(batch.map(parseCommit))));
    }
    return distinct(count < MOST_MERGED ? all : [...all, SOMEBODY]);
  }

  async #readTakenOut(oid: ObjectId): Promise<readonly Help[]> {
    const commit = await this.#read(oid);
    const named = commit ? findReverted(commit.message) : [];
    const found: Help[] = named.length > MOST_NAMED ? [SOMEBODY] : [];
    for (const { oid: original } of named.slice(0, MOST_NAMED)) found.push(...(await this.helpWith(original)));
    return distinct(found);
  }

  async #read(oid: ObjectId): Promise<Commit | undefined> {
    const found = await this.#repository.peelToCommit(oid);
    const commit = found && parseCommit(await this.#repository.commit(found));
    return commit?.malformed === undefined ? commit : undefined;
  }
}

function helpIn(traced: readonly TracedCommit[]): readonly Help[] {
  const assisted = traced.filter(({ provenance }) => provenance.state === "assisted");
  const strong = assisted.flatMap(({ provenance }) => provenance.evidence.filter((sign) => sign.strength === "strong"));
  return distinct(
    strong.map(({ agent, class: part, model }) => ({ agent, class: part, ...(model === undefined ? {} : { model }) })),
  );
}

function distinct(helps: readonly Help[]): readonly Help[] {
  return firstOfEach(helps, ({ agent, class: part, model }) => JSON.stringify([agent, part, model]));
}
