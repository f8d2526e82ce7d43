import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Run, run } from "../process/run.ts";
import type { Repo } from "../repository/repo.ts";

/** A program other than git that commits, and runs the hooks in its own way: in a process of their own each. */
export interface Client {
  /** Commits what is staged, with a message that somebody typed. */
  commit(message: string, env?: NodeJS.ProcessEnv): Run;
}

/**
 * As GitHub Desktop does: git commits and calls a stub, which asks the program to run the real hook by `git hook run`. No
 * `git commit` is above that hook. Call it once for a repository.
 */
export function likeDesktop(repo: Repo): void {
  const hooks = join(repo.commonDir, "hooks");
  const real = join(repo.commonDir, "real-hooks");
  mkdirSync(real);
  for (const name of ["pre-commit", "prepare-commit-msg", "commit-msg"]) {
    renameSync(join(hooks, name), join(real, name));
    const lines = [
      "#!/bin/sh",
      'done="$(mktemp -u)"',
      'mkfifo "$done"',
      // Started twice over, it has the system for its parent.
      `( ( git -c core.hooksPath="${real}" hook run ${name} -- "$@"; echo $? >"$done" ) & )`,
      'read -r status <"$done"',
      'rm "$done"',
      'exit "$status"',
    ];
    writeFileSync(join(hooks, name), `${lines.join("\n")}\n`);
    chmodSync(join(hooks, name), 0o755);
  }
}

/** As GitButler does: it runs two of the hooks itself and writes the commit without `git commit`. */
export function likeButler(repo: Repo): Client {
  return {
    commit(message, env = {}) {
      const file = join(repo.gitDir, "GITBUTLER_MSG");
      writeFileSync(file, message);
      const before = runHook(repo, "pre-commit", [], env);
      return before.status === 0 ? commitTree(repo, file, runHook(repo, "commit-msg", [file], env)) : before;
    },
  };
}

/** As git gui does: it asks for a message as its window opens, before anything is staged, and for nothing more later. */
export function openGui(repo: Repo): Client {
  const prepared = join(repo.gitDir, "PREPARE_COMMIT_MSG");
  writeFileSync(prepared, "");
  runHook(repo, "prepare-commit-msg", [prepared]);
  return {
    commit(message, env = {}) {
      const file = join(repo.gitDir, "GITGUI_EDITMSG");
      writeFileSync(file, `${readFileSync(prepared, "utf8")}${message}`);
      const before = runHook(repo, "pre-commit", [], env);
      return before.status === 0 ? commitTree(repo, file, runHook(repo, "commit-msg", [file], env)) : before;
    },
  };
}

function runHook(repo: Repo, name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const hook = join(repo.commonDir, "hooks", name);
  if (!existsSync(hook)) throw new Error(`there is no hook ${name}`);
  return run(hook, args, { cwd: repo.dir, env: { ...repo.env, ...env } });
}

function commitTree(repo: Repo, file: string, checked: Run): Run {
  if (checked.status !== 0) return checked;
  repo.git(["update-ref", "HEAD", repo.git(["commit-tree", "-p", "HEAD", "-F", file, repo.git(["write-tree"])])]);
  return checked;
}
