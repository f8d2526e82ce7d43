import { cpSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./bins.ts";
import { run } from "./run.ts";
import type { Scratch } from "./scratch.ts";

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

/** Packs a package of the workspace as it would be published, out of a copy; returns the tarball's path. */
export function packPackage(scratch: Scratch, folder: string): string {
  const copy = join(scratch.dir, "copy", folder);
  const source = join(ROOT, "packages", folder);
  const to = join(scratch.dir, "tarballs");
  mkdirSync(to, { recursive: true });
  cpSync(source, copy, { recursive: true, filter: (path) => !path.slice(source.length).includes("node_modules") });
  const args = ["pack", "--json", "--pack-destination", to];
  const { status, stdout, stderr } = run("npm", args, { cwd: copy, env: npmEnvironment(scratch) });
  if (status !== 0) throw new Error(`npm ${args.join(" ")} ended with ${status}: ${stderr}`);
  const [packed] = JSON.parse(stdout) as [{ filename: string }];
  return join(to, packed.filename);
}
