import { encodeText, parseArmor, parseRecordFile, SIGNED_FILE_LIMIT } from "@countersign/core/internal";

/** A record that someone pasted, well-formed. Whether it verifies is not said. */
export interface PastedRecord {
  readonly file: NonNullable<ReturnType<typeof parseRecordFile>>;
  /** Without its armor. */
  readonly signature: Uint8Array;
}

const FIRST = "countersign v1";
const BEGIN = "-----BEGIN SSH SIGNATURE-----";
const END = "-----END SSH SIGNATURE-----";

/**
 * The records in a comment, each once. Between backquotes or not, quoted by an answer, indented, with the line ends of
 * Windows: no line of a record begins with a blank or `>`, or ends with a blank.
 */
export function readRecords(comment: string): readonly PastedRecord[] {
  const records = new Map<string, PastedRecord>();
  let lines: string[] | undefined;
  for (const raw of comment.split("\n")) {
    const line = raw.replace(/^[ \t>]+/, "").trimEnd();
    if (line === FIRST) lines = [];
    lines?.push(line);
    if (!lines || line !== END) continue;
    const record = readRecord(lines);
    if (record) records.set(record.file.recordId, record);
    lines = undefined;
  }
  return [...records.values()];
}

function readRecord(lines: readonly string[]): PastedRecord | undefined {
  const bytes = encodeText(`${lines.join("\n")}\n`);
  const file = bytes.length <= SIGNED_FILE_LIMIT ? parseRecordFile(bytes) : undefined;
  const signature = file && parseArmor(`${lines.slice(lines.indexOf(BEGIN)).join("\n")}\n`);
  return signature && { file, signature };
}
