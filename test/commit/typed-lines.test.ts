import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../rig/process/run.ts";
import { messageOf } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, commit, commitWell, IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";
import { COSIGN } from "../rig/worlds/push-world.ts";

const ADA = "Ada Lovelace <ada@acme.example>";
const SIGNED = `Retry uploads\n\n${COSIGN}\n`;

/** Lines that a person takes for a co-sign, and git does not. */
const NEAR_COSIGNS: readonly string[] = [
  `Cosigned-by: ${ADA}`,
  `Co_signed_by: ${ADA}`,
  `Co signed by: ${ADA}`,
  `Co-signed-by\u00a0: ${ADA}`,
  `\u0421o-signed-by: ${ADA}`,
  `Co-Signed-Off-by: ${ADA}`,
  `Countersigned-by: ${ADA}`,
  `Co-signed-by= ${ADA}`,
  "Co-signed-by: Ada Lovelace",
];

/** The same for the stamp. */
const NEAR_STAMPS: readonly string[] = [
  "Assisted_by: Kiro",
  "Asisted-by: Kiro",
  "Assisted by: my colleague",
  "Assisted-by\u00a0: my colleague",
  "\u0410ssisted-by: Kiro",
];

describe("a line that is nearly a trailer gets a word of advice, and the commit passes:", () => {
  it.each(NEAR_COSIGNS)("%j", (line) => {
    using world = openCommitWorld();
    const stderr = commitWell(world.dev, ["-m", `Retry uploads\n\n${line}`]);
    expect(stderr).toMatch(/^countersign: line 3 is not a co-sign: .+\n$/);
    expect(messageOf(world.dev)).toBe(`Retry uploads\n\n${line}\n`);
  });

  it.each(NEAR_STAMPS)("%j", (line) => {
    using world = openCommitWorld();
    const stderr = commitWell(world.dev, ["-m", `Retry uploads\n\n${line}`]);
    expect(stderr).toMatch(/^countersign: line 3 is not a stamp: .+\n$/);
  });

  it.each([
    "Reviewed-by: Ada Lovelace <ada@acme.example>",
    "Assisted-by: my colleague Jim",
    // Every reader takes it for a stamp.
    "Assisted by: Kiro",
    "The co-signed agreement: see the wiki",
    `Signed-off-by: ${ADA}`,
  ])("but not %j", (line) => {
    using world = openCommitWorld();
    expect(commitWell(world.dev, ["-m", `Retry uploads\n\n${line}`])).toBe("");
  });
});

describe("a co-sign", () => {
  it.each([
    COSIGN,
    `co-SIGNED-by : ${ADA}`,
    "Co-signature: ada@acme.example 2026-11-23T10:00:00Z U1NI",
    ...NEAR_COSIGNS,
  ])("is stopped where an agent types it, and passes from a person: %j", (line) => {
    using world = openCommitWorld();
    const { dev } = world;
    const before = dev.oid("HEAD");
    const stopped = commit(dev, ["-m", `Retry uploads\n\n${line}`], IN_CLAUDE);
    expect(stopped.status).toBe(1);
    expect(stopped.stderr).toContain("countersign: the commit is stopped\n");
    expect(stopped.stderr).toContain("COSIGN_BY_AGENT: line 3 is a co-sign");
    expect(stopped.stderr).toContain("claude-code (CLAUDECODE)");
    expect(stopped.stderr).toMatch(/fix: .*stop and ask a person/);
    expect(dev.oid("HEAD")).toBe(before);
    commitWell(dev, ["-m", `Retry uploads\n\n${line}`]);
  });

  it.each<[how: string, args: readonly string[]]>([
    ["amends", ["commit", "-q", "--amend", "--no-edit"]],
    ["amends with more work", ["commit", "-q", "-a", "--amend", "-C", "HEAD"]],
    ["takes the message again", ["commit", "-q", "--allow-empty", "-C", "HEAD"]],
    ["rebases", ["rebase", "-q", "-f", "HEAD~1"]],
    ["words the commit anew", ["commit", "-q", "--amend", "-m", `In other words\n\n${COSIGN}`]],
    ["reverts and brings back", ["revert", "--no-edit", "HEAD"]],
  ])("stays where an agent %s", (_, args) => {
    using world = openCommitWorld();
    const { dev } = world;
    commitWell(dev, ["-m", SIGNED]);
    if (args[0] === "commit") dev.write({ "more.txt": "more\n" });
    expect(dev.try(args, { env: { ...IN_CLAUDE, GIT_EDITOR: "true" } })).toMatchObject({ status: 0 });
  });

  it("is stopped where an agent adds a second one to it", () => {
    using world = openCommitWorld();
    const { dev } = world;
    commitWell(dev, ["-m", SIGNED]);
    const typed = `${SIGNED}Co-signed-by: Grace Hopper <grace@acme.example>\n`;
    const { status, stderr } = dev.try(["commit", "-q", "--amend", "-m", typed], { env: IN_CLAUDE });
    expect(status).toBe(1);
    expect(stderr).toContain("COSIGN_BY_AGENT: line 4");
    expect(stderr).not.toContain("line 3");
  });
});

