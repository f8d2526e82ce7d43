import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectRefused } from "../rig/worlds/attempt.ts";
import { messageOf } from "../rig/worlds/commit-hooks.ts";
import { CLAUDE_STAMP, commit, commitWell, IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";
import { pushTo } from "../rig/worlds/pre-push-hook.ts";
import { CLAUDE, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

const REQUIRED = `${POLICY}disclosure: required\nagents:\n  - id: acme-bot\n    name: Acme Bot\n    emails: [bot@acme.example]\n`;
const STOPPED = "DISCLOSURE_MISSING: it does not say whether AI took part\n";

/** An editor that works on the file by a script of sed, and keeps what it was shown. */
function editor({ scratch }: PushWorld, script: string): { env: NodeJS.ProcessEnv; shown: () => string } {
  const [copy, path] = [join(scratch.dir, "shown"), join(scratch.dir, "editor.sh")];
  writeFileSync(path, `#!/bin/sh\ncp "$1" "${copy}"\nsed -i -e '${script}' "$1"\n`, { mode: 0o755 });
  return { env: { GIT_EDITOR: path }, shown: () => readFileSync(copy, "utf8") };
}

describe("where the policy wants every commit to say whether AI took part", () => {
  it("silence is stopped, with the words that mend it", () => {
    using world = openCommitWorld({ policy: REQUIRED });
    const { dev } = world;
    const before = dev.oid("HEAD");
    const { status, stderr } = commit(dev, ["-m", "Retry uploads"]);
    expect(status).toBe(1);
    expect(stderr).toContain(STOPPED);
    expect(stderr).toMatch(/^ {2}fix: .*`Assisted-by: none`/m);
    expect(dev.oid("HEAD")).toBe(before);
  });

  it.each<[what: string, message: string, env: NodeJS.ProcessEnv]>([
    ["that there was none", "Retry uploads\n\nAssisted-by: none", {}],
    ["that there was one", `Retry uploads\n\n${CLAUDE}`, {}],
    ["that it was the policy's own", "Retry uploads\n\nAssisted-by: Acme Bot", {}],
    ["the agent's session", "Retry uploads", IN_CLAUDE],
  ])("a commit passes where it says %s", (_, message, env) => {
    using world = openCommitWorld({ policy: REQUIRED });
    expect(commitWell(world.dev, ["-m", message], env)).not.toContain("DISCLOSURE");
  });

  it.each<[who: string, args: readonly string[], env: NodeJS.ProcessEnv]>([
    ["whom the variables name as the author", [], { GIT_AUTHOR_EMAIL: "cursoragent@cursor.com" }],
    ["whom --author names", ["--author=Cursor Agent <cursoragent@cursor.com>"], {}],
    ["at the end of the author's name", [], { GIT_AUTHOR_NAME: "Bob Builder (aider)" }],
    ["who is the committer", [], { GIT_COMMITTER_EMAIL: "<cursoragent@cursor.com>" }],
    ["whose wording of messages the policy counts", [], { GIT_COMMITTER_NAME: "Bob Builder (aider)" }],
    ["that is the policy's own", [], { GIT_AUTHOR_EMAIL: "bot@acme.example" }],
  ])("a commit tells of an agent %s, also to the push", (_, args, env) => {
    using world = openCommitWorld({ policy: `${REQUIRED}assisted: [authored, suggestion, message-only]\n` });
    expect(commitWell(world.dev, ["-m", "Retry uploads", ...args], env)).toBe("");
    const pushed = pushTo(world, ["origin", "main"]);
    expectRefused(pushed, "COSIGN_MISSING");
    expect(pushed.stderr).not.toContain("DISCLOSURE_MISSING");
  });

  it.each<[what: string, env: NodeJS.ProcessEnv]>([
    ["an agent's name", { GIT_AUTHOR_NAME: "Cursor Agent", GIT_COMMITTER_NAME: "Cursor Agent" }],
    ["an address that the policy exempts", { GIT_AUTHOR_EMAIL: "aider@aider.chat" }],
    ["a program that worded the message, which the policy does not count", { GIT_COMMITTER_NAME: "Bob (aider)" }],
  ])("silence is stopped of a person with %s", (_, env) => {
    using world = openCommitWorld({ policy: `${REQUIRED}exempt: [aider@aider.chat]\n` });
    const { status, stderr } = commit(world.dev, ["-m", "Retry uploads"], env);
    expect(status).toBe(1);
    expect(stderr).toContain(STOPPED);
  });

  it.each([["--fixup"], ["--squash"]])("a commit with %s passes, since it will be part of another", (option) => {
    using world = openCommitWorld({ policy: REQUIRED });
    commitWell(world.dev, [option, "HEAD", "--no-edit"]);
    expect(messageOf(world.dev)).toMatch(/^(?:fixup|squash)! Start\n/);
  });

  it("a merge is left to the push, which sees whether it takes each file from a parent", () => {
    using world = openCommitWorld({ policy: REQUIRED });
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "topic"]);
    commitWell(dev, ["-m", "Retry uploads\n\nAssisted-by: none"]);
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--no-ff", "--no-edit", "topic"]);
    expect(dev.git(["rev-list", "--count", "--merges", "HEAD"])).toBe("1");
  });
});

