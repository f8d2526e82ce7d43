import { decodeText } from "../bytes.ts";
import { parseCommit } from "../object/commit.ts";
import { type Folder, FolderReader, isFolder } from "../object/folder-reader.ts";
import { isRegularFile } from "../object/mode.ts";
import type { ObjectId } from "../object/oid.ts";
import type { AgentIndex } from "../provenance/agent-index.ts";
import type { Evidence, Provenance } from "../provenance/provenance.ts";
import type { RefTip, Repository } from "../repository.ts";
import { agentOfTool } from "./agent-of-tool.ts";
import { fieldsOf, itemsOf, parseJson, textOf } from "./json.ts";
import {
  type Recorded,
  type Recorder,
  recordedEvidence,
  type TracedCommit,
  unreadRecord,
  whyAbsent,
} from "./recorder.ts";

/** The branch of all checkpoints, each in a folder of it. */
const BRANCH = "entire/checkpoints/v1";
/** Where such a branch stood for a while that is not one, and where each checkpoint has a ref of its own since 2026. */
const REFS = "refs/entire/checkpoints";
const METADATA = "metadata.json";
const METADATA_LIMIT = 1024 * 1024;
/** No more checkpoints of a commit, and sessions of a checkpoint, are asked. */
const MOST = 20;

interface Place {
  readonly ref: string;
  readonly tree: ObjectId;
}

/**
 * The checkpoints of Entire. The commit's own trailer proves that an agent's session took part; its checkpoint, at a ref
 * or on a branch beside, names the agent.
 */
export class EntireCheckpoints implements Recorder {
  readonly #repository: Repository;
  readonly #index: AgentIndex;
  readonly #folders: FolderReader;
  /** By full name: there may be one for each checkpoint. */
  #refs: Promise<ReadonlyMap<string, RefTip>> | undefined;
  #branches: Promise<readonly Place[]> | undefined;

  constructor(repository: Repository, index: AgentIndex) {
    this.#repository = repository;
    this.#index = index;
    this.#folders = new FolderReader(repository);
  }

  async *read(commits: readonly TracedCommit[]): AsyncGenerator<Recorded> {
    for (const { commit, provenance } of commits) {
      const evidence: Evidence[] = [];
      for (const id of checkpointsOf(provenance)) evidence.push(...(await this.#readCheckpoint(id)));
      if (evidence.length > 0) yield { commit: commit.oid, evidence };
    }
  }

  async #readCheckpoint(id: string): Promise<readonly Evidence[]> {
    this.#refs ??= this.#listRefs();
    const own = (await this.#refs).get(`${REFS}/${id.slice(-2)}/${id}`);
    const place = own && (await this.#openPlace(own));
    if (place) return (await this.#readPlace(place, "", async () => place.tree)) ?? [];
    this.#branches ??= this.#findBranches(await this.#refs);
    const path = [id.slice(0, 2), id.slice(2)];
    for (const branch of await this.#branches) {
      const evidence = await this.#readPlace(branch, `${path.join("/")}/`, async () => {
        const entry = await this.#folders.find(branch.tree, path);
        return entry && isFolder(entry) ? entry.oid : undefined;
      });
      if (evidence) return evidence;
    }
    return [];
  }

  /** What the folder of a checkpoint says; `start` is the way to it. */
  async #readPlace(
    { ref }: Place,
    start: string,
    find: () => Promise<ObjectId | undefined>,
  ): Promise<readonly Evidence[] | undefined> {
    try {
      const tree = await find();
      return tree && (await this.#readFolder(await this.#folders.open(tree), ref, start));
    } catch (error) {
      return [unreadRecord("checkpoint", ref, whyAbsent(error))];
    }
  }

  /** The branch here, what stood in its place for a while, then the branches that were fetched. */
  async #listRefs(): Promise<ReadonlyMap<string, RefTip>> {
    return new Map((await this.#repository.refs(REFS)).map((ref) => [ref.name, ref]));
  }

  async #findBranches(refs: ReadonlyMap<string, RefTip>): Promise<readonly Place[]> {
    const local = await this.#repository.refs(`refs/heads/${BRANCH}`);
    const former = [refs.get(`${REFS}/v1.1`)].filter((ref) => ref !== undefined);
    const fetched = (await this.#repository.refs("refs/remotes")).filter(({ name }) => name.endsWith(`/${BRANCH}`));
    const places = await Promise.all([...local, ...former, ...fetched].map((ref) => this.#openPlace(ref)));
    return places.filter((place) => place !== undefined);
  }

  async #openPlace({ name, oid }: RefTip): Promise<Place | undefined> {
    const commit = await this.#repository.peelToCommit(oid);
    const tree = commit && parseCommit(await this.#repository.commit(commit)).tree;
    return tree && { ref: name, tree };
  }

  /** The checkpoint's own metadata, and those of its sessions, which lie in numbered folders. */
  async #readFolder(folder: Folder, ref: string, start: string): Promise<readonly Evidence[]> {
    const sessions = [...folder.values()].filter((entry) => /^[0-9]+$/.test(entry.path) && isFolder(entry));
    const evidence = await this.#readMetadata(folder, ref, start);
    for (const { path: number, oid } of sessions.slice(0, MOST)) {
      evidence.push(...(await this.#readMetadata(await this.#folders.open(oid), ref, `${start}${number}/`)));
    }
    const agents = new Map(evidence.map((sign) => [`${sign.agent} ${sign.strength}`, sign]));
    return [...agents.values()];
  }

  async #readMetadata(folder: Folder, ref: string, start: string): Promise<Evidence[]> {
    const entry = folder.get(METADATA);
    if (!entry || !isRegularFile(entry.mode)) return [];
    const path = start === "" ? METADATA : start.slice(0, -1);
    const names = parseCheckpoint(await this.#repository.blob(entry.oid, METADATA_LIMIT));
    if (!names) return [unreadRecord("checkpoint", ref, `${start}${METADATA} is not a JSON object`)];
    return names
      .slice(0, MOST)
      .map((name) =>
        recordedEvidence("checkpoint", "strong", agentOfTool(name, undefined, this.#index), ref, `${path}: ${name}`),
      );
  }
}

/** Twelve hex digits, or since 2026 a ULID; what a ref or a path could not hold is in no id. */
const CHECKPOINT = /^Entire-Checkpoint[ \t]*:[ \t]*([0-9a-z]{4,64})$/i;
const HEX = /^[0-9a-f]{12}$/i;

/** The ids of the checkpoints by which the commit is known to be assisted. */
function checkpointsOf({ evidence }: Provenance): readonly string[] {
  const ids = new Set<string>();
  for (const { kind, strength, text } of evidence) {
    const id = kind === "checkpoint" && strength === "strong" ? CHECKPOINT.exec(text)?.[1] : undefined;
    if (id !== undefined && ids.size < MOST) ids.add(HEX.test(id) ? id.toLowerCase() : id);
  }
  return [...ids];
}

/** What Entire wrote for an agent that it did not know. */
const NAMELESS = "Agent";

/** The agents that the `metadata.json` of a checkpoint or of one of its sessions names; undefined if it is damaged. */
export function parseCheckpoint(bytes: Uint8Array): readonly string[] | undefined {
  const fields = fieldsOf(parseJson(decodeText(bytes)));
  if (fields === undefined) return undefined;
  const { agent, agents } = fields;
  const names = [agent, agents, ...itemsOf(agents)].map(textOf);
  return [...new Set(names)].filter((name) => name !== undefined && name !== "" && name !== NAMELESS) as string[];
}
