import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { runProgram } from "../process/warm/programs.ts";
import type { Repo } from "../repository/repo.ts";
import { COUNTERSIGN_BIN } from "../suite/bins.ts";

const SESSION = "3f0e8a52-9f6f-4c3b-8f6e-2f9a7b1d4c55";

export interface AgentWriting {
  /** The work tree it happens in. */
  readonly cwd?: string;
  /** What the agent's transcript names; there is no transcript where absent. */
  readonly model?: string;
}

/** Claude Code writes a file with its own tool, and its hook tells `countersign mark`. Nothing is staged. */
export function claudeWrites(repo: Repo, path: string, content: string, writing: AgentWriting = {}): void {
  const { cwd = repo.dir } = writing;
  const file = join(cwd, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  tellMark(repo, "claude-code", { tool_name: "Write", tool_input: { file_path: file, content } }, writing);
}

/** Claude Code replaces text of a file. */
export function claudeEdits(
  repo: Repo,
  path: string,
  content: string,
  [before, after]: readonly [string, string],
): void {
  const file = join(repo.dir, path);
  writeFileSync(file, content.replace(before, after));
  tellMark(repo, "claude-code", {
    tool_name: "Edit",
    tool_input: { file_path: file, old_string: before, new_string: after },
  });
}

/** Codex applies a patch that adds a file. */
export function codexWrites(repo: Repo, path: string, content: string): void {
  writeFileSync(join(repo.dir, path), content);
  const lines = content.trimEnd().split("\n");
  const patch = ["*** Begin Patch", `*** Add File: ${path}`, ...lines.map((line) => `+${line}`), "*** End Patch", ""];
  const input = { command: patch.join("\n") };
  tellMark(repo, "codex", { turn_id: "1", model: "gpt-5.6", tool_name: "apply_patch", tool_input: input });
}

/** Claude Code runs a command, and its hook tells `countersign mark` before and after. */
export function claudeRuns(repo: Repo, happen: () => void, { cwd = repo.dir }: AgentWriting = {}): void {
  for (const hook_event_name of ["PreToolUse", "PostToolUse"]) {
    const event = {
      session_id: SESSION,
      cwd,
      hook_event_name,
      tool_name: "Bash",
      tool_use_id: "toolu_02",
      tool_input: {},
    };
    const args = ["mark", "--agent", "claude-code"];
    const run = { cwd, env: repo.env, input: JSON.stringify(event) };
    expect(runProgram(COUNTERSIGN_BIN, args, run)).toEqual({ status: 0, stdout: "", stderr: "" });
    if (hook_event_name === "PreToolUse") happen();
  }
}

function tellMark(repo: Repo, agent: string, fields: object, { cwd = repo.dir, model }: AgentWriting = {}): void {
  const transcript = join(repo.scratch.dir, `transcript-${model}.jsonl`);
  if (model !== undefined) writeFileSync(transcript, `${JSON.stringify({ type: "assistant", message: { model } })}\n`);
  const event = {
    session_id: SESSION,
    transcript_path: transcript,
    cwd,
    permission_mode: "acceptEdits",
    hook_event_name: "PostToolUse",
    tool_use_id: "toolu_01",
    tool_response: {},
    ...fields,
  };
  const args = ["mark", "--verbose", "--agent", agent];
  const { status, stderr } = runProgram(COUNTERSIGN_BIN, args, { cwd, env: repo.env, input: JSON.stringify(event) });
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^countersign mark: marked /) });
}
