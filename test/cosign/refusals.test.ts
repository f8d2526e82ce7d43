import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { Repo } from "../rig/repository/repo.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { ADA, assist, type CosignWorld, expectScreen, openCosignWorld, stateOf } from "./cosign-world.ts";
import { cosignThrough } from "./shell.ts";
import { cosign } from "./terminal-session.ts";

async function expectRefusal(
  world: CosignWorld,
  { repo = world.ada, args = [], env = {} }: { repo?: Repo; args?: readonly string[]; env?: NodeJS.ProcessEnv },
  status: number,
  ...phrases: readonly string[]
): Promise<void> {
  const before = stateOf(world.dev);
  const end = await cosign(repo, args, { env });
  expectScreen(end.screen, ...phrases, "  why: ", "  fix: ");
  expect(end.screen).not.toContain("Type yes");
  expect(end.status).toBe(status);
  expect(stateOf(world.dev)).toBe(before);
}

describe("a co-sign of a range whose start more than one ref has", () => {
  it("is refused, and goes on by a full name", async () => {
    using world = openCosignWorld();
    assist(world);
    world.dev.git(["tag", "origin/main", "main"]);
    await expectRefusal(world, { args: ["origin/main..main"] }, 2, "REVISION_AMBIGUOUS", "refs/remotes/origin/main");
    const { screen } = await cosign(world.ada, ["refs/remotes/origin/main..main"], { answer: "no" });
    expectScreen(screen, "Type yes");
  });
});

