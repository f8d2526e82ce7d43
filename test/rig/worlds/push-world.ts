import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../process/run.ts";
import { programLines } from "../process/warm/programs.ts";
import { refsOf } from "../repository/refs.ts";
import { initRepo, Repo } from "../repository/repo.ts";
import { openScratch, type Scratch } from "../repository/scratch.ts";
import { fillFromTemplate } from "../repository/template.ts";
import { PRE_PUSH_BIN } from "../suite/bins.ts";
import { IN_LINKED_WORK_TREE, OBJECT_FORMAT } from "../suite/variation.ts";

export type ObjectFormat = "sha1" | "sha256";

/** The marks of a real agent, and the co-sign of the world's senior. */
export const CLAUDE = "Co-authored-by: Claude <noreply@anthropic.com>";
export const COSIGN = "Co-signed-by: Ada Lovelace <ada@acme.example>";

/** The policy of the world: `main` wants one senior's co-sign, typed ones do. */
export const POLICY = `version: 1
project: acme/payments
people:
  - name: Ada Lovelace
    emails: [ada@acme.example, ada@home.example]
    level: senior
  - name: Grace Hopper
    emails: [grace@acme.example]
    level: principal
  - name: Bob Builder
    emails: [bob@acme.example]
    level: mid
  - name: Jim Junior
    emails: [jim@acme.example]
    level: junior
protect:
  - branches: [main]
cosign:
  proof: declared
`;

const [SERVER, DEV] = ["server.git", "dev"];
/** Where the engineer's clone is. */
const CLONE = IN_LINKED_WORK_TREE ? "clone" : DEV;

/** A server, the clone of an engineer with the hook installed, and the policy landed on `main`. */
export interface PushWorld extends Disposable {
  readonly scratch: Scratch;
  readonly server: Repo;
  readonly dev: Repo;
  /** A real `git push` of the engineer, with the hook. */
  push(...args: string[]): PushResult;
  /** The same with options of git itself in front, such as `-c key=value`. */
  pushWith(options: readonly string[], ...args: string[]): PushResult;
}

export interface PushResult extends Run {
  /** The server's refs after the push, by full name. */
  readonly refs: ReadonlyMap<string, string>;
  /** The status that the hook itself ended with, of which git makes 1; undefined where git did not run it. */
  readonly hook: number | undefined;
}

export function openPushWorld({
  policy = POLICY,
  format = OBJECT_FORMAT,
  ownProcess = false,
}: {
  policy?: string | null;
  format?: ObjectFormat;
  ownProcess?: boolean;
} = {}): PushWorld {
  const scratch = openScratch();
  fillFromTemplate(scratch.dir, ["push world", policy, format, CLONE], (folder, place) => {
    makeWorld({ ...place, dir: folder }, policy, format);
  });
  const [server, dev] = [new Repo(scratch, join(scratch.dir, SERVER)), new Repo(scratch, join(scratch.dir, DEV))];
  const config = join(scratch.dir, CLONE, ".git/config");
  writeFileSync(
    config,
    readFileSync(config, "utf8").replace(/(?<=\turl = ).*/, () => server.dir),
  );
  // Each half knows where the other one lay before it was copied.
  if (IN_LINKED_WORK_TREE) new Repo(scratch, join(scratch.dir, CLONE)).git(["worktree", "repair", dev.dir]);
  // A copy's files look changed until git has read them.
  dev.git(["update-index", "-q", "--refresh"]);
  installPrePush(dev, { ownProcess });
  const pushWith: PushWorld["pushWith"] = (options, ...args) => {
    rmSync(hookStatusFile(dev), { force: true });
    const result = dev.try([...options, "push", ...args]);
    return { ...result, refs: refsOf(server), hook: readHookStatus(dev) };
  };
  return {
    scratch,
    server,
    dev,
    push: (...args) => pushWith([], ...args),
    pushWith,
    [Symbol.dispose]: () => scratch[Symbol.dispose](),
  };
}

/** The server and the clone, with the first commit landed. */
function makeWorld(scratch: Scratch, policy: string | null, format: ObjectFormat): void {
  // Without the sample hooks: the world is copied and removed a thousand times.
  const args = ["--template=", `--object-format=${format}`];
  const server = initRepo(scratch, SERVER, ["--bare", ...args]);
  const clone = initRepo(scratch, CLONE, args);
  for (const folder of [server.dir, join(clone.dir, ".git")]) {
    for (const name of ["hooks", "info"]) mkdirSync(join(folder, name), { recursive: true });
  }
  clone.git(["remote", "add", "origin", server.dir]);
  clone.commit("Start\n", {
    files: { "README.md": "hello\n", ...(policy === null ? {} : { "countersign.config.yaml": policy }) },
  });
  clone.git(["push", "-q", "origin", "main"]);
  clone.git(["remote", "set-head", "origin", "main"]);
  if (!IN_LINKED_WORK_TREE) return;
  clone.git(["switch", "-q", "--detach"]);
  clone.git(["worktree", "add", "-q", join(scratch.dir, DEV), "main"]);
}

export interface HookScript {
  /** Shell lines that come before the bin: another PATH, something that happens meanwhile. */
  readonly before?: string;
  /** Redirections of the bin, such as `2>&-`. */
  readonly redirect?: string;
  /** Whether node is started for it, as where a test is about the process. With one of the other two it always is. */
  readonly ownProcess?: boolean;
}

/** A shell stub that hands everything on to the bundled bin, as `init` would install it, and notes its status. */
export function installPrePush(
  repo: Repo,
  { before = "", redirect = "", ownProcess = before !== "" || redirect !== "" }: HookScript = {},
): void {
  const hook = join(repo.commonDir, "hooks", "pre-push");
  const run = ownProcess
    ? `"${process.execPath}" "${PRE_PUSH_BIN}" "$@" ${redirect}\nstatus=$?`
    : programLines(PRE_PUSH_BIN);
  writeFileSync(hook, `#!/bin/sh\n${before}\n${run}\necho $status >"${hookStatusFile(repo)}"\nexit $status\n`);
  chmodSync(hook, 0o755);
}

export function hookStatusFile(repo: Repo): string {
  return `${repo.dir}.hook-status`;
}

export function readHookStatus(repo: Repo): number | undefined {
  const file = hookStatusFile(repo);
  return existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
}
