import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultAgentIndex } from "../../packages/core/src/provenance/agent-index.ts";
import { parseCheckpoint } from "../../packages/core/src/records/entire-checkpoints.ts";
import { readNote } from "../../packages/core/src/records/read-note.ts";
import { addedLines, parseTraceRecords } from "../../packages/core/src/records/trace-records.ts";

const agent = { agent_id: { tool: "claude", id: "1", model: "claude-opus-4-6" } };
const NOTE = `src/a.rs\n  s_be3d6789a4739f::t_a1f7a658162ab1 1-10,15\n  h_31dce776f88375 12\n---\n${JSON.stringify({
  schema_version: "authorship/3.0.0",
  base_commit_sha: "02be748fc4aa5daad5b7a292574ebb2384a8dcd6",
  prompts: { "4a60f5ac951ddc7b": agent },
  sessions: { s_be3d6789a4739f: agent },
})}`;
const RECORD = JSON.stringify({
  version: "0.1.0",
  vcs: { type: "git", revision: "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0" },
  tool: { name: "cursor" },
  files: [{ path: "a", conversations: [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 2 }] }] }],
});
const CHECKPOINT = JSON.stringify({ agent: "Claude Code", agents: ["Gemini CLI"] });

/** What anybody may write in the place of a record: bytes, JSON, and records with a part taken out or put in. */
function anyOf(record: string): fc.Arbitrary<Uint8Array> {
  const bytes = Buffer.from(record);
  const place = fc.nat(bytes.length);
  return fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((json) => Buffer.from(json)),
    fc.json().map((json) => Buffer.from(`a\n  s_1::t_1 1\n---\n${json}`)),
    fc.tuple(place, place).map(([from, to]) => Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])),
    fc
      .tuple(place, fc.uint8Array({ maxLength: 9 }))
      .map(([at, other]) => Buffer.concat([bytes.subarray(0, at), other, bytes.subarray(at)])),
    fc.tuple(place, fc.json()).map(([at, json]) => Buffer.from(record.replace(record[at] ?? "", json))),
  );
}

describe("whatever stands there, a recorder's reader answers", () => {
  it("of a note with evidence that can be shown", () => {
    fc.assert(
      fc.property(anyOf(NOTE), (bytes) => {
        for (const { text, agent: id, model } of readNote(bytes, "refs/notes/ai", defaultAgentIndex())) {
          expect(text.length).toBeLessThanOrEqual(200);
          expect(id).toMatch(/^[a-z0-9-]+$/);
          expect(model).not.toBe("");
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("of a checkpoint with names or nothing", () => {
    fc.assert(
      fc.property(anyOf(CHECKPOINT), (bytes) => {
        for (const name of parseCheckpoint(bytes) ?? []) expect(name).not.toBe("");
      }),
      { numRuns: 3000 },
    );
  });

  it("of traces with records that name files", () => {
    fc.assert(
      fc.property(anyOf(RECORD), anyOf(`${RECORD}\n${RECORD}\n`), (now, before) => {
        for (const { files, revision } of parseTraceRecords(addedLines(now, [before]))) {
          expect(files.length).toBeGreaterThan(0);
          if (revision !== undefined) expect(revision).toMatch(/^[0-9a-f]{40}$|^[0-9a-f]{64}$/);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