describe("a co-sign is refused without a person", () => {
  it("where nothing is a terminal", () => {
    using world = openCosignWorld();
    assist(world);
    const before = stateOf(world.dev);
    const { status, stdout, stderr } = countersign(world.ada, ["cosign"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("TERMINAL_MISSING: no co-sign without a terminal: standard input and standard output");
    expect(stderr).toContain("an AI agent must stop here");
    expect(stateOf(world.dev)).toBe(before);
  });

  it.each(["</dev/null", ">out", "2>err"])("where one stream is redirected by %s", async (redirection) => {
    using world = openCosignWorld();
    assist(world);
    const before = world.dev.git(["for-each-ref"]);
    const { status } = await cosignThrough(world, redirection);
    expect(status).toBe(2);
    expect(world.dev.git(["for-each-ref"])).toBe(before);
  });

  it("in a build", async () => {
    using world = openCosignWorld();
    assist(world);
    await expectRefusal(world, { env: { CI: "true" } }, 2, "TERMINAL_MISSING");
  });

  it.each<[agent: string, env: NodeJS.ProcessEnv]>([
    ["claude-code", { CLAUDECODE: "1" }],
    ["amp", { CLAUDECODE: "1", AGENT: "amp" }],
    ["amp", { CLAUDECODE: "1", AMP_CURRENT_THREAD_ID: "T-1" }],
    ["codex", { CODEX_THREAD_ID: "0199" }],
    ["cursor", { CURSOR_AGENT: "1" }],
    ["gemini", { GEMINI_CLI: "1" }],
    ["goose", { AGENT: "goose" }],
    ["kiro", { AGENT_CONTEXT_OUT: "/tmp/a", AGENT_DISPLAY_OUT: "/tmp/b" }],
    ["amazon-q", { AWS_EXECUTION_ENV: "AmazonQ-For-CLI Version/1.2" }],
    ["v0", { AI_AGENT: "v0" }],
    ["claude-code", { AI_AGENT: "claude-code_2-1-120_agent" }],
    ["copilot", { COPILOT_CLI: "1" }],
  ])("in a session of %s, told by %j", async (agent, env) => {
    using world = openCosignWorld();
    assist(world);
    await expectRefusal(world, { env }, 1, `AGENT_SESSION: this runs inside a session of the AI agent ${agent}`);
  });

  it.each<NodeJS.ProcessEnv>([
    { CLAUDECODE: "0" },
    { CLAUDECODE: "" },
    { CURSOR_AGENT: "false", CURSOR_TRACE_ID: "x" },
    { AGENT: "my-ssh-agent" },
    { AI_AGENT: "off" },
    { TERM_PROGRAM: "kiro" },
    { REPL_ID: "x" },
    { GOOSE_PROVIDER: "x" },
    { CODEX_HOME: "/x" },
    { CI: "false" },
  ])("but not for a person's %j", async (env) => {
    using world = openCosignWorld();
    assist(world);
    expect((await cosign(world.ada, [], { env })).status).toBe(0);
  });
});

describe("a co-sign is refused to", () => {
  it("somebody who is not on the roster", async () => {
    using world = openCosignWorld();
    assist(world);
    const eve = new Repo(world.scratch, world.dev.dir, "Ada Lovelace <eve@evil.example>");
    await expectRefusal(world, { repo: eve }, 1, "SIGNER_UNKNOWN: eve@evil.example is not on the roster");
  });

  it("somebody of too low a level", async () => {
    using world = openCosignWorld();
    world.dev.commit(`Retry\n\n${CLAUDE}\n`, { author: "Jim <jim@acme.example>" });
    await expectRefusal(
      world,
      { repo: world.dev },
      1,
      "SIGNER_UNABLE",
      "level senior or higher, and you have level mid",
    );
  });

  it.each([
    ["author", "Retry\n", ADA],
    ["author", "Retry\n", "Ada <ADA@home.example>"],
    ["co-author", "Retry\n\nCo-authored-by: A. L. <ada@home.example>\n", "Bob <bob@acme.example>"],
  ])("the %s of the work", async (role, message, author) => {
    using world = openCosignWorld();
    world.dev.commit(`${message.trimEnd()}\n${message.includes("\n\n") ? "" : "\n"}${CLAUDE}\n`, { author });
    await expectRefusal(world, {}, 1, "SIGNER_UNABLE", `you are its ${role}`);
  });

  it("nobody's own work where the policy lets seniors sign it", async () => {
    using world = openCosignWorld({
      rules: "rules:\n  - name: own\n    authors: { level: senior }\n    cosign: { self: true }\n",
    });
    world.dev.commit(`Retry\n\n${CLAUDE}\n`, { author: ADA });
    expect((await cosign(world.ada)).status).toBe(0);
  });

  it("a commit that a rule forbids", async () => {
    using world = openCosignWorld({ rules: 'rules:\n  - name: none\n    agents: [claude-code]\n    deny: "No."\n' });
    assist(world);
    await expectRefusal(world, {}, 1, "SIGNER_UNABLE", "which a rule forbids here");
  });

  it("somebody without a name", async () => {
    using world = openCosignWorld();
    assist(world);
    const env = { GIT_COMMITTER_NAME: "", GIT_COMMITTER_EMAIL: "ada@acme.example" };
    await expectRefusal(world, { env }, 2, "SIGNER_UNNAMED");
  });
});

describe("a co-sign is refused on", () => {
  it("a detached HEAD", async () => {
    using world = openCosignWorld();
    assist(world);
    world.dev.git(["switch", "-q", "--detach"]);
    await expectRefusal(world, {}, 2, "HEAD_DETACHED");
  });

  it.each(["HEAD^", "v1", "origin/main", "main~0", "origin/main..v1"])(
    "%s, which is no local branch",
    async (revision) => {
      using world = openCosignWorld();
      assist(world);
      world.dev.git(["tag", "v1"]);
      await expectRefusal(world, { args: [revision] }, 2, "BRANCH_NEEDED");
    },
  );

  it.each(["nowhere", "--output=PWN"])("%s, which does not exist", async (revision) => {
    using world = openCosignWorld();
    await expectRefusal(world, { args: ["--", revision] }, 2, "REVISION_UNKNOWN");
  });

  it.each<[operation: string, start: (repo: Repo) => void]>([
    ["a rebase", (repo) => repo.try(["rebase", "--exec", "false", "HEAD^"])],
    ["a merge", (repo) => repo.git(["merge", "-q", "--no-commit", "--no-ff", "other"])],
    ["a cherry-pick", (repo) => repo.try(["cherry-pick", "clash"])],
    ["a revert", (repo) => repo.try(["revert", "--no-edit", "HEAD~1"])],
  ])("a branch in the middle of %s", async (operation, start) => {
    using world = openCosignWorld();
    world.dev.git(["switch", "-q", "-c", "other"]);
    world.dev.commit("Other\n");
    world.dev.git(["switch", "-q", "-c", "clash", "main"]);
    world.dev.commit("Clash\n", { files: { "a.txt": "clash\n" } });
    world.dev.git(["switch", "-q", "main"]);
    world.dev.commit("A\n", { files: { "a.txt": "1\n" } });
    world.dev.commit(`B\n\n${CLAUDE}\n`, { files: { "a.txt": "2\n" } });
    start(world.dev);
    await expectRefusal(world, { args: ["main"] }, 2, `OPERATION_UNDER_WAY: ${operation}`);
  });

  it("a branch that another work tree is rebasing", async () => {
    using world = openCosignWorld();
    world.dev.git(["switch", "-q", "-c", "topic"]);
    assist(world);
    world.dev.git(["switch", "-q", "main"]);
    const linked = new Repo(world.scratch, join(world.scratch.dir, "linked"));
    world.dev.git(["worktree", "add", "-q", linked.dir, "topic"]);
    linked.try(["rebase", "--exec", "false", "HEAD^"]);
    await expectRefusal(world, { args: ["topic"] }, 2, "OPERATION_UNDER_WAY: a rebase in another work tree");
  });

  it("a message below which git sees no trailers", async () => {
    using world = openCosignWorld();
    world.dev.commit(`Retry\n\n---\n a patch\n\n${CLAUDE}\n`);
    await expectRefusal(world, {}, 2, "MESSAGE_UNFIT", 'begins with "---"');
  });

  it("a message that goes on below scissors", async () => {
    using world = openCosignWorld();
    world.dev.commit(`Retry\n\n${CLAUDE}\n# ------------------------ >8 ------------------------\nmore\n`);
    await expectRefusal(world, {}, 2, "MESSAGE_UNFIT", "scissors");
  });

  it("a message without a title", async () => {
    using world = openCosignWorld();
    world.dev.commit("", { author: "Claude <noreply@anthropic.com>" });
    await expectRefusal(world, {}, 2, "MESSAGE_UNFIT");
  });

  it("a message in an encoding that cannot be read without doubt", async () => {
    using world = openCosignWorld();
    const base = world.dev.git(["cat-file", "commit", assist(world)]);
    const [head = "", ...body] = base.split("\n\n");
    const tip = world.dev.writeCommit(`${head}\nencoding UTF-16\n\n${body.join("\n\n")}\n`);
    world.dev.git(["reset", "-q", "--hard", tip]);
    await expectRefusal(world, {}, 1, "SIGNER_UNABLE", "UTF-16");
  });

  it("a branch with a damaged policy file in force", async () => {
    using world = openCosignWorld();
    world.dev.commit("Break it\n", { files: { "countersign.config.yaml": "version: 2\n" } });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    assist(world);
    await expectRefusal(world, {}, 2, "POLICY_MALFORMED");
  });
});

it("never takes the policy from the work tree or the commits that are to be signed", async () => {
  using world = openCosignWorld();
  assist(world);
  writeFileSync(join(world.dev.dir, "countersign.config.yaml"), "version: 1\nprotect: []\npeople: []\n");
  const { status, screen } = await cosign(world.ada);
  expectScreen(screen, "policy    refs/remotes/origin/main at ");
  expect(status).toBe(0);
});
