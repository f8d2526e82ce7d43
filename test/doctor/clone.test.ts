import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { pushTo } from "../rig/worlds/pre-push-hook.ts";
import { codesOf, openClinic, PROVEN, snapshot } from "./clinic.ts";

describe("a clone whose hook does its work", () => {
  it("is healthy, and the proof is told", () => {
    using clinic = openClinic();
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong"), unclear: codesOf(findings, "unclear") }).toEqual({
      status: 0,
      wrong: [],
      unclear: [],
    });
    expect(findings.filter(({ what }) => PROVEN.test(what))).toEqual([
      { state: "ok", what: expect.stringMatching(/^pre-push: /) },
    ]);
  });

  it("is told in lines of 80 columns, a mark in front of each, with why and fix for what is not well", () => {
    using clinic = openClinic();
    const { status, stdout, stderr } = clinic.doctor();
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/^ok {6}node [\d.]+, git [\d.]+, an ssh-keygen that signs\n/);
    expect(stdout).toMatch(/^ok {6}pre-push: a push of AI-assisted commits to two branches/m);
    expect(stdout).toMatch(/^advice {2}CI_ABSENT: no CI.*\n {8}why: .+\n(?: {13}.+\n)* {8}fix: .+/m);
    expect(stdout).toMatch(/\n\ncountersign: healthy \(\d pieces of advice\)\n$/);
    expect(stdout).not.toContain("\u001b");
    expect(clinic.doctor([], { FORCE_COLOR: "1" }).stdout).toContain("\u001b[");
  });

  it("stays as it was to the last byte, and nothing is left behind", () => {
    using clinic = openClinic();
    clinic.dev.git(["config", "push.followTags", "true"]);
    clinic.dev.git(["tag", "-m", "A release", "v1"]);
    const before = [snapshot(clinic.dev.dir), snapshot(clinic.world.server.dir)];
    clinic.doctor();
    expect([snapshot(clinic.dev.dir), snapshot(clinic.world.server.dir)]).toEqual(before);
    expect(readdirSync(join(clinic.world.scratch.dir, "tmp"))).toEqual([]);
  });

  it("can still push, and the remote is not asked for anything", () => {
    using clinic = openClinic();
    clinic.dev.git(["remote", "set-url", "origin", "https://user:secret-token@unreachable.invalid/x.git"]);
    const { status, stdout, stderr } = clinic.doctor();
    expect(status).toBe(0);
    expect(stdout + stderr).not.toMatch(/secret|unreachable/);
    clinic.dev.git(["remote", "set-url", "origin", clinic.world.server.dir]);
    clinic.dev.commit("Tidy\n");
    expect(pushTo(clinic.world, ["origin", "main"], { env: clinic.env }).status).toBe(0);
  });

  it.each<[settings: string, config: readonly (readonly [string, string])[]]>([
    ["signs pushes", [["push.gpgSign", "true"]]],
    ["sends push options", [["push.pushOption", "ci.skip"]]],
    ["pushes submodules along", [["push.recurseSubmodules", "on-demand"]]],
    ["checks every object that arrives", [["transfer.fsckObjects", "true"]]],
    ["has hooks for all repositories elsewhere", [["init.templateDir", "/nonexistent"]]],
    ["takes bare repositories only where they are named", [["safe.bareRepository", "explicit"]]],
  ])("is proven as well by a person who %s", (_, config) => {
    using clinic = openClinic();
    for (const [name, value] of config) clinic.dev.git(["config", "--global", name, value]);
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong"), unclear: codesOf(findings, "unclear") }).toEqual({
      status: 0,
      wrong: [],
      unclear: [],
    });
  });

  it("is found from a folder below, and by its name", () => {
    using clinic = openClinic();
    clinic.dev.commit("Add\n", { files: { "deep/er/file": "x\n" } });
    const below = countersign(clinic.dev, ["doctor"], { cwd: join(clinic.dev.dir, "deep/er"), env: clinic.env });
    expect(below).toMatchObject({ status: 0 });
    const named = countersign(clinic.dev, ["--repo", clinic.dev.dir, "doctor"], {
      cwd: clinic.world.scratch.dir,
      env: { ...clinic.env, GIT_DIR: clinic.world.server.dir },
    });
    expect(named).toMatchObject({ status: 0 });
  });

  it("may be a linked work tree", () => {
    using clinic = openClinic();
    const linked = join(clinic.world.scratch.dir, "linked");
    clinic.dev.git(["worktree", "add", "-q", linked]);
    expect(countersign(clinic.dev, ["doctor"], { cwd: linked, env: clinic.env })).toMatchObject({ status: 0 });
  });

  it("may have SHA-256 ids and no commit yet, and is then unclear for its policy alone", () => {
    using clinic = openClinic();
    const fresh = initRepo(clinic.world.scratch, "fresh", ["--object-format=sha256"]);
    fresh.git(["config", "core.hooksPath", join(clinic.dev.dir, ".git/hooks")]);
    const { status, stdout } = countersign(fresh, ["doctor", "--format", "json"], { env: clinic.env });
    const { findings } = JSON.parse(stdout);
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: ["POLICY_ABSENT"] });
    expect(stdout).toMatch(/refused for both/);
  });
});

describe("what the doctor cannot look at is one message", () => {
  it("no repository", () => {
    using scratch = openScratch();
    expectFault(countersign(new Repo(scratch, scratch.dir), ["doctor"]), "NOT_A_REPOSITORY");
  });

  it("a bare repository without --server, a work tree with it", () => {
    using clinic = openClinic();
    expectFault(countersign(clinic.world.server, ["doctor"]), "OPTION_INVALID", "--server: it is needed here");
    expectFault(clinic.doctor(["--server"]), "OPTION_INVALID", "--server: this repository has a work tree");
  });
});
