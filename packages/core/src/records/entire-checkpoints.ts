import { decodeText } from "../bytes.ts";
import { parseCommit } from "../object/commit.ts";
import { type Folder, FolderReader, isFolder } from "../object/folder-reader.ts";
import { isRegularFile } from "../object/mode.ts";
import type { ObjectId } from "../object/oid.ts";
import type { AgentIndex } from "../provenance/agent-index.ts";
import type { Evidence, Provenance } from "../provenance/provenance.ts";
import type { Repository } from "../repository.ts";
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

const BRANCH = "entire/checkpoints/v1";
const METADATA = "metadata.json";
const METADATA_LIMIT = 1024 * 1024;
/** No more checkpoints of a commit, and sessions of a checkpoint, are asked. */
const MOST = 20;

interface Branch {
  readonly ref: string;
  readonly tree: ObjectId;
}

/**
 * The checkpoints of Entire. The commit's own trailer proves that an agent's session took part; its checkpoint, on a
 * branch beside, names the agent.
 */
export class EntireCheckpoints implements Recorder {
  readonly #repository: Repository;
  readonly #index: AgentIndex;
  readonly #folders: FolderReader;
  #branches: Promise<readonly Branch[]> | undefined;

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
    this.#branches ??= this.#findBranches();
    const path = [id.slice(0, 2), id.slice(2)];
    for (const { ref, tree } of await this.#branches) {
      try {
        const entry = await this.#folders.find(tree, path);
        if (!entry || !isFolder(entry)) continue;
        return await this.#readFolder(await this.#folders.open(entry.oid), ref, path.join("/"));
      } catch (error) {
        return [unreadRecord("checkpoint", ref, whyAbsent(error))];
      }
    }
    return [];
  }

  /** The branch here, then those that were fetched. */
  async #findBranches(): Promise<readonly Branch[]> {
    const local = await this.#repository.refs(`refs/heads/${BRANCH}`);
    const fetched = (await this.#repository.refs("refs/remotes")).filter(({ name }) => name.endsWith(`/${BRANCH}`));
    const branches: Branch[] = [];
    for (const { name, oid } of [...local, ...fetched]) {
      const commit = await this.#repository.peelToCommit(oid);
      const tree = commit && parseCommit(await this.#repository.commit(commit)).tree;
      if (tree) branches.push({ ref: name, tree });
    }
    return branches;
  }

  /** The checkpoint's own metadata, and those of its sessions, which lie in numbered folders. */
  async #readFolder(folder: Folder, ref: string, path: string): Promise<readonly Evidence[]> {
    const sessions = [...folder.values()].filter((entry) => /^[0-9]+$/.test(entry.path) && isFolder(entry));
    const evidence = await this.#readMetadata(folder, ref, path);
    for (const { path: number, oid } of sessions.slice(0, MOST)) {
      evidence.push(...(await this.#readMetadata(await this.#folders.open(oid), ref, `${path}/${number}`)));
    }
    const agents = new Map(evidence.map((sign) => [`${sign.agent} ${sign.strength}`, sign]));
    return [...agents.values()];
  }

  async #readMetadata(folder: Folder, ref: string, path: string): Promise<Evidence[]> {
    const entry = folder.get(METADATA);
    if (!entry || !isRegularFile(entry.mode)) return [];
    const names = parseCheckpoint(await this.#repository.blob(entry.oid, METADATA_LIMIT));
    if (!names) return [unreadRecord("checkpoint", ref, `${path}/${METADATA} is no JSON object`)];
    return names
      .slice(0, MOST)
      .map((name) =>
        recordedEvidence("checkpoint", "strong", agentOfTool(name, undefined, this.#index), ref, `${path}: ${name}`),
      );
  }
}

const CHECKPOINT = /^Entire-Checkpoint[ \t]*:[ \t]*([0-9a-f]{12})$/i;

/** The ids of the checkpoints by which the commit is known to be assisted. */
function checkpointsOf({ evidence }: Provenance): readonly string[] {
  const ids = new Set<string>();
  for (const { kind, strength, text } of evidence) {
    const id = kind === "checkpoint" && strength === "strong" ? CHECKPOINT.exec(text)?.[1]?.toLowerCase() : undefined;
    if (id !== undefined && ids.size < MOST) ids.add(id);
  }
  return [...ids];
}

/** What Entire wrote for an agent that it did not know. */
const NAMELESS = "Agent";

/** The agents that the `metadata.json` of a checkpoint or of one of its sessions names; undefined where it is damaged. */
export function parseCheckpoint(bytes: Uint8Array): readonly string[] | undefined {
  const fields = fieldsOf(parseJson(decodeText(bytes)));
  if (fields === undefined) return undefined;
  const { agent, agents } = fields;
  const names = [agent, agents, ...itemsOf(agents)].map(textOf);
  return [...new Set(names)].filter((name) => name !== undefined && name !== "" && name !== NAMELESS) as string[];
}
