import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { npmEnvironment, packPackage } from "../rig/installed/packed.ts";
import { type Run, run } from "../rig/process/run.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { ROOT } from "../rig/suite/bins.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { ADA } from "./adopter.ts";

const YARN = join(ROOT, "test/node_modules/@yarnpkg/cli-dist/bin/yarn.js");

/** What a registry would give: the tarball of an installed package. */
function packInstalled({ dir, env }: Scratch, name: string): string {
  const folder = realpathSync(join(ROOT, "node_modules", name));
  const packed = run("npm", ["pack", "--silent", "--pack-destination", dir], { cwd: folder, env });
  return join(dir, packed.stdout.trim());
}

/** A project as `yarn init -2` leaves it, with countersign among its packages. Nothing is asked of a network. */
function writeProject(scratch: Scratch, repo: Repo): void {
  const manifest = {
    name: "payments",
    private: true,
    packageManager: "yarn@4.18.1",
    devDependencies: { countersign: `file:${packPackage(scratch, "cli")}` },
    resolutions: { husky: `file:${packInstalled(scratch, "husky")}` },
  };
  repo.write({
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    ".yarnrc.yml": "enableGlobalCache: true\nenableNetwork: false\nenableTelemetry: false\n",
    ".gitignore": ".pnp.*\n.yarn/\nnode_modules/\n",
  });
}

it("Yarn 4 is told what Plug'n'Play cannot do, and its clones have the hooks once that is done", () => {
  using scratch = openScratch();
  const programs = join(scratch.dir, "programs");
  mkdirSync(programs);
  writeFileSync(join(programs, "yarn"), `#!/bin/sh\nexec '${process.execPath}' '${YARN}' "$@"\n`, { mode: 0o755 });
  const npm = npmEnvironment(scratch);
  const env = { ...npm, PATH: `${programs}:${npm["PATH"]}`, YARN_ENABLE_IMMUTABLE_INSTALLS: "false" };
  const start = (repo: Repo, program: string, ...args: readonly string[]): Run =>
    run(program, args, { cwd: repo.dir, env: { ...repo.env, ...env } });
  const server = initRepo(scratch, "server.git", ["--bare"]);
  const lead = initRepo(scratch, "lead");
  lead.git(["remote", "add", "origin", server.dir]);
  writeProject(scratch, lead);
  expect(start(lead, "yarn", "install")).toMatchObject({ status: 0 });

  const init = ["countersign", "init", "--yes", "--senior", ADA, "--proof", "declared"];
  const unfit = start(lead, "yarn", ...init);
  expect(unfit.stdout + unfit.stderr).toContain("Yarn's Plug'n'Play installs no program that git's hooks could start");
  const advised = [...`${unfit.stdout}${unfit.stderr}`.matchAll(/`yarn ([^`]+)`/g)].map(([, words = ""]) => words);
  expect(advised).toHaveLength(2);
  for (const words of advised) expect(start(lead, "yarn", ...words.split(" "))).toMatchObject({ status: 0 });
  const done = start(lead, "yarn", ...init);
  expect({ status: done.status, said: done.stderr }).toEqual({ status: 0, said: "" });
  lead.git(["add", "-A"]);
  lead.git(["commit", "-q", "--no-verify", "-m", "Adopt countersign"]);
  lead.git(["push", "-q", "--no-verify", "origin", "main"]);

  // A teammate, who has run nothing but Yarn.
  start(lead, "git", "clone", "-q", server.dir, join(scratch.dir, "mate"));
  const mate = new Repo(scratch, join(scratch.dir, "mate"));
  expect(start(mate, "yarn", "install")).toMatchObject({ status: 0 });
  expect(start(mate, "git", "commit", "-q", "--allow-empty", "-m", `Retry\n\n${CLAUDE}`).status).toBe(0);
  const refused = start(mate, "git", "push", "origin", "main");
  expect(refused.stderr).toContain("COSIGN_MISSING");
  expect({ status: refused.status, main: server.oid("main") }).toEqual({ status: 1, main: lead.oid("main") });
  mate.git(["reset", "-q", "--hard", "origin/main"]);
  expect(start(mate, "git", "commit", "-q", "--allow-empty", "-m", "By hand").status).toBe(0);
  expect(start(mate, "git", "push", "-q", "origin", "main").status).toBe(0);
  expect(server.oid("main")).toBe(mate.oid("HEAD"));
}, 120_000);
