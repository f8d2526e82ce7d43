import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../rig/process/run.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import type { Scratch } from "../rig/repository/scratch.ts";
import { makeKeys, type SshServer, startSshd } from "./sshd.ts";

export interface Gitolite extends SshServer {
  /** The repository as it lies on the server. */
  repository(name: string): Repo;
  /** `gitolite setup`, as who administers the server runs it. */
  setUp(...args: readonly string[]): void;
  /** Lays a hook for all repositories, where gitolite's settings lead once `LOCAL_CODE` is set. */
  layCommonHook(name: string, text: string): void;
}

const PEOPLE = ["admin", "ada", "bob"] as const;

/** Sets up gitolite in a home of its own, behind OpenSSH's server, with repositories and rights as a file says. */
export async function startGitolite(scratch: Scratch, rights: string): Promise<Gitolite> {
  const home = join(scratch.dir, "git-home");
  mkdirSync(home);
  const keys = makeKeys(scratch, PEOPLE);
  const env = { ...scratch.env, HOME: home };
  const setUp = (...args: readonly string[]): void => {
    const { status, stderr } = run("gitolite", ["setup", ...args], { cwd: home, env });
    if (status !== 0) throw new Error(`gitolite setup ended with ${status}: ${stderr}`);
  };
  writeFileSync(join(scratch.dir, "admin.pub"), `${keys.admin.line}\n`);
  setUp("-pk", join(scratch.dir, "admin.pub"));
  const sshd = await startSshd(scratch, { keys, authorized: join(home, ".ssh/authorized_keys"), home });
  const admin = initRepo(scratch, "gitolite-admin");
  const asAdmin = { env: sshd.env };
  admin.git(["pull", "-q", "ssh://admin/gitolite-admin", "HEAD"], asAdmin);
  const people = PEOPLE.slice(1).map((name) => [`keydir/${name}.pub`, `${keys[name].line}\n`] as const);
  admin.commit("Let people in\n", {
    files: { "conf/gitolite.conf": rights, ...Object.fromEntries(people) },
  });
  admin.git(["push", "-q", "ssh://admin/gitolite-admin", "HEAD:refs/heads/master"], asAdmin);
  return {
    ...sshd,
    repository: (name) => new Repo(scratch, join(home, "repositories", `${name}.git`)),
    setUp,
    layCommonHook: (name, text) => {
      const settings = join(home, ".gitolite.rc");
      writeFileSync(settings, readFileSync(settings, "utf8").replace(/# (LOCAL_CODE .*HOME)/, "$1"));
      const folder = join(home, "local/hooks/common");
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o755);
    },
  };
}
