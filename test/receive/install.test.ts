import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { run } from "../rig/process/run.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

function hookOf({ server }: PushWorld, ...more: readonly string[]): string {
  return join(server.dir, "hooks", ["pre-receive", ...more].join(""));
}

/** A push past the hook of the clone; whether the server let it in, and what it said. */
function push({ dev }: PushWorld, message: string): { readonly status: number | null; readonly stderr: string } {
  dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
  dev.commit(message);
  return dev.try(["push", "--no-verify", "origin", "HEAD:main"]);
}

function write(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** The hook of a forge that runs all those in a folder. */
const DELEGATE = `#!/bin/sh\ndata=$(cat)\nfor hook in "$(dirname "$0")"/pre-receive.d/*; do printf '%s\\n' "$data" | "$hook" || exit; done\n`;

describe("countersign server install", () => {
  it("has a bare repository judge what arrives, changes nothing when it runs again, and is taken back", () => {
    using world = openPushWorld();
    const { server, dev } = world;
    const install = () => countersign(dev, ["server", "install", server.dir]);
    expect(install()).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("written") });
    const text = readFileSync(hookOf(world), "utf8");
    expect(install()).toMatchObject({ status: 0, stdout: expect.stringContaining("there already") });
    expect(readFileSync(hookOf(world), "utf8")).toBe(text);
    // git passes over a hook that may not be run.
    chmodSync(hookOf(world), 0o644);
    expect(install()).toMatchObject({ status: 0, stdout: expect.stringContaining("written again") });
    const refused = push(world, ASSISTED);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("remote: COSIGN_MISSING");
    expect(push(world, "By hand\n").status).toBe(0);
    // What the one who pushes could have node load.
    const evil = join(world.scratch.dir, "evil.cjs");
    writeFileSync(evil, "process.exit(0)\n");
    dev.commit(ASSISTED);
    const env = { NODE_OPTIONS: `--require=${evil}`, COUNTERSIGN: "0", HUSKY: "0" };
    expect(dev.try(["push", "--no-verify", "origin", "HEAD:main"], { env }).status).toBe(1);
    const examined = countersign(server, ["doctor", "--server"]);
    expect(examined.stdout.replaceAll(/\s+/g, " ")).toContain("was refused for both, and an innocent one went through");
    expect(countersign(dev, ["server", "uninstall", server.dir]).stdout).toContain("removed");
    expect(existsSync(hookOf(world))).toBe(false);
    expect(countersign(dev, ["server", "uninstall", server.dir])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("not there"),
    });
  });

  it("leaves another hook alone, and says how both run: each of them sees the whole push", () => {
    using world = openPushWorld();
    const { server, dev, scratch } = world;
    const seen = join(scratch.dir, "seen");
    const theirs = `#!/bin/sh\ncat >>"${seen}"\n`;
    write(hookOf(world), theirs);
    const taken = countersign(dev, ["server", "install", server.dir]);
    expectFault(taken, "SERVER_HOOK_TAKEN");
    expect(readFileSync(hookOf(world), "utf8")).toBe(theirs);
    const [, command = ""] = /`(mv [^`]+)`/.exec(taken.stderr) ?? [];
    expect(run("sh", ["-c", command], { cwd: dev.dir, env: dev.env }).status).toBe(0);
    expect(countersign(dev, ["server", "install", server.dir]).status).toBe(0);
    expect(push(world, ASSISTED).status).toBe(1);
    expect(existsSync(seen)).toBe(false);
    const old = server.oid("refs/heads/main");
    expect(push(world, "By hand\n").status).toBe(0);
    expect(readFileSync(seen, "utf8")).toBe(`${old} ${dev.oid("HEAD")} refs/heads/main\n`);
    write(hookOf(world, ".before-countersign"), "#!/bin/sh\ncat >/dev/null\nexit 1\n");
    expect(push(world, "By hand\n").status).toBe(1);
    countersign(dev, ["server", "uninstall", server.dir]);
    expect(readFileSync(hookOf(world), "utf8")).toContain("exit 1");
  });

  it("goes into the folder of hooks of a forge that has one", () => {
    using world = openPushWorld();
    const { server, dev } = world;
    write(hookOf(world), DELEGATE);
    mkdirSync(hookOf(world, ".d"));
    expect(countersign(dev, ["server", "install", server.dir]).stdout).toContain("pre-receive.d/countersign");
    expect(readFileSync(hookOf(world), "utf8")).toBe(DELEGATE);
    expect(push(world, ASSISTED).status).toBe(1);
    expect(push(world, "By hand\n").status).toBe(0);
    countersign(dev, ["server", "uninstall", server.dir]);
    expect(existsSync(hookOf(world, ".d/countersign"))).toBe(false);
  });

  it("leaves another hook in such a folder alone, and says how both run, each of them once", () => {
    using world = openPushWorld();
    const { server, dev, scratch } = world;
    const install = () => countersign(dev, ["server", "install", server.dir]);
    write(hookOf(world), DELEGATE);
    mkdirSync(hookOf(world, ".d"));
    const seen = join(scratch.dir, "seen");
    const theirs = `#!/bin/sh\ncat >>"${seen}"\n`;
    write(hookOf(world, ".d/countersign"), theirs);
    const taken = install();
    expectFault(taken, "SERVER_HOOK_TAKEN");
    const [, command = ""] = /`(mv [^`]+)`/.exec(taken.stderr) ?? [];
    expect(run("sh", ["-c", command], { cwd: dev.dir, env: dev.env }).status).toBe(0);
    expect(install()).toMatchObject({ status: 0, stdout: expect.stringContaining("before-countersign") });
    expect(push(world, ASSISTED).status).toBe(1);
    expect(existsSync(seen)).toBe(false);
    const old = server.oid("refs/heads/main");
    expect(push(world, "By hand\n").status).toBe(0);
    expect(readFileSync(seen, "utf8")).toBe(`${old} ${dev.oid("HEAD")} refs/heads/main\n`);
    countersign(dev, ["server", "uninstall", server.dir]);
    expect(readFileSync(hookOf(world, ".d/countersign"), "utf8")).toBe(theirs);
  });

  it("is for a bare repository, and writes into no other place than that", () => {
    using world = openPushWorld();
    expectFault(countersign(world.dev, ["server", "install", "."]), "OPTION_INVALID", "work tree");
    world.server.git(["config", "core.hooksPath", world.scratch.dir]);
    expectFault(countersign(world.dev, ["server", "install", world.server.dir]), "FILE_UNWRITABLE");
  });
});
