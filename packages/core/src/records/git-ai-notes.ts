import { parseCommit } from "../object/commit.ts";
import { FolderReader, isFolder } from "../object/folder-reader.ts";
import { isRegularFile } from "../object/mode.ts";
import type { ObjectId } from "../object/oid.ts";
import type { AgentIndex } from "../provenance/agent-index.ts";
import type { Evidence } from "../provenance/provenance.ts";
import { isDeleted, type RefUpdate } from "../ref.ts";
import type { Repository } from "../repository.ts";
import { readNote } from "./read-note.ts";
import { RECORD_LIMIT, type Recorded, type Recorder, type TracedCommit, unreadRecord, whyAbsent } from "./recorder.ts";

/** One state of a notes ref. */
interface NotesTip {
  readonly ref: string;
  readonly oid: ObjectId;
}

/**
 * The notes that git-ai attaches to commits. Their refs are read by full name and as trees: `git notes` would follow
 * `GIT_NOTES_REF` and `core.notesRef` to any other.
 */
export class GitAiNotes implements Recorder {
  readonly #repository: Repository;
  readonly #index: AgentIndex;
  readonly #pushed: readonly RefUpdate[];
  readonly #folders: FolderReader;
  #tips: Promise<readonly NotesTip[]> | undefined;

  /** `pushed`: notes that come in the same push count before they are stored under their ref, and those that it removes. */
  constructor(repository: Repository, index: AgentIndex, pushed: readonly RefUpdate[]) {
    this.#repository = repository;
    this.#index = index;
    this.#pushed = pushed;
    this.#folders = new FolderReader(repository);
  }

  async *read(commits: readonly TracedCommit[]): AsyncGenerator<Recorded> {
    this.#tips ??= this.#findTips();
    const tips = await this.#tips;
    for (const { commit } of commits) {
      const evidence: Evidence[] = [];
      const seen = new Set<ObjectId>();
      for (const tip of tips) evidence.push(...(await this.#readNotes(tip, commit.oid, seen)));
      if (evidence.length > 0) yield { commit: commit.oid, evidence };
    }
  }

  /** Every state of every notes ref, once. */
  async #findTips(): Promise<readonly NotesTip[]> {
    const stored = (await this.#repository.refs("refs/notes")).map(({ name, oid }) => ({ ref: name, oid }));
    const coming = this.#pushed.flatMap((update) =>
      [...(isDeleted(update) ? [] : [update.new]), update.old].map((oid) => ({ ref: update.ref, oid })),
    );
    const tips = new Map<ObjectId, NotesTip>();
    for (const { ref, oid } of [...stored, ...coming].filter(({ ref }) => holdsNotes(ref))) {
      const commit = await this.#repository.peelToCommit(oid);
      const tree = commit && parseCommit(await this.#repository.commit(commit)).tree;
      if (tree && !tips.has(tree)) tips.set(tree, { ref, oid: tree });
    }
    return [...tips.values()];
  }

  async #readNotes({ ref, oid }: NotesTip, commit: ObjectId, seen: Set<ObjectId>): Promise<readonly Evidence[]> {
    const evidence: Evidence[] = [];
    try {
      for (const note of await findNotes(this.#folders, oid, commit)) {
        if (seen.has(note)) continue;
        seen.add(note);
        evidence.push(...readNote(await this.#repository.blob(note, RECORD_LIMIT), ref, this.#index));
      }
    } catch (error) {
      evidence.push(unreadRecord("note", ref, whyAbsent(error)));
    }
    return evidence;
  }
}

/** git-ai's own ref, and where it fetches those of remotes to. */
function holdsNotes(ref: string): boolean {
  return ref === "refs/notes/ai" || ref.startsWith("refs/notes/ai-remote/");
}

/**
 * The notes of a commit in a tree of notes. Each lies under the commit's id, whose digits are split into folders by twos
 * as the notes grow many: within one tree some lie deeper than others, and more than one can be of one commit.
 */
export async function findNotes(folders: FolderReader, root: ObjectId, commit: ObjectId): Promise<readonly ObjectId[]> {
  const notes: ObjectId[] = [];
  let at: ObjectId | undefined = root;
  for (let digits = 0; at !== undefined && digits < commit.length; digits += 2) {
    const entries = await folders.open(at);
    const note = entries.get(commit.slice(digits));
    if (note && isRegularFile(note.mode)) notes.push(note.oid);
    const folder = entries.get(commit.slice(digits, digits + 2));
    at = folder && isFolder(folder) ? folder.oid : undefined;
  }
  return notes;
}
