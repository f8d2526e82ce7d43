import { createHash } from "node:crypto";
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmEnvironment, packPackage } from "../rig/installed/packed.ts";
import { type Run, run } from "../rig/process/run.ts";
import { runProgram } from "../rig/process/warm/programs.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { fillFromTemplate } from "../rig/repository/template.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { CLAUDE, COSIGN } from "../rig/worlds/push-world.ts";

/** Somebody's npm project with countersign installed in it as it would be published, and a server. */
export interface Adopter extends Disposable {
  readonly scratch: Scratch;
  readonly repo: Repo;
  readonly server: Repo;
  readonly env: NodeJS.ProcessEnv;
  /** Runs the program, which is the installed one to the byte. */
  countersign(...args: readonly string[]): Run;
  /** Runs `countersign init --yes` with one senior, which must succeed. */
  init(...args: readonly string[]): Run;
  /** Commits all there is and pushes it past every hook. */
  adopt(): void;
}

/** npm needs a second for what a copy does at once. */
export interface Template extends Disposable {
  open(prepare?: (repo: Repo) => void): Adopter;
}

export const ADA = "Ada Lovelace <ada@acme.example>";

export const ASSISTED = `Retry uploads\n\n${CLAUDE}\n`;
export const VOUCHED = `Retry uploads\n\n${CLAUDE}\n${COSIGN}\n`;

/** Installs the packed program, and other packages beside it, once for all tests that ask for the same. */
export function makeTemplate(packages: readonly string[] = [], manifest: object = { name: "payments" }): Template {
  const scratch = openScratch();
  const dir = join(scratch.dir, "template");
  fillFromTemplate(dir, ["adopter", packages, manifest], (folder, place) => {
    run("git", ["init", "-q", folder], { cwd: folder, env: place.env });
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    writeFileSync(join(folder, ".gitignore"), "node_modules/\n");
    npm(place, folder, "install", "--save-dev", "--ignore-scripts", packPackage(place, "cli"), ...packages);
  });
  return {
    open(prepare) {
      const own = openScratch();
      const server = initRepo(own, "server.git", ["--bare"]);
      cpSync(dir, join(own.dir, "dev"), { recursive: true, verbatimSymlinks: true });
      const repo = new Repo(own, join(own.dir, "dev"));
      repo.git(["remote", "add", "origin", server.dir]);
      prepare?.(repo);
      const env = { ...npmEnvironment(own), ...repo.env };
      const countersign = (...args: readonly string[]): Run =>
        runProgram(COUNTERSIGN_BIN, args, { cwd: repo.dir, env });
      return {
        scratch: own,
        repo,
        server,
        env,
        countersign,
        init(...args) {
          const result = countersign("init", "--yes", "--senior", ADA, "--proof", "declared", ...args);
          if (result.status !== 0) throw new Error(`init ended with ${result.status}: ${result.stderr}`);
          return result;
        },
        adopt() {
          repo.git(["add", "-A"]);
          repo.git(["commit", "-q", "--no-verify", "-m", "Adopt countersign"]);
          repo.git(["push", "-q", "--no-verify", "-u", "origin", "main"]);
        },
        [Symbol.dispose]: () => own[Symbol.dispose](),
      };
    },
    [Symbol.dispose]: () => scratch[Symbol.dispose](),
  };
}

export function npm(scratch: Scratch, cwd: string, ...args: readonly string[]): Run {
  const result = run("npm", args, { cwd, env: npmEnvironment(scratch) });
  if (result.status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${result.status}: ${result.stderr}`);
  return result;
}

/** Every file below a folder with its mode and the digest of its bytes, installed packages and git's own objects and logs left out. */
export function filesOf(dir: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  const visit = (path: string): void => {
    const full = join(dir, path);
    const stat = lstatSync(full);
    if (stat.isSymbolicLink()) files[path] = `link to ${readlinkSync(full)}`;
    else if (stat.isFile())
      files[path] =
        `${(stat.mode & 0o777).toString(8)} ${createHash("sha256").update(readFileSync(full)).digest("hex")}`;
    else if (!/^(?:node_modules|\.git\/(?:objects|logs|refs))$/.test(path)) {
      if (path !== "") files[`${path}/`] = "folder";
      for (const name of readdirSync(full)) visit(path === "" ? name : `${path}/${name}`);
    }
  };
  visit("");
  return files;
}

export function readIn({ dir }: Repo, path: string): string {
  return readFileSync(join(dir, path), "utf8");
}

export function existsIn({ dir }: Repo, path: string): boolean {
  return existsSync(join(dir, path));
}

/** What became of `main` on the server by a push. */
export interface Pushed extends Run {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export function push({ repo, server, env }: Adopter, args: readonly string[] = ["origin", "main"], more = {}): Pushed {
  const before = server.ref("refs/heads/main");
  const result = run("git", ["push", ...args], { cwd: repo.dir, env: { ...env, ...more } });
  return { ...result, before, after: server.ref("refs/heads/main") };
}
