import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Run, run } from "./rig/process/run.ts";
import { initRepo, type Repo } from "./rig/repository/repo.ts";
import { openScratch, type Scratch } from "./rig/repository/scratch.ts";
import { ROOT } from "./rig/suite/bins.ts";
import { CLAUDE, POLICY } from "./rig/worlds/push-world.ts";

/** What would be published, installed where nothing else is: no workspace, no registry. */
describe("the packed packages", () => {
  let scratch: Scratch;
  let repo: Repo;

  function npm(cwd: string, ...args: readonly string[]): Run {
    const env = { ...scratch.env, npm_config_update_notifier: "false" };
    const result = run("npm", args, { cwd, env });
    expect({ args, status: result.status, stderr: result.status === 0 ? "" : result.stderr }).toEqual({
      args,
      status: 0,
      stderr: "",
    });
    return result;
  }

  /** Packs a copy, so that nothing is written into the workspace. */
  function pack(folder: string, source = join(ROOT, "packages", folder)): string[] {
    const copy = join(scratch.dir, "copy", folder);
    cpSync(source, copy, {
      recursive: true,
      dereference: true,
      filter: (path) => !path.slice(source.length).includes("node_modules"),
    });
    const [packed] = JSON.parse(npm(copy, "pack", "--json", "--pack-destination", scratch.dir).stdout);
    return packed.files.map(({ path }: { path: string }) => path).sort();
  }

  beforeAll(() => {
    scratch = openScratch();
    repo = initRepo(scratch, "adopter");
    repo.commit("Adopt\n", { files: { "countersign.config.yaml": POLICY, ".gitignore": "node_modules/\n" } });
  });
  afterAll(() => scratch[Symbol.dispose]());

  it.each(["pre-push", "cli"])("hold of %s its bundle and the papers that npm adds, and no source", (folder) => {
    const files = pack(folder);
    expect(files).toContain("dist/pre-push.js");
    const bundled =
      /^(?:dist\/(?:(?:chunks|commit-chunks|push-chunks|receive-chunks)\/[\w-]+|bin|pre-push|pre-receive|husky|pre-commit|prepare-commit-msg|commit-msg)\.js|dist\/gate\.mjs|dist\/(?:package|policy\.schema)\.json|package\.json|README\.md|LICENSE)$/;
    expect(files.filter((path) => !bundled.test(path))).toEqual([]);
  });

  it("take into the hook for pushes what it must know of hook managers, and nothing of how they are set up", () => {
    const main = readFileSync(join(ROOT, "packages/pre-push/dist/push-chunks/main.js"), "utf8");
    expect(main).toContain("PRE_COMMIT_TO_REF");
    expect(main).not.toMatch(/Written by `countersign init`|tag:yaml\.org/);
  });

  it("are installed without a network, and bring husky alone with them", () => {
    pack("husky", join(ROOT, "node_modules/husky"));
    const tarballs = readdirSync(scratch.dir).filter((name) => name.endsWith(".tgz"));
    expect(tarballs).toHaveLength(3);
    writeFileSync(join(repo.dir, "package.json"), '{ "name": "adopter", "private": true }\n');
    npm(
      repo.dir,
      "install",
      "--offline",
      "--no-audit",
      "--no-fund",
      ...tarballs.map((name) => join(scratch.dir, name)),
    );
    const installed = readdirSync(join(repo.dir, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed.sort()).toEqual(["@countersign", "countersign", "husky"]);
  });

  it("run the program", () => {
    repo.commit(`Retry uploads\n\n${CLAUDE}\n`);
    const bin = join(repo.dir, "node_modules/.bin/countersign");
    const { status, stdout, stderr } = run(bin, ["log", "-n", "1"], { cwd: repo.dir, env: repo.env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("assisted claude-code    Retry uploads");
  });

  it("run the hook that keeps a push from a server", () => {
    const server = initRepo(scratch, "server.git", ["--bare"]);
    const before = repo.oid("HEAD^");
    repo.git(["push", "-q", server.dir, `${before}:refs/heads/main`]);
    repo.git(["remote", "add", "origin", server.dir]);
    repo.git(["fetch", "-q"]);
    const hooks = join(repo.dir, ".hooks");
    mkdirSync(hooks);
    writeFileSync(join(hooks, "pre-push"), '#!/bin/sh\nexec node_modules/.bin/countersign-pre-push "$@"\n');
    chmodSync(join(hooks, "pre-push"), 0o755);
    repo.git(["config", "core.hooksPath", ".hooks"]);
    const { status, stderr } = repo.try(["push", "origin", "main"]);
    expect(stderr).toContain("COSIGN_MISSING");
    expect({ status, ref: server.ref("refs/heads/main") }).toEqual({ status: 1, ref: before });
  });
});
