import { isObjectId, type ObjectId } from "@countersign/core";
import { shortName } from "../content/short-hash.ts";

/** What an agent's hook reported: the agent left this file with this content. */
export interface Mark {
  readonly agent: string;
  readonly model?: string;
  readonly session?: string;
  /** From the root of the work tree; a character a byte, since git's paths are bytes. */
  readonly path: string;
  /** The id that `git add` would give the content; zeros for a file that was deleted, absent for one not yet written. */
  readonly blob?: ObjectId;
  /** Seconds since 1970. */
  readonly time: number;
  /** Stands for the work tree that the file is in. */
  readonly worktree: string;
  /** Hashes of the lines that the agent added, and of those that it removed where it added none. */
  readonly added: readonly number[];
  readonly removed: readonly number[];
}

const VERSION = 1;
const BLOB_DIGITS = 16;

/**
 * The name of a mark's file, which is the index to it: by path, by content, by session. The same content from the same
 * session is the same mark.
 */
export function markName(mark: Mark): string {
  const content = mark.blob?.slice(0, BLOB_DIGITS) ?? `-${shortName(mark.added.join())}`;
  return `${pathKey(mark.path)}-${content}-${shortName(JSON.stringify([mark.agent, mark.session]))}.json`;
}

/** What the names of a path's marks begin with. */
export function pathKey(path: string): string {
  return shortName(path);
}

export interface MarkName {
  readonly name: string;
  readonly pathKey: string;
  /** The beginning of the blob's id; empty for a mark without one. */
  readonly blobKey: string;
}

/** Reads a mark's name; undefined for the name of anything else. */
export function parseMarkName(name: string): MarkName | undefined {
  const [, path, blob = ""] = /^([0-9a-f]{14})-(?:([0-9a-f]{16})|-[0-9a-f]{14})-[0-9a-f]{14}\.json$/.exec(name) ?? [];
  return path === undefined ? undefined : { name, pathKey: path, blobKey: blob };
}

export function blobKey(blob: ObjectId): string {
  return blob.slice(0, BLOB_DIGITS);
}

export function formatMark(mark: Mark): string {
  return `${JSON.stringify({ version: VERSION, ...mark })}\n`;
}

/**
 * Reads a mark's file; undefined if it is of another version or not as it was written.
 * @throws if it is not JSON.
 */
export function parseMark(text: string): Mark | undefined {
  const { version, ...mark } = Object(JSON.parse(text)) as Partial<Mark> & { readonly version?: number };
  const { agent, model, session, path, blob, time, worktree, added, removed } = mark;
  const isWhole =
    version === VERSION &&
    [agent, path, worktree].every((text) => typeof text === "string") &&
    [model, session].every((text) => text === undefined || typeof text === "string") &&
    (blob === undefined || (typeof blob === "string" && isObjectId(blob))) &&
    typeof time === "number" &&
    isNumbers(added) &&
    isNumbers(removed);
  return isWhole ? (mark as Mark) : undefined;
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((element) => typeof element === "number");
}
