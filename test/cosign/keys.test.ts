import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { makeSshKey, type SshKey, sshKeygen } from "../rig/keys/ssh-keys.ts";
import type { Scratch } from "../rig/repository/scratch.ts";
import { attempt, expectAllowed } from "../rig/worlds/attempt.ts";
import { assist, type CosignWorld, expectScreen, openCosignWorld, stateOf } from "./cosign-world.ts";
import { expectCosigned } from "./oracle.ts";
import { cosign, QUESTION, TerminalSession } from "./terminal-session.ts";

const agents: (() => void)[] = [];
afterEach(() => {
  for (const end of agents.splice(0)) end();
});

/** A real ssh-agent that has this key. */
async function startAgent(scratch: Scratch, key: SshKey): Promise<NodeJS.ProcessEnv> {
  const socket = join(scratch.dir, "agent");
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { env: scratch.env, stdio: ["ignore", "pipe", "ignore"] });
  agents.push(() => agent.kill());
  await new Promise((resolve) => agent.stdout.once("data", resolve));
  const env = { SSH_AUTH_SOCK: socket };
  const added = spawnSync("ssh-add", ["-q", key.path], { env: { ...scratch.env, ...env } });
  expect(added.status).toBe(0);
  return env;
}

function script(world: CosignWorld, name: string, lines: string): string {
  const path = join(world.scratch.dir, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

const config = (world: CosignWorld, name: string, value: string): string => world.dev.git(["config", name, value]);

describe("a co-sign is made with", () => {
  it.each([
    ["an RSA key of 4096 bits", ["-t", "rsa", "-b", "4096"]],
    ["an ECDSA key", ["-t", "ecdsa", "-b", "521"]],
  ])("%s", async (_, key) => {
    using world = openCosignWorld({ key });
    assist(world);
    expect((await cosign(world.ada)).status).toBe(0);
    expectCosigned(world.dev, "HEAD", world.key);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "(signed)");
    const lines = world.dev.git(["cat-file", "commit", "HEAD"]).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72);
  });

  it("a key in software where an approval on the forge would do", async () => {
    using world = openCosignWorld({ rules: "cosign: { proof: reviewed }\n" });
    assist(world);
    expect((await cosign(world.ada)).status).toBe(0);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "(signed)");
  });

  it("the public half of a key whose private half stands beside it", async () => {
    using world = openCosignWorld();
    config(world, "user.signingKey", `${world.key.path}.pub`);
    assist(world);
    expect((await cosign(world.ada)).status).toBe(0);
    expectCosigned(world.dev, "HEAD", world.key);
  });

  it("a key in the home folder", async () => {
    using world = openCosignWorld();
    mkdirSync(join(world.scratch.dir, ".ssh"));
    for (const end of ["", ".pub"]) renameSync(`${world.key.path}${end}`, join(world.scratch.dir, ".ssh", `id${end}`));
    config(world, "user.signingKey", "~/.ssh/id");
    assist(world);
    expect((await cosign(world.ada)).status).toBe(0);
  });

  it.each(["key::", ""])("a key that the agent has, written %sssh-ed25519", async (prefix) => {
    using world = openCosignWorld();
    const env = await startAgent(world.scratch, world.key);
    renameSync(world.key.path, `${world.key.path}.away`);
    config(world, "user.signingKey", `${prefix}${world.key.line}`);
    assist(world);
    expect((await cosign(world.ada, [], { env })).status).toBe(0);
    expectCosigned(world.dev, "HEAD", world.key);
  });

  it("the .pub file of a key that the agent has", async () => {
    using world = openCosignWorld();
    const env = await startAgent(world.scratch, world.key);
    renameSync(world.key.path, `${world.key.path}.away`);
    assist(world);
    expect((await cosign(world.ada, ["--key", `${world.key.path}.pub`], { env })).status).toBe(0);
  });

  it("a key that gpg.ssh.defaultKeyCommand prints", async () => {
    using world = openCosignWorld();
    const env = await startAgent(world.scratch, world.key);
    world.dev.git(["config", "--unset", "user.signingKey"]);
    config(world, "gpg.ssh.defaultKeyCommand", `'${script(world, "print key", `echo "key::${world.key.line}"`)}'`);
    assist(world);
    expect((await cosign(world.ada, [], { env })).status).toBe(0);
  });

  it("a key behind a passphrase, which is asked for once on the terminal", async () => {
    using world = openCosignWorld();
    sshKeygen(world.scratch, ["-p", "-q", "-P", "", "-N", "open sesame", "-f", world.key.path]);
    assist(world, "First");
    assist(world, "Second");
    const session = new TerminalSession(world.ada, ["cosign"]);
    await session.read(QUESTION);
    session.type("yes\r");
    await session.read(/Enter passphrase/);
    session.type("open sesame\r");
    const { status, screen } = await session.ended;
    expect(screen.match(/Enter passphrase/g)).toHaveLength(1);
    expect(screen).not.toContain("open sesame");
    expect(status).toBe(0);
    for (const revision of ["HEAD", "HEAD^"]) expectCosigned(world.dev, revision, world.key);
  });

  it("the program that gpg.ssh.program names, one file at a time", async () => {
    using world = openCosignWorld();
    const calls = join(world.scratch.dir, "calls");
    config(world, "gpg.ssh.program", script(world, "signer", `echo "$@" >>'${calls}'\nexec ssh-keygen "$@"`));
    assist(world, "First");
    assist(world, "Second");
    expect((await cosign(world.ada)).status).toBe(0);
    const lines = spawnSync("cat", [calls]).stdout.toString().trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^-Y sign -n countersign@v1 -f \S+ \S+\/1$/);
  });
});

