import { deepStrictEqual, ok } from "node:assert";
import {
  CountersignError,
  detectInMessage,
  type ObjectId,
  parseCommit,
  parseSshSignature,
  parseTrailers,
  readCosigns,
  readPublicKey,
  verifySignature,
} from "@countersign/core";
import {
  decodeText,
  encodeText,
  findTrailerBlock,
  formatArmor,
  formatSignedFile,
  formatTree,
  formatWithdrawal,
  joinBytes,
  parseArmor,
  parseRecordFile,
  parseTree,
  parseWithdrawnFile,
  type RawEntry,
  readEntries,
  readHookEvent,
} from "@countersign/core/internal";
import { catalogue } from "../../packages/core/src/agents/catalogue.ts";
import { formatLines } from "../../packages/core/src/cosign/lines.ts";
import { parseLines } from "../../packages/core/src/cosign/parse-lines.ts";
import { endOfHeaders } from "../../packages/core/src/object/headers.ts";
import { parseTag } from "../../packages/core/src/object/tag.ts";
import { parsePolicy, readPolicyFile } from "../../packages/core/src/policy/file/parse-policy.ts";
import { parsePolicyTests } from "../../packages/core/src/policy-tests/parse.ts";
import { defaultAgentIndex } from "../../packages/core/src/provenance/agent-index.ts";
import { readNote } from "../../packages/core/src/records/read-note.ts";
import { parseTraceRecords } from "../../packages/core/src/records/trace-records.ts";

const OID = "1".repeat(40) as ObjectId;
const INDEX = defaultAgentIndex();
const AGENTS = catalogue.filter(({ hooks }) => hooks !== undefined).map(({ id }) => id);

/**
 * What reads bytes that others wrote: any bytes get an answer, and what is read and written again is read as the same.
 * Each throws where that does not hold.
 */
export const targets = {
  commit(bytes: Uint8Array): void {
    const commit = parseCommit({ oid: OID, size: bytes.length, bytes });
    if (commit.malformed !== undefined) return;
    // Commits with nothing but the usual headers have a reader of their own; an unknown header leads to the other one.
    const end = endOfHeaders(bytes);
    const longer = joinBytes([bytes.subarray(0, end), encodeText("\nx y"), bytes.subarray(end)]);
    deepStrictEqual(parseCommit({ oid: OID, size: longer.length, bytes: longer }), commit);
  },

  tag(bytes: Uint8Array): void {
    parseTag(bytes);
  },

  tree(bytes: Uint8Array): void {
    for (const format of ["sha1", "sha256"] as const) {
      ok([...parseTree(bytes, format)].length <= bytes.length);
      const entries = orRefused(() => readEntries(bytes, format), isRefusedTree);
      if (entries) deepStrictEqual(readEntries(formatTree(entries), format).map(plain), entries.map(plain));
    }
  },

  message(bytes: Uint8Array): void {
    const { start, end } = findTrailerBlock(bytes);
    ok(start <= end && end <= bytes.length);
    const trailers = parseTrailers(bytes);
    const again = joinBytes([
      encodeText("Title\n\n"),
      ...trailers.flatMap(({ key, value }) => [encodeText(`${key}: `), value, encodeText("\n")]),
    ]);
    deepStrictEqual(parseTrailers(again).map(named), trailers.map(named));
    readCosigns({ message: bytes });
    detectInMessage(bytes);
  },

  signature(bytes: Uint8Array): void {
    const text = decodeText(bytes);
    const blob = parseArmor(text);
    if (blob) deepStrictEqual(formatArmor(blob), text);
    readPublicKey(text);
    const signature = parseSshSignature(blob ?? bytes);
    if (typeof signature !== "string") verifySignature(signature, signature.namespace, bytes);
  },

  record(bytes: Uint8Array): void {
    const record = parseRecordFile(bytes);
    if (record) {
      deepStrictEqual(
        Buffer.from(formatSignedFile(formatLines(record.lines), record.signature.blob)),
        Buffer.from(bytes),
      );
    }
    const withdrawn = parseWithdrawnFile(bytes);
    if (withdrawn) deepStrictEqual(Buffer.from(formatWithdrawal(withdrawn)), Buffer.from(withdrawn.bytes));
    const lines = parseLines(bytes);
    if (lines) deepStrictEqual(Buffer.from(formatLines(lines)), Buffer.from(bytes));
  },

  policy(bytes: Uint8Array): void {
    const { policy, problems } = readPolicyFile(bytes);
    ok((policy === undefined) === problems.length > 0, "a policy is refused exactly where a problem is reported");
    orRefused(() => parsePolicy(bytes, "policy"), isOurs);
    orRefused(() => parsePolicyTests(bytes, "tests"), isOurs);
  },

  hook(bytes: Uint8Array): void {
    const [first = 0, ...rest] = bytes;
    readHookEvent(Uint8Array.from(rest), { agent: AGENTS[first % AGENTS.length] ?? "" });
    readHookEvent(bytes);
  },

  note(bytes: Uint8Array): void {
    readNote(bytes, "refs/notes/ai", INDEX);
    ok([...parseTraceRecords(decodeText(bytes).split("\n"))].length <= bytes.length);
  },
} satisfies Readonly<Record<string, (bytes: Uint8Array) => void>>;

function orRefused<Value>(read: () => Value, isRefusal: (error: unknown) => boolean): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

function isOurs(error: unknown): boolean {
  return error instanceof CountersignError && error.code !== "DEFECT";
}

function isRefusedTree(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("a tree entry");
}

function plain({ name, mode, id }: RawEntry): readonly unknown[] {
  return [mode, [...name], [...id]];
}

function named({ key, value }: { readonly key: string; readonly value: Uint8Array }): readonly unknown[] {
  return [key, [...value]];
}
