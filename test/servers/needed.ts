import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { run } from "../rig/process/run.ts";
import { ROOT } from "../rig/suite/bins.ts";

/** What Debian's package of each server installs. */
const SERVERS = {
  "openssh-server": "/usr/sbin/sshd",
  lighttpd: "/usr/sbin/lighttpd",
  gitolite3: "/usr/bin/gitolite",
} as const;

const INSTALL = fileURLToPath(new URL("install.sh", import.meta.url));

/** Sees that real servers are there: root gets them from Debian's packages, and anyone else reads which are missing. */
export function needServers(): void {
  if (missing().length === 0) return;
  const isRoot = process.getuid?.() === 0;
  // Other tests may be installing them: who comes second waits, and finds them there.
  const all = Object.keys(SERVERS);
  const lock = ["/var/lock/countersign-servers", INSTALL, ...all];
  const installed = isRoot ? run("flock", lock, { cwd: ROOT, env: process.env }) : undefined;
  const lacking = missing();
  if (lacking.length === 0) return;
  const tried = installed ? `\n${INSTALL} ended with ${installed.status}: ${installed.stderr}` : "";
  throw new Error(`these tests push to real servers: install ${lacking.join(", ")}, as ${INSTALL} does${tried}`);
}

function missing(): readonly string[] {
  return Object.entries(SERVERS).flatMap(([name, program]) => (existsSync(program) ? [] : [name]));
}
