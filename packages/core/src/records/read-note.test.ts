import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { defaultAgentIndex } from "../provenance/agent-index.ts";
import { readNote } from "./read-note.ts";

const REF = "refs/notes/ai";
const SESSION = "s_be3d6789a4739f";
const HUMAN = "h_31dce776f88375";
const LEGACY = "4a60f5ac951ddc7b";

function agent(tool: string, model: string): object {
  return { agent_id: { tool, id: "518eacf9-30f9-4849-b452-42cf98d706e5", model }, human_author: "B <b@x.example>" };
}

const CLAUDE = agent("claude", "claude-opus-4-6");

/** A note as git-ai writes it: the attestations, and what differs from an empty skeleton's metadata. */
function note(attestations: string, metadata: object = {}): string {
  const skeleton = {
    schema_version: "authorship/3.0.0",
    git_ai_version: "1.5.1",
    base_commit_sha: "02be748fc4aa5daad5b7a292574ebb2384a8dcd6",
    prompts: {},
  };
  return `${attestations}---\n${JSON.stringify({ ...skeleton, ...metadata }, null, 2)}`;
}

/** What a note tells, one line a sign. */
function read(text: string): string[] {
  return readNote(encodeText(text), REF, defaultAgentIndex()).map((sign) => {
    expect(sign).toMatchObject({ kind: "note", where: { record: REF }, class: "authored" });
    return [sign.strength, sign.agent, ...(sign.model ? [sign.model] : [])].join(" ");
  });
}

describe("a note proves assistance where lines are attested", () => {
  it.each<[by: string, text: string, told: string]>([
    [
      "to a session",
      note(`src/a.rs\n  ${SESSION}::t_a1f7a658162ab1 1-10,15\n`, { sessions: { [SESSION]: CLAUDE } }),
      "strong claude-code claude-opus-4-6",
    ],
    [
      "to a session and to a person",
      note(`src/a.rs\n  ${HUMAN} 4\n  ${SESSION}::t_a1f7a658162ab1 5\n`, {
        sessions: { [SESSION]: agent("codex", "gpt-5.6-sol") },
        humans: { [HUMAN]: { author: "B <b@x.example>" } },
      }),
      "strong codex gpt-5.6-sol",
    ],
    [
      "to a session without its trace",
      note(`a\n  ${SESSION} 1\n`, { sessions: { [SESSION]: CLAUDE } }),
      "strong claude-code claude-opus-4-6",
    ],
    ["to a session that the metadata lost", note(`a\n  ${SESSION}::t_a1f7a658162ab1 1\n`), "strong unknown"],
    [
      "to a prompt",
      note(`a\n  ${LEGACY} 340-347\n`, { prompts: { [LEGACY]: agent("cursor", "unknown") } }),
      "strong cursor",
    ],
    [
      "to a prompt of the short form",
      note("a\n  a1b2c3d 1\n", { prompts: { a1b2c3d: CLAUDE } }),
      "strong claude-code claude-opus-4-6",
    ],
    ["to a prompt that the metadata lost", note(`a\n  ${LEGACY} 1\n`), "strong unknown"],
    [
      "to a prompt under another tool's id",
      note("a\n  94341aa7-fe48-4948-ab50-4fa9abb78651 1\n", {
        prompts: { "94341aa7-fe48-4948-ab50-4fa9abb78651": agent("devin", "unknown") },
      }),
      "strong devin",
    ],
    [
      "in a quoted path",
      note(`"a b"\n  ${SESSION}::t_a1f7a658162ab1 1\n`, { sessions: { [SESSION]: CLAUDE } }),
      "strong claude-code claude-opus-4-6",
    ],
    [
      "with Windows' line ends",
      note(`a\n  ${LEGACY} 1\n`, { prompts: { [LEGACY]: CLAUDE } }).replaceAll("\n", "\r\n"),
      "strong claude-code claude-opus-4-6",
    ],
  ])("%s", (_, text, told) => {
    expect(read(text)).toEqual([told]);
  });

  it.each([
    ["claude", "claude-code"],
    ["github-copilot", "copilot"],
    ["github-copilot-cli", "copilot"],
    ["continue-cli", "continue"],
    ["gemini", "gemini"],
    ["opencode", "opencode"],
    ["mock_ai", "unknown"],
    ["", "unknown"],
  ])("and calls %s by the catalogue's name, %s", (tool, id) => {
    expect(read(note(`a\n  ${LEGACY} 1\n`, { prompts: { [LEGACY]: agent(tool, "unknown") } }))).toEqual([
      `strong ${id}`,
    ]);
  });

  it("and tells of each agent and model once, with the place of the first", () => {
    const [codex, cursor] = ["s_00000000000001", "s_00000000000002"];
    const text = note(
      `a\n  ${SESSION}::t_1 1\n  ${codex}::t_2 2\nb\n  ${SESSION}::t_3 3\n  ${HUMAN} 4\n  ${cursor}::t_4 5\n`,
      { sessions: { [SESSION]: CLAUDE, [codex]: agent("codex", "default"), [cursor]: CLAUDE } },
    );
    const signs = readNote(encodeText(text), REF, defaultAgentIndex());
    expect(signs.map(({ text }) => text)).toEqual([`a: ${SESSION}::t_1 1`, `a: ${codex}::t_2 2`]);
  });
});

