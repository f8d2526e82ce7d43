import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";

const PROGRAMS = ["pre-push", "pre-commit", "prepare-commit-msg", "commit-msg"].map((hook) => `countersign-${hook}`);

/** A program that notes whose it is, and where a push gives it refs reads them. */
function writePrograms(folder: string, whose: string, names: readonly string[] = PROGRAMS): void {
  mkdirSync(folder, { recursive: true });
  for (const name of names) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho ${whose} >>"$WITNESS"\n`);
    chmodSync(join(folder, name), 0o755);
  }
}

interface World extends Disposable {
  readonly scratch: Scratch;
  readonly repo: Repo;
  /** Whose programs a commit and a push run; `PATH` begins with these folders. */
  ran(...folders: readonly string[]): readonly string[];
}

/** A repository with plain hooks and a program that is installed for the whole machine. */
function openWorld(installed = true): World {
  const scratch = openScratch();
  const server = initRepo(scratch, "server.git", ["--bare"]);
  const repo = initRepo(scratch, "dev");
  repo.write({ "package.json": "{}\n", ".gitignore": "node_modules\n" });
  repo.commit("Start\n", { files: {} });
  repo.git(["remote", "add", "origin", server.dir]);
  const machine = join(scratch.dir, "machine");
  writePrograms(machine, "installed");
  const init = ["init", "--yes", "--manager", "plain", "--senior", "Ada <ada@acme.example>"];
  const set = countersign(repo, init, { env: { PATH: `${machine}:${process.env["PATH"]}` } });
  expect({ status: set.status, stderr: set.stderr }).toEqual({ status: 0, stderr: "" });
  if (!installed) rmSync(machine, { recursive: true });
  return {
    scratch,
    repo,
    ran: (...folders) => ranIn(repo, scratch, [...folders, machine]),
    [Symbol.dispose]: () => scratch[Symbol.dispose](),
  };
}

function ranIn(repo: Repo, scratch: Scratch, folders: readonly string[]): readonly string[] {
  const WITNESS = join(scratch.dir, "witness");
  rmSync(WITNESS, { force: true });
  const env = { ...repo.env, WITNESS, PATH: [...folders, process.env["PATH"]].join(":") };
  repo.try(["commit", "-q", "--allow-empty", "-m", "Tidy"], { env });
  repo.try(["push", "-q", "origin", "HEAD:refs/heads/main"], { env });
  return existsSync(WITNESS) ? [...new Set(readFileSync(WITNESS, "utf8").trim().split("\n"))] : [];
}

/** Checks a branch out on which all that is there now is tracked, and on which nothing of it is ignored. */
function track(repo: Repo, ...paths: readonly string[]): void {
  repo.git(["add", "-f", ...paths]);
  repo.git(["commit", "-q", "--no-verify", "-m", "Ship programs"]);
}

const SHIPPED: readonly (readonly [string, (repo: Repo) => readonly string[]])[] = [
  [
    "in node_modules",
    ({ dir }) => {
      writePrograms(join(dir, "node_modules/.bin"), "shipped");
      return ["node_modules"];
    },
  ],
  [
    "behind a link that is named node_modules",
    ({ dir }) => {
      writePrograms(join(dir, "vendor/.bin"), "shipped");
      symlinkSync("vendor", join(dir, "node_modules"));
      return ["vendor", "node_modules"];
    },
  ],
  [
    "beside an installed one, as what that loads",
    ({ dir }) => {
      writePrograms(join(dir, "node_modules/.bin"), "shipped");
      mkdirSync(join(dir, "node_modules/countersign"));
      writeFileSync(join(dir, "node_modules/countersign/chunk.js"), "");
      return ["node_modules/countersign/chunk.js"];
    },
  ],
];

describe("plain hooks", () => {
  it.each(SHIPPED)("run no program that a branch ships %s, and the installed one in its place", (_, ship) => {
    using world = openWorld();
    track(world.repo, ...ship(world.repo));
    expect(world.ran()).toEqual(["installed"]);
    expect(world.ran(join(world.repo.dir, "node_modules/.bin"))).toEqual(["installed"]);
    expect(world.ran("node_modules/.bin")).toEqual(["installed"]);
  });

  it("refuse a push where nothing but that is there", () => {
    using world = openWorld(false);
    writePrograms(join(world.repo.dir, "node_modules/.bin"), "shipped");
    track(world.repo, "node_modules");
    const pushed = world.repo.try(["push", "-q", "origin", "HEAD:refs/heads/main"]);
    expect(pushed).toMatchObject({ status: 1 });
    expect(pushed.stderr).toContain("countersign not found; install it");
    expect(pushed.stderr).toContain("files that git tracks here are not run");
  });

  it("run no other program that a branch ships, where the PATH begins with its folder", () => {
    using world = openWorld();
    writePrograms(join(world.repo.dir, "node_modules/.bin"), "shipped", ["git", "node", "cat", "env"]);
    track(world.repo, "node_modules");
    // git itself finds hooks' programs by the PATH that it was started with.
    const { dir, env } = world.repo;
    const script = 'PATH="node_modules/.bin:$PATH"; export PATH; /bin/sh .git/hooks/pre-push origin url </dev/null';
    const WITNESS = join(world.scratch.dir, "witness");
    const clean = { ...env, WITNESS, PATH: `${join(world.scratch.dir, "machine")}:${process.env["PATH"]}` };
    const repo = new Repo(world.scratch, dir);
    repo.git(["-c", `alias.run=!${script}`, "run"], { env: clean });
    expect(readFileSync(WITNESS, "utf8")).toBe("installed\n");
  });

  it("run the project's own one where it was installed, from a linked work tree and by a link as well", () => {
    using world = openWorld();
    const { repo, scratch } = world;
    writePrograms(join(repo.dir, "node_modules/.bin"), "own");
    expect(world.ran()).toEqual(["own"]);
    const linked = join(scratch.dir, "linked");
    repo.git(["worktree", "add", "-q", "--detach", linked]);
    expect(ranIn(new Repo(scratch, linked), scratch, [])).toEqual(["own"]);
    // The main one has the branch checked out that ships it.
    track(repo, "node_modules");
    expect(ranIn(new Repo(scratch, linked), scratch, [])).toEqual([]);
    rmSync(join(repo.dir, "node_modules"), { recursive: true });
    repo.git(["reset", "-q", "--hard", "HEAD~1"]);
    writePrograms(join(scratch.dir, "volume/.bin"), "own");
    symlinkSync(join(scratch.dir, "volume"), join(repo.dir, "node_modules"));
    expect(world.ran()).toEqual(["own"]);
  });

  it("run what is installed in a folder of the work tree of which git tracks nothing, as in a home folder", () => {
    using world = openWorld(false);
    const folder = join(world.repo.dir, "tools/bin");
    writePrograms(folder, "home");
    expect(world.ran(folder)).toEqual(["home"]);
    track(world.repo, dirname(folder));
    expect(world.ran(folder)).toEqual([]);
  });
});
