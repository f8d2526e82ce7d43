import { readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findMarkedAssistance, MarkStore } from "@countersign/capture";
import type { Change, ObjectId } from "@countersign/core";
import { openContext } from "@countersign/git/internal";
import { type Run, run } from "../rig/process/run.ts";
import { runProgram } from "../rig/process/warm/programs.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";

/** The file that agents and people work on, as it is committed. */
export const FILE = "src/shop.js";
export const COMMITTED = `// The shop.
export function total(price, quantity) {
  return price;
}

export function greet(name) {
  return "Hello " + name;
}
`;
/** What an agent puts in place of a line, and the file with it. */
export const OLD_LINE = "  return price;";
export const NEW_LINE = "  return price * quantity - discount(quantity);";
export const BY_AGENT: string = COMMITTED.replace(OLD_LINE, NEW_LINE);

export interface MarkWorld extends Disposable {
  readonly scratch: Scratch;
  readonly repo: Repo;
}

export function openMarkWorld(init: readonly string[] = []): MarkWorld {
  const scratch = openScratch();
  const repo = initRepo(scratch, "shop", init);
  repo.commit("Open the shop\n", { files: { [FILE]: COMMITTED } });
  return { scratch, repo, [Symbol.dispose]: () => scratch[Symbol.dispose]() };
}

/** Writes into the work tree alone, as an editor or an agent does. */
export function edit(repo: Repo, contents: string | Buffer, path: string = FILE): string {
  const full = join(repo.dir, path);
  writeFileSync(full, contents);
  return full;
}

export interface MarkOptions {
  readonly agent?: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs `countersign mark` as an agent's hook would. */
export function mark(repo: Repo, payload: unknown, { agent, cwd = repo.dir, env = {} }: MarkOptions = {}): Run {
  const args = ["mark", "--verbose", ...(agent === undefined ? [] : ["--agent", agent])];
  const input = typeof payload === "string" || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  return runProgram(COUNTERSIGN_BIN, args, { cwd, env: { ...repo.env, ...env }, input });
}

/** What Claude Code tells after it wrote a file. */
export function claudeWrote(
  path: string,
  input: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): object {
  return {
    session_id: "5d1c7a3e",
    hook_event_name: "PostToolUse",
    tool_name: "Write",
    tool_input: { file_path: path, ...input },
    ...more,
  };
}

/** What it tells of a command. */
export function claudeRan(when: "PreToolUse" | "PostToolUse", cwd: string, call?: string): object {
  const id = call === undefined ? {} : { tool_use_id: call };
  return {
    session_id: "5d1c7a3e",
    cwd,
    hook_event_name: when,
    tool_name: "Bash",
    tool_input: { command: "make" },
    ...id,
  };
}

function storeOf(repo: Repo): MarkStore {
  return new MarkStore(resolve(repo.dir, repo.git(["rev-parse", "--git-common-dir"])));
}

/** The agents whose marks are found among what is staged, each with its model and paths. */
export async function findStaged(repo: Repo, base = "HEAD"): Promise<readonly string[]> {
  const { assistances } = await findMarkedAssistance(
    openContext(repo.dir, repo.env),
    storeOf(repo),
    readStaged(repo, base),
  );
  return assistances.map(({ agent, model, paths }) => {
    const names = paths.map((path) => Buffer.from(path).toString("utf8")).sort();
    return [agent, ...(model === undefined ? [] : [model]), ...names].join(" ");
  });
}

/** The staged paths that have marks which cannot be read. */
export async function findUnreadable(repo: Repo): Promise<readonly string[]> {
  const { unreadable } = await findMarkedAssistance(
    openContext(repo.dir, repo.env),
    storeOf(repo),
    readStaged(repo, "HEAD"),
  );
  return unreadable.map((path) => Buffer.from(path).toString("utf8"));
}

function readStaged(repo: Repo, base: string): readonly Change[] {
  const args = ["diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", base];
  const { stdout } = run("git", args, { cwd: repo.dir, env: repo.env });
  const fields = Buffer.from(stdout).toString("utf8").split("\0").slice(0, -1);
  return Array.from({ length: fields.length / 2 }, (_, index) => {
    const [oldMode = "", newMode = "", oldOid, newOid, status] = (fields[index * 2] ?? "").slice(1).split(" ");
    return {
      path: Buffer.from(fields[index * 2 + 1] ?? ""),
      oldMode,
      newMode,
      oldOid: oldOid as ObjectId,
      newOid: newOid as ObjectId,
      status: status as Change["status"],
    };
  });
}

/** The names of the files that marks are kept in. */
export function listMarks(repo: Repo): readonly string[] {
  try {
    return readdirSync(join(repo.dir, ".git/countersign/marks"));
  } catch {
    return [];
  }
}

/** A second work tree of the repository. */
export function addWorktree(repo: Repo, name: string): Repo {
  const dir = join(repo.scratch.dir, name);
  repo.git(["worktree", "add", "-q", "-b", name, dir]);
  return new Repo(repo.scratch, dir);
}
