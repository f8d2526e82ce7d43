import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { Repo } from "../rig/repository/repo.ts";
import { attempt, expectAllowed } from "../rig/worlds/attempt.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { ADA, assist, expectScreen, messageOf, openCosignWorld, policyWith, stateOf } from "./cosign-world.ts";
import { expectCosigned, keptParts, verifyByHand } from "./oracle.ts";
import { cosign } from "./terminal-session.ts";

describe.each(["sha1", "sha256"] as const)("a co-sign in a %s repository", (format) => {
  it("makes the push of an assisted commit pass, and can be checked by hand", async () => {
    using world = openCosignWorld({ format });
    assist(world);
    const { status, screen } = await cosign(world.ada);
    expectScreen(
      screen,
      "co-signed 1 commit on main as ada@acme.example (signed with SHA256:",
      "next: git push origin main",
    );
    expect(status).toBe(0);
    expectCosigned(world.dev, "HEAD", world.key);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "co-signed by ada@acme.example (signed)");
  });

  it("changes messages, committers and ids, and nothing else", async () => {
    using world = openCosignWorld({ format });
    assist(world, "First");
    world.dev.commit("Between\n");
    assist(world, "Second");
    world.dev.commit("Last\n\nbody \t\n\n\n");
    world.dev.write({ "staged.txt": "x\n" });
    const status = world.dev.git(["status", "--porcelain=v2"]);
    const index = world.dev.git(["ls-files", "-s", "--debug"]);
    const parts = keptParts(world.dev, "origin/main..HEAD");
    const last = messageOf(world.dev, "HEAD");
    expect((await cosign(world.ada)).status).toBe(0);
    expect(keptParts(world.dev, "origin/main..HEAD")).toBe(parts);
    expect(messageOf(world.dev, "HEAD")).toBe(last);
    expect(world.dev.git(["status", "--porcelain=v2"])).toBe(status);
    expect(world.dev.git(["ls-files", "-s", "--debug"])).toBe(index);
    expect(world.dev.git(["log", "--format=%cn <%ce>", "origin/main..HEAD"]).split("\n")).toEqual(Array(4).fill(ADA));
    for (const revision of ["HEAD^", "HEAD~3"]) expectCosigned(world.dev, revision, world.key);
    expect(messageOf(world.dev, "HEAD~2")).toBe("Between");
    expect(world.dev.git(["fsck", "--strict", "--no-dangling"])).toBe("");
  });
});

