import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { npmEnvironment, packPackage } from "../rig/installed/packed.ts";
import { run } from "../rig/process/run.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { npm } from "./adopter.ts";

it("takes an empty npm project two commands to keep an assisted commit off main", () => {
  using scratch = openScratch();
  const server = initRepo(scratch, "server.git", ["--bare"]);
  const repo = initRepo(scratch, "payments");
  repo.git(["remote", "add", "origin", server.dir]);
  writeFileSync(join(repo.dir, "package.json"), "{}\n");
  const tarball = packPackage(scratch, "cli");
  npm(scratch, repo.dir, "install", "-D", tarball);

  // No network from here on, and nobody to answer.
  const env = { ...npmEnvironment(scratch), ...repo.env, npm_config_offline: "true" };
  const set = run("npx", ["countersign", "init", "--yes"], { cwd: repo.dir, env });
  expect({ status: set.status, stderr: set.stderr }).toEqual({ status: 0, stderr: "" });
  const [, add = ""] = /^ {2}(git add .*)$/m.exec(set.stdout) ?? [];
  repo.git(add.split(" ").slice(1));
  repo.git(["commit", "-q", "-m", "Adopt countersign"], { env });
  repo.git(["push", "-q", "origin", "main"], { env });
  const adopted = repo.oid("HEAD");
  expect(server.ref("refs/heads/main")).toBe(adopted);

  repo.commit(`Retry uploads\n\n${CLAUDE}\n`);
  const refused = repo.try(["push", "origin", "main"], { env });
  expect(refused.stderr).toContain("COSIGN_MISSING");
  expect({ status: refused.status, ref: server.ref("refs/heads/main") }).toEqual({ status: 1, ref: adopted });

  repo.git(["reset", "-q", "--hard", "HEAD^"]);
  const own = repo.commit("Retry uploads\n");
  expect(repo.try(["push", "origin", "main"], { env })).toMatchObject({ status: 0 });
  expect(server.ref("refs/heads/main")).toBe(own);
});

it("lets the packages of the hooks be installed beside the program that has them already", () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "payments");
  writeFileSync(join(repo.dir, "package.json"), "{}\n");
  npm(scratch, repo.dir, "install", "-D", packPackage(scratch, "cli"), packPackage(scratch, "pre-push"));
  const bin = join(repo.dir, "node_modules/.bin/countersign-pre-push");
  expect(run(bin, ["origin", "url"], { cwd: repo.dir, env: repo.env })).toMatchObject({ status: 0, stderr: "" });
});
