import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObjectId, type ObjectId } from "@countersign/core";
import { identifyFiles, pathIn } from "../content/file-ids.ts";
import { type FileStatus, readStatus } from "../content/file-status.ts";
import { hashAll, readFileLines } from "../content/lines.ts";
import { shortName } from "../content/short-hash.ts";
import type { WorkTree } from "./work-tree-place.ts";

/** What in a work tree differed from HEAD before an event that names no content. */
export interface Snapshot {
  /** Stands for the work tree. */
  readonly worktree: string;
  readonly head?: ObjectId;
  readonly files: ReadonlyMap<string, NotedFile>;
  /** Whether there were more files than are noted. */
  readonly cut: boolean;
  /** What was stashed then. */
  readonly stashes: readonly ObjectId[];
}

export interface NotedFile {
  /** Absent if the file was gone. */
  readonly oid?: ObjectId;
  /** Hashes of its lines; absent if it has none, or there were too many. */
  readonly lines?: readonly number[];
}

/** The agent waits for its hook, so that there is an end to the files of one event. */
export const MOST_FILES = 5000;
/** Beyond so many lines, the ids alone are noted. */
const MOST_LINES = 50_000;

export async function takeSnapshot(tree: WorkTree): Promise<Snapshot> {
  const { head, files } = await readStatus(tree.context);
  const dirty = files.filter(isNoted);
  const paths = dirty.slice(0, MOST_FILES).map(({ path }) => path);
  const oids = await identifyFiles(tree.context, tree.root, paths);
  let left = MOST_LINES;
  const noted = paths.map((path): readonly [string, NotedFile] => {
    const oid = oids.get(path);
    const lines = oid === undefined || left <= 0 ? undefined : readFileLines(pathIn(tree.root, path));
    left -= lines?.size ?? 0;
    return [
      path.toString("latin1"),
      { ...(oid === undefined ? {} : { oid }), ...(lines === undefined ? {} : { lines: [...hashAll(lines)] }) },
    ];
  });
  return {
    worktree: shortName(tree.gitDir),
    ...(head === undefined ? {} : { head }),
    files: new Map(noted),
    cut: dirty.length > paths.length,
    stashes: listStashes(tree),
  };
}

/** Submodules have marks of their own, and what git ignores is not committed. */
export function isNoted({ submodule, state }: FileStatus): boolean {
  return !submodule && state !== "ignored";
}

const MOST_STASHES = 20;

/** The newest stashes, as the log of their ref lists them. */
export function listStashes({ commonDir }: WorkTree): readonly ObjectId[] {
  const log = join(commonDir, "logs/refs/stash");
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, "latin1").trimEnd().split("\n").slice(-MOST_STASHES);
  return lines.map((line) => line.split(" ", 2)[1] ?? "").filter(isObjectId);
}

const VERSION = 1;

export function formatSnapshot({ files, ...snapshot }: Snapshot): string {
  return `${JSON.stringify({ version: VERSION, ...snapshot, files: [...files] })}\n`;
}

/** Reads what was written; undefined for anything else. It is our own file, and a damaged one only says nothing. */
export function parseSnapshot(text: string): Snapshot | undefined {
  try {
    const { version, files, ...snapshot } = JSON.parse(text);
    return version === VERSION ? { ...snapshot, files: new Map(files) } : undefined;
  } catch {
    return undefined;
  }
}
