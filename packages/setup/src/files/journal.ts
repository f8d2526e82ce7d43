import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CountersignError, type ObjectId } from "@countersign/core";
import type { FileState } from "./file-state.ts";
import type { Hunk } from "./step.ts";

/** What was done, in such a way that it can be undone. Paths are relative to the root of the work tree. */
export type Entry =
  | {
      readonly kind: "file";
      readonly path: string;
      /** Absent if the file was made. */
      readonly before?: { readonly base64: string; readonly mode: number };
      /** SHA-256 of what was written. Absent if the file was removed. */
      readonly after?: string;
      readonly hunks: readonly Hunk[];
    }
  | { readonly kind: "folder"; readonly path: string }
  | { readonly kind: "move"; readonly from: string; readonly to: string }
  /** A branch that was made, or moved on from `before`. */
  | { readonly kind: "branch"; readonly ref: string; readonly before?: ObjectId; readonly after: ObjectId }
  | { readonly kind: "setting"; readonly name: string; readonly before?: string; readonly after?: string };

/** What one run of `init` did. */
export interface Session {
  /** The root of the work tree that it was run in; an absolute path. */
  readonly root: string;
  /** Oldest first. */
  readonly entries: readonly Entry[];
}

export function fileEntry(
  path: string,
  before: FileState | undefined,
  after: FileState | undefined,
  hunks: readonly Hunk[] = [],
): Entry {
  return {
    kind: "file",
    path,
    ...(before ? { before: { base64: before.bytes.toString("base64"), mode: before.mode } } : {}),
    ...(after ? { after: digest(after.bytes) } : {}),
    hunks,
  };
}

export function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const VERSION = 1;

/** The journal of this clone, kept in the git folder that its work trees share: oldest session first. */
export function readJournal(commonDir: string): readonly Session[] {
  const path = journalPath(commonDir);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new CountersignError("FILE_UNREADABLE", { file: path, reason: (error as Error).message }, { cause: error });
  }
  try {
    const { version, sessions } = JSON.parse(text) as { version: unknown; sessions: readonly Session[] };
    if (version !== VERSION || !Array.isArray(sessions)) throw new Error("it is of another version of countersign");
    return sessions;
  } catch (cause) {
    throw new CountersignError("FILE_UNREADABLE", { file: path, reason: (cause as Error).message }, { cause });
  }
}

/** An empty journal counts as none. */
export function writeJournal(commonDir: string, sessions: readonly Session[]): void {
  const path = journalPath(commonDir);
  if (sessions.length > 0) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify({ version: VERSION, sessions }, null, 1)}\n`);
    return;
  }
  rmSync(path, { force: true });
  try {
    rmdirSync(dirname(path));
  } catch {
    // Others have files there, or it is gone.
  }
}

function journalPath(commonDir: string): string {
  return join(commonDir, "countersign", "init.json");
}
