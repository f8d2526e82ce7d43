import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sshKeygen } from "../rig/keys/ssh-keys.ts";
import { Gate } from "../rig/process/gate.ts";
import { attempt, expectAllowed } from "../rig/worlds/attempt.ts";
import { writeFakeGit } from "../rig/worlds/pre-push-hook.ts";
import { assist, type CosignWorld, expectScreen, openCosignWorld, stateOf } from "./cosign-world.ts";
import { CTRL_C, QUESTION, type SessionEnd, TerminalSession } from "./terminal-session.ts";

let world: CosignWorld;
let before: string;
let TMPDIR: string;

beforeEach(() => {
  world = openCosignWorld();
  assist(world);
  before = stateOf(world.dev);
  TMPDIR = join(world.scratch.dir, "tmp");
  mkdirSync(TMPDIR);
});
afterEach(() => world[Symbol.dispose]());

function start(env: NodeJS.ProcessEnv = {}): TerminalSession {
  return new TerminalSession(world.ada, ["cosign"], { env: { TMPDIR, ...env } });
}

function script(name: string, lines: string): string {
  const path = join(world.scratch.dir, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

function expectUnchanged({ status, screen }: SessionEnd): void {
  expectScreen(screen, "countersign: stopped; nothing was changed");
  expect(status).toBe(1);
  expect(stateOf(world.dev)).toBe(before);
  expect(readdirSync(TMPDIR)).toEqual([]);
}

describe("nothing is changed, and that is said, on", () => {
  it.each(["", "y", "Yes", "YES", "no", "yes please", "D"])('the answer "%s"', async (answer) => {
    const session = start();
    await session.read(QUESTION);
    session.type(`${answer}\r`);
    expectUnchanged(await session.ended);
  });

  it.each([
    ["Ctrl-C", CTRL_C],
    ["Escape", "\u001b"],
  ])("%s at the question", async (_, keys) => {
    const session = start();
    await session.read(QUESTION);
    session.type(keys);
    expectUnchanged(await session.ended);
  });

  it("Ctrl-C where a passphrase is asked for", async () => {
    sshKeygen(world.scratch, ["-p", "-q", "-P", "", "-N", "open sesame", "-f", world.key.path]);
    const session = start();
    await session.read(QUESTION);
    session.type("yes\r");
    await session.read("Enter passphrase");
    session.type(CTRL_C);
    expectUnchanged(await session.ended);
  });

  it.each(["", "trap '' INT TERM\n"])("Ctrl-C while a signing program runs that begins %j", async (lines) => {
    const gate = new Gate(world.scratch);
    world.dev.git(["config", "gpg.ssh.program", script("signer", `${lines}${gate.lines}\nexec ssh-keygen "$@"`)]);
    before = stateOf(world.dev);
    const session = start();
    await session.read(QUESTION);
    session.type("yes\r");
    await gate.reached();
    session.type(CTRL_C);
    expectUnchanged(await session.ended);
  });

  it("Ctrl-C of which the signing program has ended before it reaches countersign", async () => {
    world.dev.git(["config", "gpg.ssh.program", script("signer", "kill -INT $$")]);
    before = stateOf(world.dev);
    const session = start();
    await session.read(QUESTION);
    session.type("yes\r");
    expectUnchanged(await session.ended);
  });

  it.each(["SIGTERM", "SIGHUP"])("%s at the question", async (signal) => {
    const session = start();
    await session.read(QUESTION);
    session.kill(signal);
    expectUnchanged(await session.ended);
  });

  it("Ctrl-C while git is about to move the branch", async () => {
    const gate = new Gate(world.scratch);
    script("dev/.git/hooks/reference-transaction", `test "$1" = prepared || exit 0\n${gate.lines}`);
    const session = start();
    await session.read(QUESTION);
    session.type("yes\r");
    await gate.reached();
    session.type(CTRL_C);
    expectUnchanged(await session.ended);
  });
});

describe("a branch that was moved is co-signed, and that is said, whatever comes after", () => {
  async function interruptAt(gate: Gate, env: NodeJS.ProcessEnv = {}): Promise<void> {
    const session = start(env);
    await session.read(QUESTION);
    session.type("yes\r");
    await gate.reached();
    session.type(CTRL_C);
    gate.open();
    const { status, screen } = await session.ended;
    expectScreen(screen, "co-signed 1 commit");
    expect(screen).not.toContain("nothing was changed");
    expect(status).toBe(0);
    expect(readdirSync(TMPDIR)).toEqual([]);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "(signed)");
  }

  it("Ctrl-C that ends the git that moved it", async () => {
    const gate = new Gate(world.scratch);
    script("dev/.git/hooks/reference-transaction", `test "$1" = committed || exit 0\n${gate.lines}`);
    await interruptAt(gate);
  });

  it("Ctrl-C when that git is done", async () => {
    const gate = new Gate(world.scratch);
    const held = `trap "" INT; "$REAL" "$@"; status=$?; ${gate.lines}; exit $status`;
    const folder = writeFakeGit(world.scratch, `case " $* " in *" update-ref "*) ${held};; esac\nexec "$REAL" "$@"`);
    await interruptAt(gate, { PATH: `${folder}:${world.dev.env["PATH"]}` });
  });
});

describe("a branch that moved meanwhile", () => {
  it("while the person was reading stays where it is", async () => {
    const session = start();
    await session.read(QUESTION);
    const tip = world.dev.commit("Meanwhile\n");
    session.type("yes\r");
    const { status, screen } = await session.ended;
    expectScreen(screen, "BRANCH_MOVED: refs/heads/main is not at ", "  fix: run the command again");
    expect({ status, tip: world.dev.oid("main") }).toEqual({ status: 2, tip });
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  it("while the signature was made stays where it is", async () => {
    const git = `git -C '${world.dev.dir}' update-ref refs/heads/main HEAD^`;
    world.dev.git(["config", "gpg.ssh.program", script("signer", `${git}\nexec ssh-keygen "$@"`)]);
    const old = world.dev.oid("HEAD^");
    const session = start();
    await session.read(QUESTION);
    session.type("yes\r");
    const { status, screen } = await session.ended;
    expectScreen(screen, "BRANCH_MOVED");
    expect({ status, tip: world.dev.oid("main") }).toEqual({ status: 2, tip: old });
  });

  it("and was deleted stays deleted", async () => {
    const session = start();
    await session.read(QUESTION);
    world.dev.git(["update-ref", "-d", "refs/heads/main"]);
    session.type("yes\r");
    const { status, screen } = await session.ended;
    expectScreen(screen, "BRANCH_MOVED");
    expect({ status, tip: world.dev.ref("refs/heads/main") }).toEqual({ status: 2, tip: undefined });
  });
});

it("a hook that forbids the move is told of, and nothing is changed", async () => {
  script("dev/.git/hooks/reference-transaction", 'test "$1" = prepared && exit 1\nexit 0');
  const session = start();
  await session.read(QUESTION);
  session.type("yes\r");
  const { status, screen } = await session.ended;
  expectScreen(screen, "GIT_FAILED");
  expect({ status, state: stateOf(world.dev) }).toEqual({ status: 2, state: before });
});

describe("the diff", () => {
  it("is shown in git's pager, from which Ctrl-C leads back to the question", async () => {
    world.dev.git([
      "config",
      "core.pager",
      script(
        "pager",
        'trap "" INT\necho PAGER >/dev/tty; cat >/dev/null; read -r key </dev/tty; echo "left by $key" >/dev/tty',
      ),
    ]);
    const session = start();
    await session.read(QUESTION);
    session.type("d\r");
    await session.read("PAGER");
    session.type(CTRL_C);
    session.type("q\r");
    await session.read("left by q");
    await session.read(QUESTION);
    session.type("yes\r");
    expect((await session.ended).status).toBe(0);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "(signed)");
  });

  it("holds what is signed, whatever the attributes and settings say", async () => {
    world.dev.write({ ".gitattributes": "*.txt -diff\n", "hidden.txt": "secret line\n" });
    world.dev.git(["commit", "-q", "--no-verify", "--amend", "--no-edit"]);
    world.dev.git(["config", "core.pager", "cat"]);
    world.dev.git(["config", "diff.external", "false"]);
    const session = start();
    await session.read(QUESTION);
    session.type("d\r");
    await session.read("+secret line");
    await session.read(QUESTION);
    session.type("\r");
    expect((await session.ended).status).toBe(1);
  });
});
