import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agentPrograms, agentShells, humanShells } from "../rig/agents/agent-shells.ts";
import { run } from "../rig/process/run.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { installCommitHooks, messageOf } from "../rig/worlds/commit-hooks.ts";
import { type LogEntry, logOf } from "../rig/worlds/commit-world.ts";

/** What agents themselves write into their commits, each as real histories have it. */
const OWN_TRAILERS: readonly [agent: string, trailer: string][] = [
  ["claude-code", "Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>"],
  ["claude-code", "Assisted-by: Claude:claude-opus-5 sparse"],
  ["copilot", "Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>"],
  ["cursor", "Co-authored-by: Cursor <cursoragent@cursor.com>"],
  ["cursor", "Made-with: Cursor"],
  ["codex", "Co-authored-by: Codex <noreply@openai.com>"],
  ["amp", "Amp-Thread-ID: https://ampcode.com/threads/T-0b9b4a6e-7d52-4f0f-8f3c-3f1f0a6f2c11"],
  ["crush", "Assisted-by: Crush:claude-opus-5"],
  ["qwen-code", "Co-authored-by: Qwen-Coder <qwen-coder@alibabacloud.com>"],
  ["warp", "Co-Authored-By: Oz <oz-agent@warp.dev>"],
  ["aider", "Co-authored-by: aider (gpt-5) <aider@aider.chat>"],
];

/** A script that runs the program, and ends as that does. */
const RUNNER = `
const { status } = require("node:child_process").spawnSync(process.argv[2], process.argv.slice(3), { stdio: "inherit" });
process.exitCode = status;
`;

let scratch: Scratch;
let repo: Repo;
/** What `countersign log` tells, by the subjects that the tests below name their commits with. */
let entries: ReadonlyMap<string, LogEntry>;

function commitIn(env: NodeJS.ProcessEnv, message: string): void {
  repo.git(["commit", "-q", "--allow-empty", "-m", message], { env });
}

function environmentOf(agent: string): NodeJS.ProcessEnv {
  return agentShells.find((shell) => shell.agent === agent)?.env ?? {};
}

beforeAll(() => {
  scratch = openScratch();
  repo = initRepo(scratch, "repo");
  installCommitHooks(repo, { hooks: ["prepare-commit-msg"] });
  for (const { shell, env } of agentShells) commitIn(env, `agent: ${shell}`);
  for (const { shell, env } of humanShells) commitIn(env, `person: ${shell}`);
  for (const [agent, trailer] of OWN_TRAILERS) commitIn(environmentOf(agent), `own: ${trailer}\n\n${trailer}`);
  for (const program of agentPrograms) {
    const script = join(scratch.dir, program);
    writeFileSync(script, RUNNER);
    const args = [script, "git", "commit", "-q", "--allow-empty", "-m", `program: ${program}`];
    expect(run(process.execPath, args, { cwd: repo.dir, env: repo.env })).toMatchObject({ status: 0 });
  }
  const oids = repo.git(["log", "--format=%H %s"]).split("\n");
  const byOid = new Map(logOf(repo).map((entry) => [entry.oid, entry]));
  entries = new Map(
    oids.flatMap((line) => {
      const [oid = "", ...subject] = line.split(" ");
      const entry = byOid.get(oid);
      return entry ? [[subject.join(" "), entry]] : [];
    }),
  );
}, 300_000);

afterAll(() => scratch[Symbol.dispose]());

describe("a commit made in a shell of", () => {
  it.each(agentShells)("$shell is stamped, and read as $agent's", ({ shell, agent }) => {
    const entry = entries.get(`agent: ${shell}`);
    expect(entry).toMatchObject({ state: "assisted", agents: [agent] });
    expect(entry?.evidence).toEqual([expect.objectContaining({ kind: "trailer", strength: "strong" })]);
    const message = messageOf(repo, entry?.oid);
    expect(message).toMatch(/^agent: .+\n\nAssisted-by: .+\n$/);
  });

  it.each(humanShells)("$shell is not stamped", ({ shell }) => {
    const entry = entries.get(`person: ${shell}`);
    expect(entry).toMatchObject({ state: "undeclared", agents: [] });
    expect(messageOf(repo, entry?.oid)).toBe(`person: ${shell}\n`);
  });

  it.each(agentPrograms)("%s, which sets no variable, is stamped", (program) => {
    expect(entries.get(`program: ${program}`)).toMatchObject({ state: "assisted", agents: [program] });
  });
});

describe("a message that holds the agent's own mark stays as it is", () => {
  it.each(OWN_TRAILERS)("%s: %s", (agent, trailer) => {
    const entry = entries.get(`own: ${trailer}`);
    expect(entry).toMatchObject({ state: "assisted", agents: [agent] });
    expect(messageOf(repo, entry?.oid)).toBe(`own: ${trailer}\n\n${trailer}\n`);
  });
});
