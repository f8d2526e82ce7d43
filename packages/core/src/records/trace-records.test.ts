import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { addedLines, parseTraceRecords } from "./trace-records.ts";

const OID = "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0";

interface Conversation {
  readonly contributor?: object;
  readonly ranges?: readonly object[];
}

function record(conversation: Conversation, more: object = {}): string {
  return JSON.stringify({
    version: "0.1.0",
    id: "550e8400-e29b-41d4-a716-446655440000",
    timestamp: "2026-01-23T14:30:00Z",
    files: [{ path: "src/parser.ts", conversations: [{ url: "https://api.cursor.com/v1/c/1", ...conversation }] }],
    ...more,
  });
}

const RANGE = { start_line: 1, end_line: 9, content_hash: "murmur3:9f2e8a1b" };
const AI = { contributor: { type: "ai", model_id: "anthropic/claude-opus-4-5" }, ranges: [RANGE] };

function parse(...lines: readonly string[]) {
  return [...parseTraceRecords(lines)];
}

describe("a record", () => {
  it("names the files that an agent wrote in, the tool, the model and the commit", () => {
    const more = { tool: { name: "cursor", version: "2.4.0" }, vcs: { type: "git", revision: OID } };
    expect(parse(record(AI, more))).toEqual([
      {
        tool: "cursor",
        revision: OID,
        files: [{ path: "src/parser.ts", type: "ai", model: "anthropic/claude-opus-4-5" }],
      },
    ]);
  });

  it.each<[by: string, conversation: Conversation, type: string | undefined]>([
    ["an agent", { contributor: { type: "ai" } }, "ai"],
    ["an agent and a person", { contributor: { type: "mixed" }, ranges: [RANGE] }, "mixed"],
    [
      "an agent in one range",
      { contributor: { type: "human" }, ranges: [RANGE, { ...RANGE, contributor: { type: "ai" } }] },
      "ai",
    ],
    ["a person", { contributor: { type: "human" }, ranges: [RANGE] }, undefined],
    [
      "a person in every range",
      { contributor: { type: "ai" }, ranges: [{ ...RANGE, contributor: { type: "human" } }] },
      undefined,
    ],
    ["nobody known", { contributor: { type: "unknown" }, ranges: [RANGE] }, undefined],
    ["nobody", { ranges: [RANGE] }, undefined],
  ])("of a file by %s", (_, conversation, type) => {
    expect(parse(record(conversation)).flatMap(({ files }) => files.map((file) => file.type))).toEqual(
      type ? [type] : [],
    );
  });

  it.each<[what: string, vcs: object | undefined, revision: string | undefined]>([
    ["git's", { type: "git", revision: OID.toUpperCase() }, OID],
    ["one without a type", { revision: OID }, OID],
    ["jj's", { type: "jj", revision: "kkmpptxz" }, undefined],
    ["another system's that looks alike", { type: "hg", revision: OID }, undefined],
    ["an abbreviated one", { type: "git", revision: OID.slice(0, 12) }, undefined],
    ["none", undefined, undefined],
  ])("names a commit by its id alone, not %s", (_, vcs, revision) => {
    expect(parse(record(AI, vcs ? { vcs } : {})).map((found) => found.revision)).toEqual([revision]);
  });

  it.each([".\\src\\parser.ts", "./src/parser.ts"])("may write the path as %s", (path) => {
    const files = [{ path, conversations: [AI] }];
    expect(parse(record(AI, { files }))[0]?.files[0]?.path).toBe("src/parser.ts");
  });

  it("is found among lines that are none", () => {
    const junk = [
      "",
      "{",
      '"ai"',
      '["ai"]',
      '{"files":"ai"}',
      '{"files":[{"path":1},"ai",null,{"path":"a","conversations":["ai"]}]}',
    ];
    const deep = `${"[".repeat(100_000)}"ai"`;
    const long = record(AI, { metadata: { text: "x".repeat(2_000_000) } });
    expect(parse(...junk, deep, long, record(AI), "\ufeff", "\0")).toHaveLength(1);
  });
});

describe("the lines that a commit adds to a file of records", () => {
  const added = (now: string, ...earlier: readonly string[]): readonly string[] =>
    addedLines(encodeText(now), earlier.map(encodeText)).filter((line) => line !== "");

  it.each<[what: string, now: string, earlier: readonly string[], lines: readonly string[]]>([
    ["are all, where the file is new", "a\nb\n", [], ["a", "b"]],
    ["are those behind the old ones", "a\nb\nc\n", ["a\n"], ["b", "c"]],
    ["are none, where it is the same", "a\nb\n", ["a\nb\n"], []],
    ["are found where others were taken out", "b\nc\n", ["a\nb\n"], ["c"]],
    ["are found above the old ones", "c\na\n", ["a\n"], ["c"]],
    ["begin with a whole line, where the old file ended in the middle of one", "ab\nc\n", ["a"], ["ab", "c"]],
    ["are none of a merge that only unites its parents'", "a\nb\nc\n", ["a\nb\n", "a\nc\n"], []],
    ["are those of a merge which no parent has", "a\nb\nc\nd\n", ["a\nb\n", "a\nc\n"], ["d"]],
  ])("%s", (_, now, earlier, lines) => {
    expect(added(now, ...earlier)).toEqual(lines);
  });
});
