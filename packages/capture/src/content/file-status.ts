import { isObjectId, type ObjectId, parseObjectId } from "@countersign/core";
import { isZeroOid } from "@countersign/core/internal";
import { type GitContext, readRecords } from "@countersign/git/internal";

/** A file that is not as HEAD has it, or that git is asked to ignore. */
export interface FileStatus {
  readonly path: Buffer;
  readonly state: "changed" | "untracked" | "ignored";
  /** Absent if HEAD has no such file. */
  readonly head?: ObjectId;
  readonly submodule: boolean;
}

/** What in a work tree differs from HEAD. */
export interface WorkTreeStatus {
  /** The commit; absent on a branch that has none. */
  readonly head?: ObjectId;
  readonly files: readonly FileStatus[];
}

const STATUS = ["status", "--porcelain=v2", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all"];

/** Asks git which files differ from HEAD: of these paths, with those that it ignores. */
export async function readStatusOf(context: GitContext, paths: readonly string[]): Promise<readonly FileStatus[]> {
  const records = await readRecords(context, [...STATUS, "--ignored=matching", "--", ...paths]);
  return records.flatMap((record) => parseRecord(record) ?? []);
}

/** The same of the whole work tree. */
export async function readStatus(context: GitContext): Promise<WorkTreeStatus> {
  const records = await readRecords(context, [...STATUS, "--branch"]);
  const heads = records.flatMap((record) => HEAD.exec(record.toString("latin1"))?.[1] ?? []).filter(isObjectId);
  const files = records.flatMap((record) => parseRecord(record) ?? []);
  return { files, ...(heads[0] === undefined ? {} : { head: heads[0] }) };
}

const HEAD = /^# branch\.oid (\S+)$/;

/** How many fields stand before the path, and which of them is the id in HEAD; of an unmerged file, on our side. */
const LAYOUT: Readonly<Record<string, { readonly fields: number; readonly head: number }>> = {
  "1": { fields: 8, head: 6 },
  u: { fields: 10, head: 8 },
};

function parseRecord(record: Buffer): FileStatus | undefined {
  const kind = record.toString("latin1", 0, 1);
  const layout = LAYOUT[kind];
  if (layout === undefined) {
    const state = kind === "?" ? "untracked" : "ignored";
    return kind === "?" || kind === "!" ? { path: record.subarray(2), state, submodule: false } : undefined;
  }
  let start = 0;
  const fields = Array.from({ length: layout.fields }, () => {
    const end = record.indexOf(0x20, start);
    const field = record.toString("latin1", start, end);
    start = end + 1;
    return field;
  });
  const head = parseObjectId(fields[layout.head] ?? "");
  const submodule = fields[2]?.startsWith("S") ?? false;
  return { path: record.subarray(start), state: "changed", submodule, ...(isZeroOid(head) ? {} : { head }) };
}
