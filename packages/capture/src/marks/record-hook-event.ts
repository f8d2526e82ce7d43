import { resolve } from "node:path";
import type { HookEdit, HookEvent } from "@countersign/core/internal";
import { pathIn } from "../content/file-ids.ts";
import { type FileStatus, readStatusOf } from "../content/file-status.ts";
import { linesOf, readFileLines } from "../content/lines.ts";
import { shortName } from "../content/short-hash.ts";
import { findChanged } from "./find-changed.ts";
import { findStashed } from "./find-stashed.ts";
import { type FileMark, type MadeMarks, makeMarks, type TouchedFile } from "./make-marks.ts";
import type { Mark } from "./mark.ts";
import { MarkStore } from "./mark-store.ts";
import { SessionNotes } from "./session-notes.ts";
import { MOST_FILES, takeSnapshot } from "./snapshot.ts";
import { sweepMarks } from "./sweep-marks.ts";
import { readTranscriptModel } from "./transcript-model.ts";
import { findPlace, findWorkTree, type WorkTree } from "./work-tree-place.ts";

/** What came of a hook's event. */
export interface Recorded {
  /** Paths of the files that are marked now, as text. */
  readonly marked: readonly string[];
  /** Why others are not. */
  readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

const LONGEST_SESSION = 200;

/**
 * Keeps what an agent's hook reported: marks of the files that it wrote, and what the files were before its commands. Nothing but the marks'
 * own folder in the repository is written to.
 * @throws if git or the file system fails.
 */
export async function recordHookEvent(
  event: HookEvent,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Recorded> {
  const base = resolve(cwd, event.cwd ?? "");
  const { trees, skipped } = await groupEdits(event, base, env);
  const home = event.shell || trees.size === 0 ? await findWorkTree(base, env) : undefined;
  if (home && !trees.has(home.root)) trees.set(home.root, { tree: home, edits: new Map() });
  const marked: string[] = [];
  for (const { tree, edits } of trees.values()) {
    const result = await recordInTree(event, tree, edits, tree.root === home?.root);
    marked.push(...result.marked);
    skipped.push(...result.skipped);
  }
  return { marked, skipped };
}

/** The edits of one work tree, by path. */
type Edits = ReadonlyMap<string, HookEdit>;

async function groupEdits(
  { edits }: HookEvent,
  base: string,
  env: NodeJS.ProcessEnv,
): Promise<{
  trees: Map<string, { tree: WorkTree; edits: Map<string, HookEdit> }>;
  skipped: { path: string; why: string }[];
}> {
  const trees = new Map<string, { tree: WorkTree; edits: Map<string, HookEdit> }>();
  const skipped: { path: string; why: string }[] = [];
  for (const edit of edits.slice(0, MOST_FILES)) {
    const place = await findPlace(resolve(base, fromUnixForm(edit.path)), env);
    if (!place) skipped.push({ path: edit.path, why: "is in no work tree" });
    else {
      const { tree, path } = place;
      if (!trees.has(tree.root)) trees.set(tree.root, { tree, edits: new Map() });
      const known = trees.get(tree.root)?.edits;
      known?.set(path, mergeEdits(known.get(path), edit));
    }
  }
  return { trees, skipped };
}

/** Two edits of one file as one. Where one of them does not say what it wrote, neither does the whole. */
function mergeEdits(first: HookEdit | undefined, second: HookEdit): HookEdit {
  if (!first || second.kind === "deleted") return second;
  const { path, kind } = second;
  const join = (a: HookEdit["written"], b: HookEdit["written"]) => a && b && [...a, ...b];
  const [written, replaced] = [join(first.written, second.written), join(first.replaced, second.replaced)];
  return {
    path,
    kind,
    ...(written === undefined ? {} : { written }),
    ...(replaced === undefined ? {} : { replaced }),
    ...(first.original === undefined ? {} : { original: first.original }),
  };
}

/** On Windows some agents write `/c:/work` for `c:\work`. */
function fromUnixForm(path: string): string {
  return process.platform === "win32" ? path.replace(/^\/(?=[A-Za-z]:)/, "") : path;
}

async function recordInTree(event: HookEvent, tree: WorkTree, edits: Edits, isHome: boolean): Promise<Recorded> {
  const notes = new SessionNotes(tree.commonDir, event);
  const isNew = notes.hear();
  const { files, stashed } = await findTouched(event, tree, edits, isHome ? notes : undefined);
  const store = new MarkStore(tree.commonDir);
  const made: MadeMarks = [
    ...(await makeMarks(tree, files, event)),
    ...stashed.map((mark) => ({ path: Buffer.from(mark.path, "latin1"), mark })),
  ];
  if (made.some(({ mark }) => typeof mark !== "string")) {
    const about = describe(event, tree);
    for (const { mark } of made) if (typeof mark !== "string") store.write({ ...about, ...mark });
  }
  // Seldom enough, and never while someone commits.
  if (isNew) await sweepMarks(store, notes, tree);
  return {
    marked: made.filter(({ mark }) => typeof mark !== "string").map(({ path }) => path.toString()),
    skipped: made.flatMap(({ path, mark }) => (typeof mark === "string" ? [{ path: path.toString(), why: mark }] : [])),
  };
}

interface Touched {
  readonly files: readonly TouchedFile[];
  /** What it left in a stash alone. */
  readonly stashed: readonly FileMark[];
}

/** What the event touched; with `notes`, also by a command whose beginning is noted there. */
async function findTouched(
  event: HookEvent,
  tree: WorkTree,
  edits: Edits,
  notes: SessionNotes | undefined,
): Promise<Touched> {
  const named = { files: await findEdited(event, tree, edits), stashed: [] };
  if (!event.shell || !notes) return named;
  if (event.phase === "before") {
    notes.begin(await takeSnapshot(tree));
    return named;
  }
  const beginning = notes.end();
  // Without one, nothing shows what the command did: a person may have written all of it.
  if (beginning?.snapshot.worktree !== shortName(tree.gitDir)) return named;
  const changed = await findChanged(tree, beginning);
  const stashed = await findStashed(tree, beginning.snapshot);
  return { files: event.guessed ? changed : [...named.files, ...changed], stashed };
}

async function findEdited(
  { phase, announced, guessed }: HookEvent,
  tree: WorkTree,
  edits: Edits,
): Promise<readonly TouchedFile[]> {
  if (edits.size === 0 || (phase === "before" && !announced)) return [];
  const statuses = await readStatusOf(tree.context, [...edits.keys()]);
  const touched = [...edits].map(([name, edit]) => {
    const path = Buffer.from(name);
    return { path, edit, status: statuses.find((status) => isAbout(status, path)) };
  });
  return guessed ? touched.filter(({ path, edit }) => holds(pathIn(tree.root, path), edit)) : touched;
}

/** Whether a file holds what a tool may have written. */
function holds(path: Buffer, { written = [] }: HookEdit): boolean {
  const now = readFileLines(path);
  const lines = linesOf(written);
  return now !== undefined && lines.size > 0 && [...lines].every((line) => now.has(line));
}

/** An ignored folder stands for all that is in it. */
function isAbout({ path: named, state }: FileStatus, path: Buffer): boolean {
  if (named.equals(path)) return true;
  return state === "ignored" && named.at(-1) === SLASH && path.subarray(0, named.length).equals(named);
}

const SLASH = 0x2f;

/** The part of a mark that is about the event. */
function describe(
  { agent, session, model, transcript }: HookEvent,
  tree: WorkTree,
): Omit<Mark, "path" | "added" | "removed"> {
  const known = model ?? (transcript && readTranscriptModel(transcript.path, transcript.model));
  return {
    agent,
    ...(known === undefined ? {} : { model: known }),
    ...(session === undefined ? {} : { session: session.slice(0, LONGEST_SESSION) }),
    time: Math.floor(Date.now() / 1000),
    worktree: shortName(tree.gitDir),
  };
}