describe("a sign-off", () => {
  it.each([
    ["Codex <noreply@openai.com>", "codex"],
    ["Claude <noreply@anthropic.com>", "claude-code"],
  ])("of %s is stopped, whoever types it", (who, agent) => {
    using world = openCommitWorld();
    for (const env of [{}, IN_CLAUDE]) {
      const stopped = commit(world.dev, ["-m", `Retry uploads\n\nSigned-off-by: ${who}`], env);
      expect(stopped.status).toBe(1);
      expect(stopped.stderr).toContain(`SIGNOFF_BY_AGENT: line 3 signs off in the name of the AI agent ${agent}`);
    }
  });

  it("of a person passes, also beside an agent's stamp", () => {
    using world = openCommitWorld();
    commitWell(world.dev, ["-s", "-m", "Retry uploads"], IN_CLAUDE);
    const signed = "Signed-off-by: Bob Builder <bob@acme.example>";
    expect(messageOf(world.dev)).toBe(`Retry uploads\n\n${signed}\n${CLAUDE_STAMP}\n`);
  });
});

describe("a message that was stopped", () => {
  it("is kept, and the command that is printed goes on with it", () => {
    using world = openCommitWorld();
    const { dev } = world;
    const text = "Retry uploads\n\nA long story, typed in an hour.\n";
    const stopped = commit(dev, ["-m", `${text}\nSigned-off-by: Codex <noreply@openai.com>`]);
    expect(stopped.status).toBe(1);
    const [, command = ""] = /to go on with it: (git commit .+)\n/.exec(stopped.stderr) ?? [];
    expect(command).not.toBe("");
    const again = run("sh", ["-c", command], { cwd: dev.dir, env: { ...dev.env, GIT_EDITOR: "sed -i /Codex/d" } });
    expect(again).toMatchObject({ status: 0 });
    expect(messageOf(dev)).toBe(text);
  });

  it("is kept with the diff that was shown below it, and amends where that was asked for", () => {
    using world = openCommitWorld();
    const { dev } = world;
    commitWell(dev, ["-m", "Start"]);
    const before = dev.git(["rev-list", "--count", "HEAD"]);
    const editor = "sed -i '1s/$/\\n\\nSigned-off-by: Codex <noreply@openai.com>/'";
    const stopped = commit(dev, ["--amend", "-v"], { GIT_EDITOR: editor });
    expect(stopped.status).toBe(1);
    const [, command = ""] = /to go on with it: (git commit .+)\n/.exec(stopped.stderr) ?? [];
    const again = run("sh", ["-c", command], { cwd: dev.dir, env: { ...dev.env, GIT_EDITOR: "sed -i /Signed/d" } });
    expect(again).toMatchObject({ status: 0 });
    expect(messageOf(dev)).toBe("Start\n");
    expect(dev.git(["rev-list", "--count", "HEAD"])).toBe(before);
  });

  it("is kept and gone on with from a folder, and in a linked worktree", () => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.git(["worktree", "add", "-q", "-b", "topic", `${dev.dir} linked`]);
    for (const cwd of [dev.dir, `${dev.dir} linked`]) {
      run("mkdir", ["-p", join(cwd, "src/a b")], { cwd, env: dev.env });
      const folder = join(cwd, "src/a b");
      const args = [
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "Retry uploads\n\nSigned-off-by: Codex <noreply@openai.com>",
      ];
      const stopped = run("git", args, { cwd: folder, env: dev.env });
      const [, command = ""] = /to go on with it: (git commit .+)\n/.exec(stopped.stderr) ?? [];
      const env = { ...dev.env, GIT_EDITOR: "sed -i /Codex/d" };
      expect(run("sh", ["-c", `${command} --allow-empty`], { cwd: folder, env })).toMatchObject({ status: 0 });
      const head = run("git", ["log", "-1", "--format=%B"], { cwd, env }).stdout;
      expect(head).toBe("Retry uploads\n\n");
    }
    expect(readFileSync(join(dev.gitDir, "COMMIT_EDITMSG"), "utf8")).toContain("Retry uploads");
  });
});
