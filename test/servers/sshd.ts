import { mkdirSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { makeSshKey, type SshKey } from "../rig/keys/ssh-keys.ts";
import type { Scratch } from "../rig/repository/scratch.ts";
import { startDaemon } from "./daemon.ts";

export interface SshServer extends AsyncDisposable {
  /** Where the folder of a host's repositories is, by the person who asks: `ssh://<person>`. */
  readonly env: NodeJS.ProcessEnv;
}

const ED25519 = ["-t", "ed25519"];

/** A key for each person who is to log in. */
export function makeKeys<Name extends string>(
  scratch: Scratch,
  names: readonly Name[],
): Readonly<Record<Name, SshKey>> {
  const keys = names.map((name) => [name, makeSshKey(scratch, `${name}-key`, ED25519)] as const);
  return Object.fromEntries(keys) as Record<Name, SshKey>;
}

/**
 * Starts OpenSSH's server on this machine, which lets these people in as the user who runs the tests. The variables it gives
 * are for git as each of them uses it: `ssh://<name>/<path>` is the server as that one logs in.
 */
export async function startSshd(
  scratch: Scratch,
  {
    keys,
    authorized,
    home = scratch.dir,
  }: { keys: Readonly<Record<string, SshKey>>; authorized: string; home?: string },
): Promise<SshServer> {
  const at = (name: string): string => join(scratch.dir, name);
  const host = makeSshKey(scratch, "host-key", ED25519);
  // The server leaves its rights in there, and Debian makes it when the service starts.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
  mkdirSync(at("session-tmp"), { recursive: true });
  const { PATH = "", GIT_CONFIG_GLOBAL = "" } = scratch.env;
  const session = { HOME: home, TMPDIR: at("session-tmp"), PATH, GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM: "1" };
  const settings = [
    "ListenAddress 127.0.0.1",
    `HostKey ${host.path}`,
    `AuthorizedKeysFile ${authorized}`,
    "AuthenticationMethods publickey",
    "PermitRootLogin yes",
    "UsePAM no",
    "StrictModes no",
    "PidFile none",
    "MaxStartups 100",
    `SetEnv ${Object.entries(session)
      .map(([name, value]) => `"${name}=${value}"`)
      .join(" ")}`,
  ];
  writeFileSync(at("sshd_config"), `${settings.join("\n")}\n`);
  const server = await startDaemon("/usr/sbin/sshd", {
    argsFor: (port) => ["-D", "-e", "-f", at("sshd_config"), "-p", `${port}`],
    env: scratch.env,
    ready: "Server listening on",
  });
  writeFileSync(at("known_hosts"), `server ${host.line}\n`);
  const people = Object.entries(keys).map(([name, { path }]) => `Host ${name}\n\tIdentityFile ${path}\n`);
  const common = [
    "HostName 127.0.0.1",
    `Port ${server.port}`,
    `User ${userInfo().username}`,
    "HostKeyAlias server",
    `UserKnownHostsFile ${at("known_hosts")}`,
    "IdentitiesOnly yes",
    "IdentityAgent none",
    "BatchMode yes",
    "LogLevel ERROR",
  ];
  writeFileSync(at("ssh_config"), `${people.join("")}Host *\n\t${common.join("\n\t")}\n`);
  return {
    env: { GIT_SSH_COMMAND: `ssh -F "${at("ssh_config")}"` },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
