import {
  type Change,
  type ChangeOptions,
  type CommitChanges,
  type CommitParents,
  CountersignError,
  isObjectId,
  type ObjectId,
} from "@countersign/core";
import { type GitContext, startGit } from "./git.ts";

/**
 * Every setting that could alter the output is given: no renames, no text conversion, no configured order or
 * external program, full ids, NUL-ended records. `--always` prints a commit that changes nothing too.
 */
const DIFF_TREE = [
  "diff-tree",
  "--stdin",
  "--root",
  "--always",
  "--raw",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--no-ext-diff",
  "--no-textconv",
  "--no-relative",
  "-O/dev/null",
  "--ignore-submodules=none",
];

/** Lines are counted over all files as text and by the smallest difference, so that no attribute or setting matters. */
const COUNT_LINES = ["--numstat", "--text", "--minimal"];

/** Asks one `git diff-tree --stdin` for the changes of many commits. */
export async function* readChanges(
  context: GitContext,
  commits: readonly CommitParents[],
  { names, lines = false }: ChangeOptions,
): AsyncGenerator<CommitChanges> {
  if (commits.length === 0) return;
  const args = [...DIFF_TREE, ...(lines ? COUNT_LINES : []), ...(names ? [] : ["-r"])];
  const git = startGit(context, args);
  // The parent is named, so that neither a graft nor a shallow boundary can choose it. A root has none.
  git.stdin.end(commits.map(({ oid, parents }) => `${oid}${parents[0] ? ` ${parents[0]}` : ""}\n`).join(""));
  try {
    let answered = 0;
    let current: { commit: ObjectId; changes: Change[] } | undefined;
    for await (const record of records(git.stdout)) {
      if (typeof record === "string") {
        if (current) yield current;
        answered += 1;
        current = { commit: record as ObjectId, changes: [] };
      } else if ("status" in record) {
        // Chosen here: a pathspec starts from the current folder, and loses files in a tree that is out of order.
        if (!names || names.includes(record.path.toString())) current?.changes.push(record);
      } else if (current) addLines(current.changes, record);
    }
    await git.ended;
    if (current) yield current;
    if (answered !== commits.length) throw incomplete(`${answered} answers to ${commits.length} questions`);
  } finally {
    git.kill();
  }
}

interface LineCount {
  readonly path: Buffer;
  readonly added: number;
  readonly deleted: number;
}

/** A commit's id, a change, or the line count of a change that came before. */
type Record = string | RawChange | LineCount;

type RawChange = Change & { readonly path: Buffer };

const RAW = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([ADMT])$/;

async function* records(stream: AsyncIterable<Buffer>): AsyncGenerator<Record> {
  let raw: RegExpExecArray | undefined;
  for await (const field of fields(stream)) {
    if (raw) {
      const [, oldMode = "", newMode = "", oldOid = "", newOid = "", status = ""] = raw;
      yield {
        path: field,
        oldMode,
        newMode,
        oldOid: oldOid as ObjectId,
        newOid: newOid as ObjectId,
        status: status as Change["status"],
      };
      raw = undefined;
      continue;
    }
    const text = field.toString("latin1");
    const count = /^(\d+|-)\t(\d+|-)\t/.exec(text);
    raw = RAW.exec(text) ?? undefined;
    if (isObjectId(text)) yield text;
    // A hyphen stands for a file that git takes for binary, be it by an attribute; its lines stay uncounted here.
    else if (count?.[1] === "-") continue;
    else if (count) yield { path: field.subarray(count[0].length), added: Number(count[1]), deleted: Number(count[2]) };
    else if (!raw) throw incomplete(`an unreadable record: ${text.slice(0, 80)}`);
  }
}

/** NUL-ended fields. */
async function* fields(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const buffer: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (let nul = buffer.indexOf(0); nul >= 0; nul = buffer.indexOf(0, at)) {
      yield buffer.subarray(at, nul);
      at = nul + 1;
    }
    rest = buffer.subarray(at);
  }
  if (rest.length > 0) throw incomplete("a record without an end");
}

function addLines(changes: Change[], { path, added, deleted }: LineCount): void {
  const index = changes.findIndex((change) => change.lines === undefined && path.equals(change.path));
  const change = changes[index];
  if (change) changes[index] = { ...change, lines: { added, deleted } };
}

function incomplete(problem: string): CountersignError {
  return new CountersignError("GIT_FAILED", { command: "git diff-tree --stdin", end: problem, said: "" });
}
