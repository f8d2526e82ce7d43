import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { CountersignError } from "@countersign/core";
import { formatMark, type Mark, type MarkName, markName, parseMark, parseMarkName } from "./mark.ts";

const TEMPORARY = ".tmp";
/** Some thousands of line hashes fit; we write no larger one. */
const LARGEST_MARK = 1024 * 1024;

/**
 * The marks of a repository, shared by its work trees: a folder with a file for each, which is never changed. Every file
 * is written beside and renamed, so that any number of agents can mark at once and nobody reads half a mark.
 */
export class MarkStore {
  readonly folder: string;

  constructor(commonDir: string) {
    this.folder = join(commonDir, "countersign", "marks");
  }

  /** Keeps a mark. One that is there already is only made young again. */
  write(mark: Mark): void {
    const path = join(this.folder, markName(mark));
    if (touch(path)) return;
    mkdirSync(this.folder, { recursive: true });
    const temporary = join(this.folder, `${process.pid}-${Math.random().toString(36).slice(2)}${TEMPORARY}`);
    writeFileSync(temporary, formatMark(mark), { flag: "wx" });
    renameSync(temporary, path);
  }

  /**
   * The names of all marks.
   * @throws `MARKS_UNREADABLE` if there is something that cannot be listed.
   */
  list(): readonly MarkName[] {
    return this.#entries().flatMap((entry) => parseMarkName(entry) ?? []);
  }

  /** The mark of this name. Undefined if it is gone: another process may remove it at any time. */
  read(name: string): Mark | "damaged" | undefined {
    try {
      const path = join(this.folder, name);
      const status = lstatSync(path);
      // Reading a pipe, or a link to a device, would never end.
      if (!status.isFile() || status.size > LARGEST_MARK) return "damaged";
      return parseMark(readFileSync(path, "utf8")) ?? "damaged";
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "damaged";
    }
  }

  /** The names of the marks that cannot be read, or not by this version. */
  listDamaged(): readonly string[] {
    return this.list()
      .map(({ name }) => name)
      .filter((name) => this.read(name) === "damaged");
  }

  /** When it was written, or made young again, in milliseconds since 1970. */
  age(name: string): number | undefined {
    return statSync(join(this.folder, name), { throwIfNoEntry: false })?.mtimeMs;
  }

  /** What a process left that was ended while it wrote. */
  listTemporary(): readonly string[] {
    return this.#entries().filter((entry) => entry.endsWith(TEMPORARY));
  }

  /** Another process may have removed it first. */
  remove(name: string): void {
    try {
      unlinkSync(join(this.folder, name));
    } catch {}
  }

  #entries(): readonly string[] {
    try {
      return readdirSync(this.folder);
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code === "ENOENT") return [];
      throw new CountersignError("MARKS_UNREADABLE", { folder: this.folder, reason: message }, { cause });
    }
  }
}

function touch(path: string): boolean {
  try {
    const now = new Date();
    utimesSync(path, now, now);
    return true;
  } catch {
    return false;
  }
}
