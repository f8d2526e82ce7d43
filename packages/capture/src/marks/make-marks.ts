import { lstatSync, type Stats } from "node:fs";
import type { ObjectId } from "@countersign/core";
import { type HookEdit, objectFormatOf, zeroOid } from "@countersign/core/internal";
import { ObjectReader } from "@countersign/git/internal";
import { findChangedLines, needsHead } from "../content/changed-lines.ts";
import { identifyFiles, pathIn } from "../content/file-ids.ts";
import type { FileStatus } from "../content/file-status.ts";
import {
  type ChangedLines,
  hashTelling,
  LARGEST_TEXT,
  type Lines,
  linesOf,
  readFileLines,
  readLines,
  without,
} from "../content/lines.ts";
import { shortHash } from "../content/short-hash.ts";
import type { Mark } from "./mark.ts";
import type { WorkTree } from "./work-tree-place.ts";

/** A file that an agent is said to have changed, and what git says of it. */
export interface TouchedFile {
  readonly path: Buffer;
  readonly edit: HookEdit;
  /** Absent if it is as HEAD has it. */
  readonly status?: FileStatus | undefined;
  /** The id of what is in it, where that is known already. */
  readonly now?: ObjectId | undefined;
  /** Hashes of the lines that it had before the event, where that was noted: the agent added none of them. */
  readonly before?: ReadonlySet<number> | undefined;
}

/** The part of a mark that is about the file. */
export type FileMark = Pick<Mark, "path" | "blob" | "added" | "removed">;

/** The mark of each file, or a text that says why it has none. */
export type MadeMarks = readonly { readonly path: Buffer; readonly mark: FileMark | string }[];

/** Makes the marks of files that were changed, or with `announced` of what is about to be. */
export async function makeMarks(
  tree: WorkTree,
  files: readonly TouchedFile[],
  { announced }: { readonly announced: boolean },
): Promise<MadeMarks> {
  const looked = files.map((file) => ({ ...file, found: look(tree, file, announced) }));
  const present = looked.filter(({ found }) => found === "present");
  const [blobs, heads] = await Promise.all([
    identifyFiles(
      tree.context,
      tree.root,
      present.filter(({ now }) => now === undefined).map(({ path }) => path),
    ),
    readHeads(tree, present),
  ]);
  return looked.map(({ found, ...file }) => {
    const { path } = file;
    if (found !== "present") return { path, mark: found };
    const blob = file.now ?? blobs.get(path);
    if (blob === undefined) return { path, mark: "cannot be read" };
    if (blob === file.status?.head) return { path, mark: "is as HEAD has it" };
    const text = readFileLines(pathIn(tree.root, path));
    const head = heads.get(path);
    const lines = text ? findChangedLines(file.edit, { now: text, head }) : NO_LINES;
    return { path, mark: fileMark(path, blob, since(file.before, lines)) };
  });
}

const NO_LINES: ChangedLines = { added: new Set(), removed: new Set() };

/** The part of the change that was made after the file had these lines. */
function since(before: TouchedFile["before"], lines: ChangedLines): ChangedLines {
  if (before === undefined) return lines;
  const had = (line: string): boolean => before.has(shortHash(line));
  return {
    added: new Set([...lines.added].filter((line) => !had(line))),
    removed: new Set([...lines.removed].filter(had)),
  };
}

/** What can be said of the file before git is asked for ids and contents. */
function look(tree: WorkTree, { path, edit, status }: TouchedFile, announced: boolean): FileMark | string | "present" {
  if (status?.state === "ignored") return "is ignored";
  const file = lstatSync(pathIn(tree.root, path), { throwIfNoEntry: false });
  if (file?.isDirectory() || status?.submodule) return "is a folder";
  if (announced) return unwrittenMark(tree, path, edit) ?? "is not given its content";
  if (file && status) return isPlain(file) ? "present" : "is neither a file nor a link";
  if (!file && status?.head) return fileMark(path, zeroOid(objectFormatOf(status.head)), NO_LINES);
  return unwrittenMark(tree, path, edit) ?? (file ? "is as HEAD has it" : "is not there");
}

function isPlain(file: Stats): boolean {
  return file.isFile() || file.isSymbolicLink();
}

/** Some hooks are called before the file is written: then the text alone can be known again. */
function unwrittenMark(tree: WorkTree, path: Buffer, { written, replaced }: HookEdit): FileMark | undefined {
  const added = without(
    without(linesOf(written ?? []), linesOf(replaced ?? [])),
    readFileLines(pathIn(tree.root, path)) ?? new Set(),
  );
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

/** The lines that HEAD has, of those files alone where nothing else says what is the agent's. */
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