describe("a note proves nothing", () => {
  it.each<[why: string, text: string, told: readonly string[]]>([
    ["where it is an empty skeleton", note(""), []],
    ["where only people wrote lines", note(`a\n  ${HUMAN} 1-9\n`, { humans: { [HUMAN]: { author: "B" } } }), []],
    ["where only people wrote lines, in the old form", note("a\n  human 1-9\n"), []],
    ["where a prompt has no lines", note("", { prompts: { [LEGACY]: CLAUDE } }), ["weak claude-code claude-opus-4-6"]],
    [
      "where a session has no lines",
      note("", { sessions: { [SESSION]: CLAUDE } }),
      ["weak claude-code claude-opus-4-6"],
    ],
    ["where a key's lines are none", note(`a\n  ${SESSION}::t_1 \n  ${SESSION}::t_1\n  ${SESSION}::t_1 none\n`), []],
    ["where a key is of no known kind", note("a\n  ai_agent 3,9\n"), ["weak unknown"]],
    ["where a key is not indented", note(`${SESSION}::t_1 1\n`), []],
  ])("%s", (_, text, told) => {
    expect(read(text)).toEqual(told);
  });

  it.each<[why: string, text: string, reason: RegExp]>([
    ["it is empty", "", /no line ---/],
    ["it is another tool's", "Reviewed-by: Grace\n", /no line ---/],
    ["its metadata is damaged", note(`a\n  ${LEGACY} 1\n`).slice(0, -2), /not a JSON object/],
    ["its metadata is a list", "---\n[]", /not a JSON object/],
    [
      "its schema is a later one",
      note(`a\n  ${LEGACY} 1\n`, { schema_version: "authorship/4.0.0" }),
      /authorship\/4\.0\.0/,
    ],
    ["its schema is none", note(`a\n  ${LEGACY} 1\n`, { schema_version: 3 }), /schema_version is none/],
  ])("and says so where %s", (_, text, reason) => {
    expect(read(text)).toEqual(["weak unknown"]);
    expect(readNote(encodeText(text), REF, defaultAgentIndex())[0]?.text).toMatch(reason);
  });
});

it("tells no more of a note than people will read", () => {
  const keys = Array.from({ length: 500 }, (_, i) => `s_${String(i).padStart(14, "0")}`);
  const sessions = Object.fromEntries(keys.map((key, i) => [key, agent("claude", `model-${i}`)]));
  const signs = readNote(
    encodeText(note(`${"long/".repeat(99)}a\n${keys.map((key) => `  ${key}::t_1 1\n`).join("")}`, { sessions })),
    REF,
    defaultAgentIndex(),
  );
  expect(signs).toHaveLength(20);
  for (const { text } of signs) expect(text.length).toBeLessThanOrEqual(200);
});
