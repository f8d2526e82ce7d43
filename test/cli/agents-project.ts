import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import type { Scratch } from "../rig/repository/scratch.ts";

/** Every agent that can be set up, as `agents list` names them. */
export const AGENTS = [
  "claude-code",
  "codex",
  "gemini",
  "qwen-code",
  "droid",
  "crush",
  "goose",
  "opencode",
  "amp",
  "pi",
  "cursor",
  "copilot",
  "windsurf",
  "cline",
  "kiro",
  "augment",
  "continue",
] as const;

export const DEPENDENCY = '{ "devDependencies": { "countersign": "^0.1.0" } }\n';

/** A project with these files, that depends on countersign unless it says otherwise. */
export function openProject(scratch: Scratch, files: Readonly<Record<string, string | Buffer>> = {}): Repo {
  const repo = initRepo(scratch, "project");
  writeAll(repo, { "package.json": DEPENDENCY, ...files });
  return repo;
}

export function writeAll(repo: Repo, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(repo.dir, path)), { recursive: true });
    writeFileSync(join(repo.dir, path), contents);
  }
}

/** Runs `countersign agents …`, which must succeed, and returns what it says. */
export function agents(repo: Repo, ...args: readonly string[]): string {
  const { status, stdout, stderr } = countersign(repo, ["agents", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}
