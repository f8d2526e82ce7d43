import { mkdirSync, renameSync, rmdirSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { branchName } from "@countersign/core/internal";
import { git, readOwnSetting, writeOwnSetting } from "@countersign/git/internal";
import { readState } from "./file-state.ts";
import { fileProblem, folderProblem, statLink, type Workplace } from "./grounds.ts";
import { digest, type Entry } from "./journal.ts";
import { writeFile } from "./write-file.ts";

/** What becomes of one thing: `keep` where it was changed since in such a way that our part cannot be told apart. */
export interface Undoing {
  readonly what: string;
  readonly how: "remove" | "restore" | "remove our part" | "keep";
  readonly act?: () => Promise<void> | void;
}

type FileEntry = Extract<Entry, { kind: "file" }>;

/** Undoes the entries, the last one first, and returns those of which anything was left. */
export async function undo(place: Workplace, entries: readonly Entry[]): Promise<readonly Undoing[]> {
  const done: Undoing[] = [];
  for (const entry of entries.toReversed()) {
    const undoing = await prepare(place, entry);
    if (!undoing) continue;
    await undoing.act?.();
    done.push(undoing);
  }
  return done;
}

/** What `undo` would do as things stand. */
export async function previewUndo(place: Workplace, entries: readonly Entry[]): Promise<readonly Undoing[]> {
  const undoings = await Promise.all(entries.toReversed().map((entry) => prepare(place, entry)));
  return undoings.filter((undoing) => undoing !== undefined);
}

/** How one entry is undone; undefined if nothing is left of it. */
async function prepare(place: Workplace, entry: Entry): Promise<Undoing | undefined> {
  switch (entry.kind) {
    case "file":
      return undoFile(place, entry);
    case "folder":
      return undoFolder(place, entry.path);
    case "move":
      return undoMove(place, entry);
    case "branch":
      return undoBranch(place, entry);
    case "setting": {
      const { name, before, after } = entry;
      const current = await readOwnSetting(place.context, name);
      if (current === before) return undefined;
      if (current !== after) return { what: `git config ${name}`, how: "keep" };
      const how = before === undefined ? "remove" : "restore";
      return { what: `git config ${name}`, how, act: () => writeOwnSetting(place.context, name, before) };
    }
  }
}

function undoFile(place: Workplace, { path, before, after, hunks }: FileEntry): Undoing | undefined {
  const file = join(place.root, path);
  // A link that came since leads to what is not ours.
  if (fileProblem(place, file) !== undefined) return { what: path, how: "keep" };
  const current = readState(file);
  const currentDigest = current && digest(current.bytes);
  const former = before && { bytes: Buffer.from(before.base64, "base64"), mode: before.mode };
  if (currentDigest === after) {
    if (!former) return current ? { what: path, how: "remove", act: () => unlinkSync(file) } : undefined;
    return {
      what: path,
      how: "restore",
      act: () => {
        mkdirSync(dirname(file), { recursive: true });
        writeFile(file, former, true);
      },
    };
  }
  // Someone took it away already, or put it back.
  if (!current || (former && current.bytes.equals(former.bytes))) return undefined;
  const text = current.bytes.toString("latin1");
  const rest = withoutHunks(text, hunks);
  if (rest === undefined) return { what: path, how: "keep" };
  if (rest === "" && !former) return { what: path, how: "remove", act: () => unlinkSync(file) };
  const state = { bytes: Buffer.from(rest, "latin1"), mode: current.mode };
  return { what: path, how: "remove our part", act: () => writeFile(file, state, true) };
}

/** The text without what was inserted; undefined if that does not stand there once and as it was. */
function withoutHunks(text: string, hunks: FileEntry["hunks"]): string | undefined {
  let rest = text;
  for (const { removed, inserted } of [...hunks].reverse()) {
    const [ours, theirs] = [toLatin1(inserted), toLatin1(removed)];
    const at = rest.indexOf(ours);
    if (ours === "" || at < 0 || rest.indexOf(ours, at + 1) >= 0) return undefined;
    rest = rest.slice(0, at) + theirs + rest.slice(at + ours.length);
  }
  return hunks.length > 0 ? rest : undefined;
}

function toLatin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function undoMove(place: Workplace, { from, to }: Extract<Entry, { kind: "move" }>): Undoing | undefined {
  const [source, target] = [join(place.root, to), join(place.root, from)];
  if (!statLink(source)) return undefined;
  if (fileProblem(place, target) !== undefined) return { what: from, how: "keep" };
  return {
    what: from,
    how: "restore",
    act: () => {
      if (!statLink(target)) renameSync(source, target);
    },
  };
}

/** Only what is empty goes, and that is seen when its turn comes. */
function undoFolder(place: Workplace, path: string): Undoing | undefined {
  const folder = join(place.root, path);
  if (!statLink(folder) || folderProblem(place, folder) !== undefined) return undefined;
  return {
    what: `${path}/`,
    how: "remove",
    act: () => {
      try {
        rmdirSync(folder);
      } catch {
        // Others have files there now.
      }
    },
  };
}

/** Goes on from where others have not. */
async function undoBranch(
  { context }: Workplace,
  { ref, before, after }: Extract<Entry, { kind: "branch" }>,
): Promise<Undoing | undefined> {
  const what = `branch ${branchName(ref) ?? ref}`;
  const { output } = await git(context, ["rev-parse", "--verify", "--quiet", ref], [0, 1]);
  const current = output.trim();
  if (current === "" || current === before) return undefined;
  if (current !== after) return { what, how: "keep" };
  const args = before === undefined ? ["update-ref", "-d", ref, after] : ["update-ref", ref, before, after];
  return { what, how: before === undefined ? "remove" : "restore", act: async () => void (await git(context, args)) };
}
