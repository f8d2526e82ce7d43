import { lstatSync, readFileSync, readlinkSync, type Stats } from "node:fs";
import type { ObjectId } from "@countersign/core";
import { type HookEdit, objectFormatOf, zeroOid } from "@countersign/core/internal";
import { ObjectReader } from "@countersign/git/internal";
import { findChangedLines, needsHead } from "../content/changed-lines.ts";
import type { FileStatus } from "../content/file-status.ts";
import { hashFiles, hashLink } from "../content/hash-files.ts";
import {
  type ChangedLines,
  hashTelling,
  LARGEST_TEXT,
  type Lines,
  linesOf,
  readLines,
  without,
} from "../content/lines.ts";
import type { Mark } from "./mark.ts";
import type { WorkTree } from "./work-tree-place.ts";

/** A file that an agent is said to have changed, and what git says of it. */
export interface TouchedFile {
  readonly path: Buffer;
  readonly edit: HookEdit;
  /** Absent where it is as HEAD has it. */
  readonly status?: FileStatus | undefined;
}

/** What of a mark is about the file. */
export type FileMark = Pick<Mark, "path" | "blob" | "added" | "removed">;

/** What of a mark there is for each file; a text tells why there is none. */
export type MadeMarks = readonly { readonly path: Buffer; readonly mark: FileMark | string }[];

/** Makes the marks of files that were changed, or with `announced` of what is about to be. */
export async function makeMarks(
  tree: WorkTree,
  files: readonly TouchedFile[],
  { announced }: { readonly announced: boolean },
): Promise<MadeMarks> {
  const looked = files.map((file) => ({ ...file, found: look(tree, file, announced) }));
  const present = looked.filter(({ found }) => found === "present");
  const [blobs, heads] = await Promise.all([hashPresent(tree, present), readHeads(tree, present)]);
  return looked.map(({ found, ...file }) => {
    const { path } = file;
    if (found !== "present") return { path, mark: found };
    const blob = blobs.get(path);
    if (blob === undefined) return { path, mark: "cannot be read" };
    if (blob === file.status?.head) return { path, mark: "is as HEAD has it" };
    const now = readNow(tree, path);
    const head = heads.get(path);
    return { path, mark: fileMark(path, blob, now ? findChangedLines(file.edit, { now, head }) : NO_LINES) };
  });
}

const NO_LINES: ChangedLines = { added: new Set(), removed: new Set() };

/** What can be said of the file before git is asked for ids and contents. */
function look(tree: WorkTree, { path, edit, status }: TouchedFile, announced: boolean): FileMark | string | "present" {
  if (status?.state === "ignored") return "is ignored";
  const file = lstatSync(pathIn(tree, path), { throwIfNoEntry: false });
  if (file?.isDirectory() || status?.submodule) return "is a folder";
  if (announced) return unwrittenMark(tree, path, edit) ?? "is not told what will be in it";
  if (file && status) return isPlain(file) ? "present" : "is neither a file nor a link";
  if (!file && status?.head) return fileMark(path, zeroOid(objectFormatOf(status.head)), NO_LINES);
  return unwrittenMark(tree, path, edit) ?? (file ? "is as HEAD has it" : "is not there");
}

function isPlain(file: Stats): boolean {
  return file.isFile() || file.isSymbolicLink();
}

/** Some hooks are called before the file is written: then the text alone can be known again. */
function unwrittenMark(tree: WorkTree, path: Buffer, { written, replaced }: HookEdit): FileMark | undefined {
  const added = without(without(linesOf(written ?? []), linesOf(replaced ?? [])), readNow(tree, path) ?? new Set());
  const mark = fileMark(path, undefined, { added, removed: new Set() });
  return mark.added.length > 0 ? mark : undefined;
}

function fileMark(path: Buffer, blob: ObjectId | undefined, { added, removed }: ChangedLines): FileMark {
  const hashes = hashTelling(added);
  return {
    path: path.toString("latin1"),
    ...(blob === undefined ? {} : { blob }),
    added: hashes,
    // A line that a person changes too says nothing where the agent put another in its place.
    removed: hashes.length > 0 ? [] : hashTelling(removed),
  };
}

async function hashPresent(tree: WorkTree, files: readonly TouchedFile[]): Promise<ReadonlyMap<Buffer, ObjectId>> {
  const links = files.filter(({ path }) => lstatSync(pathIn(tree, path)).isSymbolicLink()).map(({ path }) => path);
  const plain = files.map(({ path }) => path).filter((path) => !links.includes(path));
  const [oids, ...linked] = await Promise.all([
    hashFiles(tree.context, plain),
    ...links.map(async (path) => {
      return [path, await hashLink(tree.context, readlinkSync(pathIn(tree, path), "buffer"))] as const;
    }),
  ]);
  return new Map([...oids, ...linked]);
}

/** The lines that HEAD has, of those files alone where nothing else tells what is the agent's. */
async function readHeads(tree: WorkTree, files: readonly TouchedFile[]): Promise<ReadonlyMap<Buffer, Lines>> {
  const asked = files.filter(({ edit, status }) => status?.head !== undefined && needsHead(edit));
  if (asked.length === 0) return new Map();
  const reader = new ObjectReader(tree.context);
  const answers = asked.map(async ({ path, status }) => {
    const blob = await reader.read(status?.head as ObjectId, LARGEST_TEXT + 1);
    return [path, (blob && readLines(blob.bytes)) ?? new Set<string>()] as const;
  });
  const heads = new Map(await Promise.all(answers));
  await reader.close();
  return heads;
}

function readNow(tree: WorkTree, path: Buffer): Lines | undefined {
  const full = pathIn(tree, path);
  try {
    const file = lstatSync(full);
    return file.isFile() && file.size <= LARGEST_TEXT ? readLines(readFileSync(full)) : undefined;
  } catch {
    return undefined;
  }
}

/** The file's path for the file system, byte for byte. */
export function pathIn({ root }: WorkTree, path: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), path]);
}
