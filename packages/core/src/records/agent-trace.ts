import { decodeText } from "../bytes.ts";
import type { Change } from "../object/change.ts";
import type { Commit } from "../object/commit.ts";
import { FolderReader, isFolder } from "../object/folder-reader.ts";
import { isRegularFile } from "../object/mode.ts";
import { isZeroOid, type ObjectId } from "../object/oid.ts";
import type { AgentIndex } from "../provenance/agent-index.ts";
import type { Evidence } from "../provenance/provenance.ts";
import type { Repository } from "../repository.ts";
import { agentOfTool } from "./agent-of-tool.ts";
import {
  RECORD_LIMIT,
  type Recorded,
  type Recorder,
  recordedEvidence,
  type TracedCommit,
  unreadRecord,
  whyAbsent,
} from "./recorder.ts";
import { addedLines, parseTraceRecords, type TracedFile, type TraceRecord } from "./trace-records.ts";

const FOLDER = ".agent-trace";
const FILE = "traces.jsonl";
const PLACE = `${FOLDER}/${FILE}`;

/** No more is reported of one commit. */
const MOST = 20;

/** A record that names a commit, by coming with it or by its id. */
interface Naming {
  readonly record: TraceRecord;
  readonly by: "commit" | "revision";
}

/**
 * The records of Agent Trace in the tree. A record speaks for the commit that brings it, and for the commit that it
 * names as its revision; in both cases only where that commit changes a file that the record gives to an agent.
 */
export class AgentTrace implements Recorder {
  readonly #repository: Repository;
  readonly #index: AgentIndex;
  readonly #tip: ObjectId | undefined;
  readonly #folders: FolderReader;
  #byRevision: Promise<ReadonlyMap<ObjectId, readonly TraceRecord[]>> | undefined;

  /** `tip`: where to look for records that name commits by their ids, which no commit can do for itself. */
  constructor(repository: Repository, index: AgentIndex, tip: ObjectId | undefined) {
    this.#repository = repository;
    this.#index = index;
    this.#tip = tip;
    this.#folders = new FolderReader(repository);
  }

  async *read(traced: readonly TracedCommit[]): AsyncGenerator<Recorded> {
    const commits = new Map(traced.map(({ commit }) => [commit.oid, commit]));
    const named = new Map<ObjectId, Naming[]>();
    const name = (oid: ObjectId, by: Naming["by"], records: Iterable<TraceRecord>): void => {
      for (const record of records) append(named, oid, { record, by });
    };
    const all = [...commits.values()];
    for await (const { commit, changes } of this.#repository.changes(all, { names: [FOLDER] })) {
      const subject = commits.get(commit);
      if (!subject || !changes.some(({ newOid }) => !isZeroOid(newOid))) continue;
      try {
        name(commit, "commit", parseTraceRecords(await this.#readAdded(subject)));
      } catch (error) {
        yield { commit, evidence: [unreadRecord("note", PLACE, whyAbsent(error))] };
      }
    }
    this.#byRevision ??= this.#readRevisions();
    const byRevision = await this.#byRevision;
    for (const oid of commits.keys()) name(oid, "revision", byRevision.get(oid) ?? []);

    const asked = all.filter(({ oid }) => named.has(oid));
    for await (const { commit, changes } of this.#repository.changes(asked)) {
      const evidence = await this.#weigh(named.get(commit) ?? [], changes);
      if (evidence.length > 0) yield { commit, evidence };
    }
  }

  /** The lines of records that a commit itself brings: none of its parents has them. */
  async #readAdded({ oid, parents }: Commit): Promise<readonly string[]> {
    const now = await this.#readFile(oid);
    const earlier = now && (await Promise.all(parents.map((parent) => this.#readFile(parent))));
    return now && earlier
      ? addedLines(
          now,
          earlier.filter((bytes) => bytes !== undefined),
        )
      : [];
  }

  async #readFile(commit: ObjectId): Promise<Uint8Array | undefined> {
    const [folder] = await this.#repository.rootEntries(commit, [FOLDER]);
    const file = folder && isFolder(folder) ? (await this.#folders.open(folder.oid)).get(FILE) : undefined;
    return file && isRegularFile(file.mode) ? this.#repository.blob(file.oid, RECORD_LIMIT) : undefined;
  }

  async #readRevisions(): Promise<ReadonlyMap<ObjectId, readonly TraceRecord[]>> {
    const records = new Map<ObjectId, TraceRecord[]>();
    const bytes = this.#tip && (await this.#readFile(this.#tip).catch((error) => void whyAbsent(error)));
    for (const record of bytes ? parseTraceRecords(addedLines(bytes, [])) : []) {
      if (record.revision) append(records, record.revision, record);
    }
    return records;
  }

  async #weigh(named: readonly Naming[], changes: readonly Change[]): Promise<readonly Evidence[]> {
    const changed = new Map(changes.map((change) => [decodeText(change.path), change]));
    const stays = new Map<string, boolean>();
    const found = new Map<string, Evidence>();
    for (const { record, by } of named) {
      for (const file of record.files) {
        const change = changed.get(file.path);
        if (!change || found.size >= MOST) continue;
        if (by === "revision" && !stays.has(file.path)) stays.set(file.path, await this.#stays(change, file.path));
        const strength = by === "commit" || stays.get(file.path) ? "strong" : "weak";
        const sign = this.#sign(record, file, strength);
        const key = JSON.stringify([sign.agent, sign.model]);
        if (found.get(key)?.strength !== "strong") found.set(key, sign);
      }
    }
    return [...found.values()];
  }

  /**
   * Whether the file is still as the commit left it. Some recorders name the commit that an agent wrote in, others the one
   * that it started from: where the file was changed since, the record may be about that.
   */
  async #stays({ newOid }: Change, path: string): Promise<boolean> {
    if (this.#tip === undefined) return false;
    const [first = "", ...rest] = path.split("/");
    const [entry] = await this.#repository.rootEntries(this.#tip, [first]);
    const end = rest.length === 0 ? entry : entry && isFolder(entry) && (await this.#folders.find(entry.oid, rest));
    return end ? end.oid === newOid : isZeroOid(newOid);
  }

  #sign({ tool }: TraceRecord, { path, type, model }: TracedFile, strength: Evidence["strength"]): Evidence {
    const agent = agentOfTool(tool, model, this.#index);
    return recordedEvidence(
      "note",
      strength,
      agent,
      PLACE,
      [`${path}: ${type}`, tool, model].filter(Boolean).join(", "),
    );
  }
}

function append<Value>(map: Map<ObjectId, Value[]>, oid: ObjectId, value: Value): void {
  const values = map.get(oid);
  if (values) values.push(value);
  else map.set(oid, [value]);
}