describe("where no policy wants that, silence passes:", () => {
  it.each<[what: string, policy: string | null]>([
    ["no policy", null],
    ["one that leaves it open", POLICY],
    ["one that says so", `${POLICY}disclosure: optional\n`],
    ["one that only mentions it", `${POLICY}# disclosure: required\n`],
  ])("%s", (_, policy) => {
    using world = openCommitWorld({ policy });
    expect(commitWell(world.dev, ["-m", "Retry uploads"])).toBe("");
  });
});

describe("in an editor, a person", () => {
  it("is shown how to say it, as comments", () => {
    using world = openCommitWorld({ policy: REQUIRED });
    const { env, shown } = editor(world, "1s/^$/Retry uploads/");
    const { status, stderr } = commit(world.dev, [], env);
    expect(status).toBe(1);
    expect(stderr).toContain(STOPPED);
    expect(shown()).toMatch(
      /^\n# The policy requires every commit to say whether AI took part\. .+\n# .+\n# Assisted-by: none\n# Assisted-by: AGENT:MODEL\n#\n# Please enter/,
    );
  });

  it.each([
    ["no setting", [], "#"],
    ["another comment character", ["-c", "core.commentChar=;"], ";"],
    ["a comment character that begins the line itself", ["-c", "core.commentChar=A"], "A"],
    ["the diff below", ["-c", "commit.verbose=true"], "#"],
  ])("takes a line's comment away, and the commit passes: %s", (_, git, comment) => {
    using world = openCommitWorld({ policy: REQUIRED });
    const { dev } = world;
    const { env } = editor(world, `1s/^$/Retry uploads\\n/;s/^${comment} \\(assisted-by: none\\)/\\1/I`);
    dev.write({ "retry.js": "retry();\n" });
    expect(dev.try([...git, "commit", "-q"], { env })).toMatchObject({ status: 0 });
    expect(messageOf(dev)).toMatch(/^Retry uploads\n\nassisted-by: none\n$/i);
  });

  it("names the agent in the other line, and the commit is that agent's", () => {
    using world = openCommitWorld({ policy: REQUIRED });
    const { env } = editor(world, "1s/^$/Retry uploads\\n/;s/^# \\(Assisted-by: \\)AGENT:MODEL/\\1Claude Code/");
    expect(commit(world.dev, [], env).status).toBe(0);
    expect(messageOf(world.dev)).toBe(`Retry uploads\n\n${CLAUDE_STAMP}\n`);
  });

  it("who amends what has said it is not asked again", () => {
    using world = openCommitWorld({ policy: REQUIRED });
    commitWell(world.dev, ["-m", "Retry uploads\n\nAssisted-by: none"]);
    const { env, shown } = editor(world, "1s/uploads/downloads/");
    expect(commit(world.dev, ["--amend"], env).status).toBe(0);
    expect(shown()).not.toContain("The policy requires");
    expect(messageOf(world.dev)).toBe("Retry downloads\n\nAssisted-by: none\n");
  });

  it("who commits for an agent is not asked, as the author says it", () => {
    using world = openCommitWorld({ policy: REQUIRED });
    const { env, shown } = editor(world, "1s/^$/Retry uploads/");
    expect(commit(world.dev, [], { ...env, GIT_AUTHOR_EMAIL: "cursoragent@cursor.com" }).status).toBe(0);
    expect(shown()).not.toContain("The policy requires");
  });

  it("who leaves the message empty gets git's own answer", () => {
    using world = openCommitWorld({ policy: REQUIRED });
    const { status, stderr } = commit(world.dev, [], { GIT_EDITOR: "true" });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "Aborting commit due to empty commit message.\n" });
  });
});
