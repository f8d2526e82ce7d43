import { chmodSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../rig/process/run.ts";
import { PRE_PUSH_BIN, ROOT } from "../../rig/suite/bins.ts";
import { ASSISTED, expectAllowed, expectRefused, expectUndecided, VOUCHED } from "../../rig/worlds/attempt.ts";
import { pushTo, runPrePush } from "../../rig/worlds/pre-push-hook.ts";
import { hookStatusFile, openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const CLEAN = "Retry uploads\n";
const lefthook = createRequire(import.meta.url).resolve("lefthook/bin/index.js");
const husky = join(ROOT, "node_modules/husky/bin.js");

/** What a team writes into its hook runner's file; the status is noted as the world's own hook does. */
function hookCommand({ dev, scratch }: PushWorld): string {
  const path = join(scratch.dir, "run-hook.sh");
  writeFileSync(
    path,
    `#!/bin/sh\n"${process.execPath}" "${PRE_PUSH_BIN}" "$@"\nstatus=$?\necho $status >"${hookStatusFile(dev)}"\nexit $status\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

describe("lefthook", () => {
  function openLefthookWorld(options: string): PushWorld {
    const world = openPushWorld();
    const { dev } = world;
    dev.git(["config", "core.hooksPath", relative(dev.dir, join(dev.commonDir, "hooks"))]);
    const config = `pre-push:\n  commands:\n    countersign:\n      run: ${hookCommand(world)} {1} {2}\n${options}`;
    writeFileSync(join(dev.dir, "lefthook.yml"), config);
    const { status, stderr } = run(process.execPath, [lefthook, "install", "--force"], { cwd: dev.dir, env: dev.env });
    if (status !== 0) throw new Error(stderr);
    return world;
  }

  it("that passes standard input on is like git itself", () => {
    using world = openLefthookWorld("      use_stdin: true\n");
    const assisted = world.dev.commit(ASSISTED);
    const refused = pushTo(world, ["origin", "main"]);
    // It shows what its commands print on standard output.
    expectRefused({ ...refused, stderr: refused.stderr + refused.stdout }, "COSIGN_MISSING", assisted.slice(0, 12));
    world.dev.commit(VOUCHED, { args: ["--amend"] });
    expectAllowed(pushTo(world, ["origin", "main"]));
  });

  it("that does not is told so, instead of letting everything pass unseen", () => {
    using world = openLefthookWorld("");
    world.dev.commit(ASSISTED);
    const refused = pushTo(world, ["origin", "main"]);
    expectUndecided({ ...refused, stderr: refused.stderr + refused.stdout }, "STDIN_EMPTY", "use_stdin: true");
  });
});

describe("husky", () => {
  it("is like git itself", () => {
    using world = openPushWorld();
    const { dev } = world;
    const installed = run(process.execPath, [husky], { cwd: dev.dir, env: dev.env });
    expect(installed).toMatchObject({ status: 0 });
    writeFileSync(join(dev.dir, ".husky/pre-push"), `${hookCommand(world)} "$@"\n`);
    const assisted = dev.commit(ASSISTED);
    expectRefused(pushTo(world, ["origin", "main"]), "COSIGN_MISSING", assisted.slice(0, 12));
    dev.commit(VOUCHED, { args: ["--amend"] });
    expectAllowed(pushTo(world, ["origin", "main"]));
    expectAllowed(pushTo(world, ["origin", "main"]), "Everything up-to-date");
  });
});

describe("pre-commit, which reads the refs itself and passes one of them on in variables", () => {
  function variables({ dev, server }: PushWorld, branch: string): NodeJS.ProcessEnv {
    return {
      PRE_COMMIT: "1",
      PRE_COMMIT_FROM_REF: dev.oid("HEAD~1"),
      PRE_COMMIT_TO_REF: dev.oid("HEAD"),
      PRE_COMMIT_LOCAL_BRANCH: "refs/heads/main",
      PRE_COMMIT_REMOTE_BRANCH: branch,
      PRE_COMMIT_REMOTE_NAME: "origin",
      PRE_COMMIT_REMOTE_URL: server.dir,
    };
  }

  it("gets that ref judged and is told of the others", () => {
    using world = openPushWorld();
    const assisted = world.dev.commit(ASSISTED);
    const { status, stderr } = runPrePush(world.dev, { env: variables(world, "refs/heads/main") });
    expect(status).toBe(1);
    expect(stderr).toContain(`COSIGN_MISSING: ${assisted.slice(0, 12)}`);
    expect(stderr).toContain("(1 new commit, 1 AI-assisted)");
    expect(stderr).toContain("pre-commit passes on only one ref of a push; others were not judged here");
  });

  it("gets good work passed, with the same word of warning", () => {
    using world = openPushWorld();
    world.dev.commit(VOUCHED);
    const { status, stderr } = runPrePush(world.dev, { env: variables(world, "refs/heads/main") });
    expect(status).toBe(0);
    expect(stderr).toContain("co-signed by ada@acme.example");
    expect(stderr).toContain("others were not judged here");
  });

  it("gets an unprotected ref passed", () => {
    using world = openPushWorld();
    world.dev.commit(ASSISTED);
    expect(runPrePush(world.dev, { env: variables(world, "refs/heads/feat") }).status).toBe(0);
  });

  it("gets a history that was rewritten refused", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.commit(CLEAN);
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    dev.commit("Another\n", { args: ["--amend"] });
    const { status, stderr } = runPrePush(dev, { env: variables(world, "refs/heads/main") });
    expect(status).toBe(1);
    expect(stderr).toContain("HISTORY_REWRITTEN");
  });

  it.each([
    ["says nothing of the ref", { PRE_COMMIT: "1" }],
    [
      "names the ref without an id",
      { PRE_COMMIT: "1", PRE_COMMIT_REMOTE_BRANCH: "refs/heads/main", PRE_COMMIT_REMOTE_NAME: "origin" },
    ],
  ])("is stopped where it %s", (_, env) => {
    using world = openPushWorld();
    const { status, stderr } = runPrePush(world.dev, { env });
    expect(status).toBe(2);
    expect(stderr).toContain("STDIN_EMPTY: pre-commit");
  });

  it("is stopped where the id is none", () => {
    using world = openPushWorld();
    world.dev.commit(CLEAN);
    const { status, stderr } = runPrePush(world.dev, {
      env: { ...variables(world, "refs/heads/main"), PRE_COMMIT_TO_REF: "HEAD" },
    });
    expect(status).toBe(2);
    expect(stderr).toContain("OBJECT_ID_MALFORMED");
  });
});

describe("git without a hook runner", () => {
  it("passes nothing where everything is up to date, and that is fine", () => {
    using world = openPushWorld();
    expectAllowed(pushTo(world, ["origin", "main"]), "Everything up-to-date");
  });

  it("passes nothing where the remote would refuse anyway, and that is fine", () => {
    using world = openPushWorld();
    world.dev.commit(CLEAN);
    expectAllowed(pushTo(world, ["origin", "main"]));
    const before = world.server.ref("refs/heads/main");
    world.dev.commit(ASSISTED, { args: ["--amend"] });
    const push = pushTo(world, ["origin", "main"]);
    expect({ git: push.status, hook: push.hook, ref: push.refs.get("refs/heads/main") }).toEqual({
      git: 1,
      hook: 0,
      ref: before,
    });
    expect(push.stderr).toContain("non-fast-forward");
  });
});