describe("a co-sign", () => {
  it("leaves the commits below the first one as they are", async () => {
    using world = openCosignWorld();
    const below = world.dev.commit("Below\n");
    assist(world);
    await cosign(world.ada);
    expect(world.dev.oid("HEAD^")).toBe(below);
  });

  it("is one entry of the reflog, and the printed command takes it back", async () => {
    using world = openCosignWorld();
    const old = assist(world);
    const { screen } = await cosign(world.ada);
    expect(world.dev.git(["reflog", "-1", "--format=%gs", "main"])).toBe("countersign cosign: 1 for main");
    expect(world.dev.oid("main@{1}")).toBe(old);
    const undo = /undo: git (update-ref .+)/.exec(screen)?.[1] ?? "";
    world.dev.git(undo.split(" "));
    expect(world.dev.oid("HEAD")).toBe(old);
    expect(world.dev.git(["status", "--porcelain"])).toBe("");
  });

  it("leaves no file behind", async () => {
    using world = openCosignWorld();
    assist(world);
    const TMPDIR = world.scratch.dir;
    const before = readdirSync(TMPDIR);
    await cosign(world.ada, [], { env: { TMPDIR } });
    expect(readdirSync(TMPDIR)).toEqual(before);
    expect(tmpdir()).not.toBe(TMPDIR);
  });

  it("has nothing to do where nothing needs one", async () => {
    using world = openCosignWorld();
    world.dev.commit("By hand\n");
    const before = stateOf(world.dev);
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "countersign: nothing to sign (1 new commit, none needs a co-sign)");
    expect(status).toBe(0);
    expect(stateOf(world.dev)).toBe(before);
  });

  it("has nothing to do a second time", async () => {
    using world = openCosignWorld();
    assist(world);
    await cosign(world.ada);
    const tip = world.dev.oid("HEAD");
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "nothing to sign");
    expect({ status, tip: world.dev.oid("HEAD") }).toEqual({ status: 0, tip });
  });

  it("has nothing to do for a branch that nothing protects", async () => {
    using world = openCosignWorld();
    assist(world);
    world.dev.git(["branch", "topic"]);
    const { status, screen } = await cosign(world.ada, ["--branch", "topic"]);
    expectScreen(screen, "nothing to sign (the policy does not protect topic)");
    expect(status).toBe(0);
  });

  it("is for the branch that is named, and holds for no other", async () => {
    using world = openCosignWorld({ rules: "  - branches: [release/*]\n" });
    assist(world);
    expect((await cosign(world.ada, ["--branch", "release/2"])).status).toBe(0);
    expectCosigned(world.dev, "HEAD", { ...world.key, branch: "release/2" });
    expect(verifyByHand(world.dev, "HEAD", world.key)).toBe(false);
    const { screen } = await cosign(world.ada);
    expectScreen(screen, "1/1 commit");
  });

  it("is for what a range says", async () => {
    using world = openCosignWorld();
    const first = assist(world, "First");
    assist(world, "Second");
    expect((await cosign(world.ada, [`${first}..main`])).status).toBe(0);
    expect(world.dev.oid("HEAD^")).toBe(first);
    expectCosigned(world.dev, "HEAD", world.key);
  });

  it("moves a branch that is not checked out", async () => {
    using world = openCosignWorld();
    world.dev.git(["switch", "-q", "-c", "topic"]);
    assist(world);
    world.dev.git(["switch", "-q", "main"]);
    const main = world.dev.oid("main");
    const { status, screen } = await cosign(world.ada, ["topic"]);
    expectScreen(screen, "on topic as ada@acme.example", "git push origin topic");
    expect({ status, main: world.dev.oid("main"), head: world.dev.git(["symbolic-ref", "HEAD"]) }).toEqual({
      status: 0,
      main,
      head: "refs/heads/main",
    });
    expectCosigned(world.dev, "topic", world.key);
  });

  it("adds to the co-signs of others, which stay valid", async () => {
    using world = openCosignWorld();
    const grace = makeSshKey(world.scratch, "grace-key", ["-t", "ed25519"]);
    const policy = policyWith(world.key.line, "cosign: { count: 2 }\n").replace(
      "level: principal",
      `level: principal\n    keys: ["${grace.line}"]`,
    );
    world.dev.commit("Policy\n", { files: { "countersign.config.yaml": policy } });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    assist(world);
    await cosign(world.ada);
    const asGrace = new Repo(world.scratch, world.dev.dir, "Grace Hopper <grace@acme.example>");
    const again = await cosign(world.ada);
    expectScreen(again.screen, "nothing to sign (your co-signs are there)", "it needs 2 people");
    const { status } = await cosign(asGrace, ["--key", grace.path]);
    expect(status).toBe(0);
    expectCosigned(world.dev, "HEAD", world.key);
    expectCosigned(world.dev, "HEAD", { ...grace, email: "grace@acme.example" });
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "ada@acme.example", "grace@acme.example");
  });

  it("counts where the same change is taken back and made again", async () => {
    using world = openCosignWorld();
    const change = (subject: string, text: string) =>
      world.dev.commit(`${subject}\n\n${CLAUDE}\n`, { files: { "a.txt": text } });
    change("Start", "0\n");
    change("Make", "1\n");
    change("Take back", "0\n");
    change("Make again", "1\n");
    world.dev.commit(`Nothing\n\n${CLAUDE}\n`, { files: {} });
    world.dev.commit(`Nothing again\n\n${CLAUDE}\n`, { files: {} });
    expect((await cosign(world.ada)).status).toBe(0);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "6 new commits, 6 AI-assisted");
  });

  it("signs a change of the policy itself, assisted or not", async () => {
    using world = openCosignWorld();
    world.dev.commit("Ask for two\n", {
      files: { "countersign.config.yaml": policyWith(world.key.line, "cosign: { count: 2 }\n") },
    });
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "agents    none (undeclared); it changes the policy");
    expect(status).toBe(0);
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
  });

  it("is declared alone where that is enough and no key is set, and says so", async () => {
    using world = openCosignWorld({ rules: "cosign: { proof: declared }\n" });
    assist(world);
    world.dev.git(["config", "--unset", "user.signingKey"]);
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "none: the co-sign is declared, not proven; anyone could type it", "(declared, not proven)");
    expect(status).toBe(0);
    expect(messageOf(world.dev, "HEAD")).toBe(`Retry uploads\n\n${CLAUDE}\nCo-signed-by: ${ADA}`);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "declared, not proven");
  });

  it("works in a linked work tree and from a folder below", async () => {
    using world = openCosignWorld();
    world.dev.git(["worktree", "add", "-q", "-b", "topic", `${world.scratch.dir}/linked`]);
    const linked = new Repo(world.scratch, `${world.scratch.dir}/linked`, ADA);
    linked.commit(`Retry\n\n${CLAUDE}\n`, { files: { "a/b.txt": "x\n" }, author: "Bob <bob@acme.example>" });
    expect((await cosign(linked, [], { cwd: `${linked.dir}/a` })).status).toBe(0);
    expectCosigned(linked, "topic", world.key);
  });
});
