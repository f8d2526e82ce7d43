import type { Change } from "@countersign/core";
import { groupBy } from "@countersign/core/internal";
import { type GitContext, git, readStagedAgainst } from "@countersign/git/internal";
import { ChangedHashes } from "../content/changed-hashes.ts";
import { blobKey, type Mark, pathKey } from "./mark.ts";
import type { MarkStore } from "./mark-store.ts";

/** An agent that wrote some of what is staged. */
export interface MarkedAssistance {
  readonly agent: string;
  readonly model?: string;
  /** The staged paths that hold its work, as bytes. */
  readonly paths: readonly Uint8Array[];
}

/** What the marks say of changes. */
export interface MarkedChanges {
  readonly assistances: readonly MarkedAssistance[];
  /** The paths of which a mark cannot be read: some agent wrote there. */
  readonly unreadable: readonly Uint8Array[];
}

const UNMARKED: MarkedChanges = { assistances: [], unreadable: [] };

/**
 * Finds the agents whose marks say that they wrote some of these changes: the difference of the index from the commit
 * that the new one will have as its parent. A damaged mark still says by its name what was written, and not by whom.
 * `since`: only by marks that were made after that, in milliseconds since 1970.
 * @throws `MARKS_UNREADABLE`, and where git fails.
 */
export async function findMarkedAssistance(
  context: GitContext,
  store: MarkStore,
  staged: readonly Change[],
  since?: number,
): Promise<MarkedChanges> {
  if (staged.length === 0) return UNMARKED;
  const found = findCandidates(store, staged, since);
  const { unreadable } = found;
  const candidates = found.candidates.length > 0 ? await withoutKnown(context, found.candidates) : [];
  if (candidates.length === 0) return { ...UNMARKED, unreadable };
  const changes = new ChangedHashes(context);
  const assisting = new Map<string, { agent: string; model?: string; paths: Uint8Array[] }>();
  for (const { change, mark, exact } of candidates) {
    const { agent, model } = mark;
    const key = JSON.stringify([agent, model]);
    if (assisting.get(key)?.paths.includes(change.path)) continue;
    if (!exact && !(await changes.hold(change, mark))) continue;
    const assistance = assisting.get(key) ?? { agent, ...(model === undefined ? {} : { model }), paths: [] };
    assistance.paths.push(change.path);
    assisting.set(key, assistance);
  }
  await changes.close();
  return { assistances: withoutRepeated([...assisting.values()]), unreadable };
}

/** A mark that names no model says nothing beside one of the same agent's that does. */
function withoutRepeated(found: readonly MarkedAssistance[]): readonly MarkedAssistance[] {
  return found.filter(({ agent, model, paths }) => {
    const named = found.filter((other) => other.agent === agent && other.model !== undefined);
    return model !== undefined || !paths.every((path) => named.some((other) => other.paths.includes(path)));
  });
}

/** A mark that can be about a change. It surely is where the agent wrote the very content that is staged. */
type Candidate = { readonly change: Change } & (
  | { readonly exact: true; readonly mark: Pick<Mark, "agent" | "model"> & Partial<Pick<Mark, "path">> }
  | { readonly exact: false; readonly mark: Mark }
);

interface Candidates extends Pick<MarkedChanges, "unreadable"> {
  /** Those that surely are first. */
  readonly candidates: readonly Candidate[];
}

/** Without those about content that the upstream branch has at that very path, or HEAD at another one: it is not new. */
async function withoutKnown(context: GitContext, candidates: readonly Candidate[]): Promise<readonly Candidate[]> {
  const differing = readStagedAgainst(context, "@{upstream}");
  const fresh = differing && new Set(differing.map(({ path }) => textOf(path)));
  const kept = candidates.filter(({ change }) => !fresh || fresh.has(textOf(change.path)));
  if (!kept.some(isElsewhere)) return kept;
  const { output } = await git(context, ["ls-tree", "-r", "HEAD"], [0, 128]);
  return kept.filter((candidate) => !isElsewhere(candidate) || !output.includes(candidate.change.newOid));
}

/** Whether an agent wrote that content to another path. */
function isElsewhere(candidate: Candidate): boolean {
  return candidate.exact && candidate.mark.path !== undefined && candidate.mark.path !== textOf(candidate.change.path);
}

/** Paths are bytes: a character a byte. */
function textOf(path: Uint8Array): string {
  return Buffer.from(path).toString("latin1");
}

/** By the catalogue, an agent that nothing names. */
const SOMEBODY = { agent: "unknown" };

/** Opens the marks that can be about a change, and no others. */
function findCandidates(store: MarkStore, staged: readonly Change[], since = 0): Candidates {
  const names = store.list().filter(({ name }) => since === 0 || (store.age(name) ?? since) >= since);
  if (names.length === 0) return { candidates: [], unreadable: [] };
  const byPath = groupBy(names, (name) => name.pathKey);
  const byBlob = groupBy(names, (name) => name.blobKey);
  const moved = new Set(staged.filter(({ status }) => status === "D").map(({ oldOid }) => oldOid));
  const marks = new Map<string, ReturnType<MarkStore["read"]>>();
  const read = (name: string): ReturnType<MarkStore["read"]> => {
    if (!marks.has(name)) marks.set(name, store.read(name));
    return marks.get(name);
  };
  const unreadable = new Set<Uint8Array>();
  const candidates = staged.flatMap((change) => {
    const path = textOf(change.path);
    // A file that was only moved has the content of the one who wrote it before.
    const elsewhere =
      change.status === "D" || moved.has(change.newOid) ? [] : (byBlob.get(blobKey(change.newOid)) ?? []);
    const own = byPath.get(pathKey(path)) ?? [];
    const edited = change.newOid !== change.oldOid;
    return [...new Set([...elsewhere, ...own])].flatMap(({ name, blobKey: blob }): readonly Candidate[] => {
      const mark = read(name);
      if (!mark) return [];
      if (mark === "damaged") {
        unreadable.add(change.path);
        return edited && blob === blobKey(change.newOid) ? [{ change, exact: true, mark: SOMEBODY }] : [];
      }
      if (edited && mark.blob === change.newOid) return [{ change, exact: true, mark }];
      return mark.path === path ? [{ change, exact: false, mark }] : [];
    });
  });
  return {
    candidates: [...candidates.filter(({ exact }) => exact), ...candidates.filter(({ exact }) => !exact)],
    unreadable: [...unreadable],
  };
}
