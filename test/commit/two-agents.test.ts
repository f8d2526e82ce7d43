import { describe, expect, it } from "vitest";
import { claudeWrites, codexWrites } from "../rig/agents/agent-marks.ts";
import { messageOf } from "../rig/worlds/commit-hooks.ts";
import {
  CLAUDE_STAMP,
  commit,
  IN_CLAUDE,
  IN_CODEX,
  logOf,
  openCommitWorld,
  stampsOf,
} from "../rig/worlds/commit-world.ts";

const CODE = "export function retry(times) {\n  return attempt(times, { backoff: true });\n}\n";
const WITH_TWO = `Retry uploads\n\nAssisted-by: Codex:gpt-5.6\n${CLAUDE_STAMP}\n`;

/** Settings by which git's own trailer writer would drop a second line of the same key, or put it elsewhere. */
const TRAILER_SETTINGS: readonly [setting: string, value: string][] = [
  ["trailer.ifexists", "doNothing"],
  ["trailer.ifexists", "replace"],
  ["trailer.ifmissing", "doNothing"],
  ["trailer.where", "start"],
  ["trailer.separators", "="],
  ["trailer.assisted-by.ifexists", "doNothing"],
  ["trailer.assisted-by.key", "Reviewed-by"],
];

describe("where one agent wrote and another commits", () => {
  it("both are stamped", () => {
    using world = openCommitWorld();
    const { dev } = world;
    codexWrites(dev, "retry.js", CODE);
    commit(dev, ["-a", "-m", "Retry uploads"], IN_CLAUDE);
    // What is not staged is not Codex's work here.
    expect(stampsOf(dev)).toEqual(["Claude Code"]);
    dev.git(["add", "."]);
    dev.git(["commit", "-q", "-m", "Retry uploads"], { env: IN_CLAUDE });
    expect(messageOf(dev)).toBe(WITH_TWO);
    expect([...(logOf(dev)[0]?.agents ?? [])].sort()).toEqual(["claude-code", "codex"]);
  });

  it.each(TRAILER_SETTINGS)("with %s=%s all the same", (setting, value) => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.git(["config", setting, value]);
    codexWrites(dev, "retry.js", CODE);
    dev.git(["add", "."]);
    dev.git(["commit", "-q", "-m", "Retry uploads"], { env: IN_CLAUDE });
    expect(messageOf(dev)).toBe(WITH_TWO);
  });

  it("a line of the one does not stand for the other, and none is written twice", () => {
    using world = openCommitWorld();
    const { dev } = world;
    codexWrites(dev, "retry.js", CODE);
    dev.git(["add", "."]);
    const typed = "Retry uploads\n\nassisted-BY: Codex\nReviewed-by: Ada <ada@acme.example>\n";
    dev.git(["commit", "-q", "-m", typed], { env: IN_CLAUDE });
    expect(messageOf(dev)).toBe(`${typed}${CLAUDE_STAMP}\n`);
    dev.git(["commit", "-q", "--amend", "--no-edit"], { env: IN_CLAUDE });
    expect(messageOf(dev)).toBe(`${typed}${CLAUDE_STAMP}\n`);
  });

  it("the commit that the second one amends keeps the first one's stamp", () => {
    using world = openCommitWorld();
    const { dev } = world;
    commit(dev, ["-m", "Retry uploads"], IN_CODEX);
    commit(dev, ["--amend", "-m", "Retry uploads twice"], IN_CLAUDE);
    expect([...stampsOf(dev)].sort()).toEqual(["Claude Code", "Codex"]);
  });
});

describe("the same agent by a mark and by its session", () => {
  it("is stamped once, with the model that the mark knows", () => {
    using world = openCommitWorld();
    const { dev } = world;
    claudeWrites(dev, "retry.js", CODE, { model: "claude-opus-5" });
    dev.git(["add", "."]);
    dev.git(["commit", "-q", "-m", "Retry uploads"], { env: IN_CLAUDE });
    expect(messageOf(dev)).toBe(`Retry uploads\n\n${CLAUDE_STAMP}:claude-opus-5\n`);
  });
});

it("an agent that is in no catalogue is not added to one that has a name", () => {
  using world = openCommitWorld();
  const { dev } = world;
  codexWrites(dev, "retry.js", CODE);
  dev.git(["add", "."]);
  dev.git(["commit", "-q", "-m", "Retry uploads"], { env: { AI_AGENT: "shiny-new-thing" } });
  expect(stampsOf(dev)).toEqual(["Codex:gpt-5.6"]);
});

describe("the key that the policy gives", () => {
  it("is written, and a mark of another key counts beside it", () => {
    const policy = "version: 1\npeople: []\nprotect:\n  - branches: [main]\nstamp: Generated-by\n";
    using world = openCommitWorld({ policy });
    const { dev } = world;
    commit(dev, ["-m", "Retry uploads"], IN_CLAUDE);
    expect(messageOf(dev)).toBe("Retry uploads\n\nGenerated-by: Claude Code\n");
    commit(dev, ["-m", `Retry downloads\n\n${CLAUDE_STAMP}`], IN_CLAUDE);
    expect(messageOf(dev)).toBe(`Retry downloads\n\n${CLAUDE_STAMP}\n`);
  });
});
