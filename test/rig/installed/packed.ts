import { cpSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { run } from "../process/run.ts";
import type { Scratch } from "../repository/scratch.ts";
import { fillFromTemplate } from "../repository/template.ts";
import { ROOT } from "../suite/bins.ts";

/** npm for a test: its own HOME, and the packages that this machine has fetched before. */
export function npmEnvironment(scratch: Scratch): NodeJS.ProcessEnv {
  return {
    ...scratch.env,
    npm_config_cache: process.env["npm_config_cache"] ?? join(homedir(), ".npm"),
    npm_config_prefer_offline: "true",
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
}

/** Packs a package of the workspace as it would be published, once in a run, out of a copy; returns the tarball's path. */
export function packPackage(scratch: Scratch, folder: string): string {
  const to = join(scratch.dir, "tarballs", folder);
  fillFromTemplate(to, ["packed", folder], (made, place) => {
    const copy = join(place.dir, "copy", folder);
    const source = join(ROOT, "packages", folder);
    cpSync(source, copy, { recursive: true, filter: (path) => !path.slice(source.length).includes("node_modules") });
    const args = ["pack", "--pack-destination", made];
    const { status, stderr } = run("npm", args, { cwd: copy, env: npmEnvironment(place) });
    if (status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${status}: ${stderr}`);
  });
  return join(to, readdirSync(to)[0] ?? "");
}

/** Every package that is published, by its folder. */
export const PUBLISHED: Readonly<Record<string, string>> = {
  core: "@countersign/core",
  report: "@countersign/report",
  git: "@countersign/git",
  isomorphic: "@countersign/isomorphic",
  "pre-commit": "@countersign/pre-commit",
  "pre-push": "@countersign/pre-push",
  "pre-receive": "@countersign/pre-receive",
  cli: "countersign",
};

/** Packs them as pnpm publishes them, with the versions that the workspace stands for; the tarballs by package name. */
export function packWorkspace(scratch: Scratch): Readonly<Record<string, string>> {
  const to = join(scratch.dir, "tarballs");
  const args = [...pnpm(), "--recursive", "--filter", "./packages/*", "pack", "--pack-destination", to];
  const { status, stdout, stderr } = run("npx", args, { cwd: ROOT, env: npmEnvironment(scratch) });
  if (status !== 0) throw new Error(`npx ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  const files = readdirSync(to);
  const fileOf = (name: string): string => {
    const start = `${name.replace("@", "").replace("/", "-")}-`;
    const file = files.find((candidate) => candidate.startsWith(start) && /^\d/.test(candidate.slice(start.length)));
    if (file === undefined) throw new Error(`${name} was not packed: ${files.join(", ")}`);
    return join(to, file);
  };
  return Object.fromEntries(Object.values(PUBLISHED).map((name) => [name, fileOf(name)]));
}

/** The arguments by which npx runs the pnpm of this workspace. */
export function pnpm(): readonly string[] {
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { packageManager: string };
  return ["--yes", packageManager];
}
