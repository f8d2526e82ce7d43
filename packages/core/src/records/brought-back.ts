import { inBatches } from "../batches.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import type { ObjectId } from "../object/oid.ts";
import { concludeProvenance } from "../provenance/detect.ts";
import { withFewSigns } from "../provenance/few-signs.ts";
import { findReverted, type RevertedCommit } from "../provenance/message/reverted.ts";
import type { AssistanceClass, Evidence, Provenance } from "../provenance/provenance.ts";
import type { Repository } from "../repository.ts";
import type { TracedCommit, Tracer } from "./recorder.ts";

/** No message that a person wrote names more commits. */
const MOST_NAMED = 100;
/** More commits of a reverted merge are not looked at. */
const MOST_MERGED = 10_000;

/** Those who had a part in what is brought back. */
type Helpers = Pick<Provenance, "agents" | "class">;

const NOBODY: Helpers = { agents: [], class: undefined };
/** Beyond the limits nobody is known, which is not nobody. */
const SOMEBODY: Helpers = { agents: ["unknown"], class: "authored" };

/**
 * Adds to what is known of commits that their messages take back a revert of assisted work, and so bring that work back.
 * A commit that is named and not here says nothing.
 */
export function withBroughtBack(repository: Repository, read: Tracer, counted: Iterable<AssistanceClass>): Tracer {
  const trace: Tracer = async (commits) => broughtBack.add(await read(commits));
  const broughtBack = new BroughtBack(repository, trace, counted);
  return trace;
}

class BroughtBack {
  readonly #repository: Repository;
  /** Tells of the reverted commits, which may have brought work back themselves. */
  readonly #trace: Tracer;
  readonly #counted: Iterable<AssistanceClass>;
  /** Whose work the commits that were asked about took out, by their ids. */
  readonly #takenOut = new Map<ObjectId, Promise<readonly Helpers[]>>();

  constructor(repository: Repository, trace: Tracer, counted: Iterable<AssistanceClass>) {
    this.#repository = repository;
    this.#trace = trace;
    this.#counted = counted;
  }

  async add(traced: readonly TracedCommit[]): Promise<readonly TracedCommit[]> {
    const all: TracedCommit[] = [];
    for (const one of traced) all.push(await this.#addTo(one));
    return all;
  }

  async #addTo({ commit, provenance }: TracedCommit): Promise<TracedCommit> {
    const named = commit.malformed === undefined ? findReverted(commit.message) : [];
    if (named.length === 0) return { commit, provenance };
    const found: Evidence[] = [];
    for (const reverted of named.slice(0, MOST_NAMED)) {
      for (const helpers of await this.#findTakenOut(reverted.oid)) found.push(...evidenceOf(reverted, helpers));
    }
    const beyond = named[MOST_NAMED];
    if (beyond) found.push(...evidenceOf(beyond, SOMEBODY));
    if (found.length === 0) return { commit, provenance };
    const evidence = [...provenance.evidence, ...found];
    return { commit, provenance: withFewSigns(concludeProvenance(evidence, { countAsAssisted: this.#counted })) };
  }

  #findTakenOut(oid: ObjectId): Promise<readonly Helpers[]> {
    const known = this.#takenOut.get(oid) ?? this.#readTakenOut(oid);
    this.#takenOut.set(oid, known);
    return known;
  }

  /** Who had a part in what a commit took out, as its message says. */
  async #readTakenOut(oid: ObjectId): Promise<readonly Helpers[]> {
    const commit = await this.#read(oid);
    const named = commit ? findReverted(commit.message) : [];
    const found: Helpers[] = [];
    for (const { oid: original } of named.slice(0, MOST_NAMED)) found.push(await this.#findHelpers(original));
    if (named.length > MOST_NAMED) found.push(SOMEBODY);
    return found.filter(({ agents }) => agents.length > 0);
  }

  /** Who had a part in a commit, or in what it merged. */
  async #findHelpers(oid: ObjectId): Promise<Helpers> {
    const commit = await this.#read(oid);
    if (!commit) return NOBODY;
    const helpers = unite(await this.#trace([commit]));
    const [first, ...merged] = commit.parents;
    if (first === undefined || merged.length === 0) return helpers;
    const range = { tips: merged, exclude: [first], most: MOST_MERGED };
    const all = [helpers];
    let count = 0;
    for await (const batch of inBatches(this.#repository.commits(range), ({ bytes }) => bytes.length)) {
      count += batch.length;
      all.push(unite(await this.#trace(batch.map(parseCommit))));
    }
    return join(count < MOST_MERGED ? all : [...all, SOMEBODY]);
  }

  async #read(oid: ObjectId): Promise<Commit | undefined> {
    const found = await this.#repository.peelToCommit(oid);
    const commit = found && parseCommit(await this.#repository.commit(found));
    return commit?.malformed === undefined ? commit : undefined;
  }
}

function evidenceOf({ line, text }: RevertedCommit, { agents, class: part }: Helpers): readonly Evidence[] {
  const sign = { kind: "revert", where: { line }, text, strength: "strong", class: part ?? "authored" } as const;
  return agents.map((agent) => ({ ...sign, agent }));
}

function unite(traced: readonly TracedCommit[]): Helpers {
  return join(traced.map(({ provenance }) => (provenance.state === "assisted" ? provenance : NOBODY)));
}

function join(all: readonly Helpers[]): Helpers {
  const agents = [...new Set(all.flatMap((one) => one.agents))];
  const parts = all.flatMap((one) => one.class ?? []);
  return { agents, class: parts.includes("authored") ? "authored" : parts[0] };
}
