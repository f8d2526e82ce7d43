import { decodeText, equalBytes, LF } from "../bytes.ts";
import { isObjectId, type ObjectId } from "../object/oid.ts";
import { fieldsOf, itemsOf, parseJson, textOf } from "./json.ts";

/** A file that an agent wrote in, by one record of Agent Trace. */
export interface TracedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly type: "ai" | "mixed";
  readonly model: string | undefined;
}

/** A record of Agent Trace that names work of an agent. */
export interface TraceRecord {
  readonly tool: string;
  /** The commit that it names, where it names one of git's. */
  readonly revision: ObjectId | undefined;
  readonly files: readonly TracedFile[];
}

/** A longer line is not a record of one edit. */
const LONGEST_LINE = 1024 * 1024;

/** The lines of a file of records that none of the earlier ones has. Records are appended, so that most files only grow. */
export function addedLines(bytes: Uint8Array, earlier: readonly Uint8Array[]): readonly string[] {
  const grown = earlier.find((before) => isBeginning(before, bytes));
  const lines = decodeText(bytes.subarray(grown?.length ?? 0)).split("\n");
  if (grown && earlier.length === 1) return lines;
  const known = new Set(earlier.flatMap((before) => decodeText(before).split("\n")));
  return lines.filter((line) => !known.has(line));
}

/** Whether `bytes` goes on where `before` has ended a line. */
function isBeginning(before: Uint8Array, bytes: Uint8Array): boolean {
  if (before.length > bytes.length || (before.length > 0 && before.at(-1) !== LF)) return false;
  return equalBytes(before, bytes.subarray(0, before.length));
}

/** The records on these lines that name work of an agent; whatever else stands there is skipped. */
export function* parseTraceRecords(lines: Iterable<string>): Generator<TraceRecord> {
  for (const line of lines) {
    // The cheap question first: sessions of people are recorded too.
    if (line.length > LONGEST_LINE || !/"(?:ai|mixed)"/.test(line)) continue;
    const record = fieldsOf(parseJson(line));
    const files = itemsOf(record?.["files"]).flatMap(readFile);
    if (files.length === 0) continue;
    const tool = textOf(fieldsOf(record?.["tool"])?.["name"]) ?? "";
    yield { tool, revision: readRevision(record?.["vcs"]), files };
  }
}

function readFile(value: unknown): readonly TracedFile[] {
  const file = fieldsOf(value);
  const path = textOf(file?.["path"])?.replaceAll("\\", "/").replace(/^\.\//, "");
  if (path === undefined) return [];
  for (const conversation of itemsOf(file?.["conversations"]).map(fieldsOf)) {
    const whole = readContributor(conversation?.["contributor"]);
    const ranges = itemsOf(conversation?.["ranges"]).map((range) => readContributor(fieldsOf(range)?.["contributor"]));
    // A range may have another contributor than the conversation that it is of.
    const found = (ranges.length === 0 ? [whole] : ranges.map((own) => own ?? whole)).find(
      (contributor) => contributor?.type === "ai" || contributor?.type === "mixed",
    );
    if (found) return [{ path, type: found.type as TracedFile["type"], model: found.model }];
  }
  return [];
}

function readContributor(value: unknown): { type: string; model: string | undefined } | undefined {
  const contributor = fieldsOf(value);
  const type = textOf(contributor?.["type"]);
  return type === undefined ? undefined : { type, model: textOf(contributor?.["model_id"]) };
}

function readRevision(value: unknown): ObjectId | undefined {
  const vcs = fieldsOf(value);
  const revision = textOf(vcs?.["revision"])?.toLowerCase();
  const ofGit = (textOf(vcs?.["type"]) ?? "git") === "git";
  return ofGit && revision !== undefined && isObjectId(revision) ? revision : undefined;
}