describe("nothing is signed or changed", () => {
  it.each<[what: string, prepare: (world: CosignWorld) => readonly string[], code: string, status: number]>([
    [
      "without a key",
      (world) => {
        world.dev.git(["config", "--unset", "user.signingKey"]);
        return [];
      },
      "KEY_MISSING: no SSH key is set",
      2,
    ],
    [
      "where the key set for git is a GPG one",
      (world) => {
        config(world, "user.signingKey", "0123456789ABCDEF");
        return [];
      },
      "KEY_MISSING: no SSH key is set",
      2,
    ],
    [
      "with a key that is not there, of which the name alone is told",
      () => ["--key", "/home/bob/keys/nowhere"],
      "KEY_UNREADABLE: the signing key nowhere cannot be used: ssh-keygen: No such file",
      2,
    ],
    [
      "with a file that is no key, likewise",
      () => ["--key", "README.md"],
      "KEY_UNREADABLE: the signing key README.md cannot be used: README.md is not",
      2,
    ],
    [
      "with a key in the work tree that a setting leads to",
      (world) => {
        config(world, "gpg.format", "ssh");
        config(world, "user.signingKey", "keys/id");
        return [];
      },
      "leads into the work tree",
      2,
    ],
    [
      "with a key that is not on the roster",
      (world) => ["--key", makeSshKey(world.scratch, "other", ["-t", "ed25519"]).path],
      "KEY_REFUSED: ",
      1,
    ],
    [
      "where the program fails",
      (world) => {
        config(world, "gpg.ssh.program", script(world, "signer", "echo 'no card' >&2; exit 3"));
        return [];
      },
      "made no signature: it ended with status 3",
      2,
    ],
    [
      "where the program does not exist",
      (world) => {
        config(world, "gpg.ssh.program", "/nowhere/signer");
        return [];
      },
      "SIGNING_FAILED: ",
      2,
    ],
    [
      "where the program writes no signature",
      (world) => {
        config(world, "gpg.ssh.program", script(world, "signer", "exit 0"));
        return [];
      },
      "it left no signature behind",
      2,
    ],
    [
      "where the program signs something else",
      (world) => {
        const lines = 'for last; do :; done\necho more >>"$last"\nexec ssh-keygen "$@"';
        config(world, "gpg.ssh.program", script(world, "signer", lines));
        return [];
      },
      "SIGNATURE_WRONG: ",
      2,
    ],
    [
      "where the program signs with another key",
      (world) => {
        const { path } = makeSshKey(world.scratch, "other", ["-t", "ed25519"]);
        const lines = `for last; do :; done\nexec ssh-keygen -Y sign -n countersign@v1 -f '${path}' "$last"`;
        config(world, "gpg.ssh.program", script(world, "signer", lines));
        return [];
      },
      "it was made with another key than the chosen one",
      2,
    ],
  ])("%s", async (_, prepare, phrase, expected) => {
    using world = openCosignWorld();
    assist(world);
    const args = prepare(world);
    const TMPDIR = join(world.scratch.dir, "tmp");
    mkdirSync(TMPDIR);
    const before = stateOf(world.dev);
    const { status, screen } = await cosign(world.ada, args, { env: { TMPDIR } });
    expectScreen(screen, phrase, "  why: ", "  fix: ");
    expect(status).toBe(expected);
    expect(stateOf(world.dev)).toBe(before);
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  it("with a key of the roster's that is no hardware key where one is wanted", async () => {
    using world = openCosignWorld({ rules: "cosign: { proof: hardware }\n" });
    assist(world);
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "SIGNER_UNABLE", "it needs a security key that asks for a touch");
    expect(status).toBe(1);
  });
});
