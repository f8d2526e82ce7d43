import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { closeAfter } from "@countersign/core/internal";
import { openGitRepository } from "@countersign/git/internal";
import { describe, expect, it } from "vitest";
import { findHookSite } from "../../packages/git/src/place/hook-site.ts";
import { openContext } from "../../packages/git/src/process/context.ts";
import { tryGit } from "../../packages/git/src/process/try-git.ts";
import { checkGraphicalPath } from "../../packages/setup/src/doctor/checks/graphical-path.ts";
import { CTRL_C, TerminalSession } from "../cosign/terminal-session.ts";
import { type Clinic, HOOK, openClinic, writeProgram } from "./clinic.ts";

describe("Ctrl-C while a hook runs", () => {
  it("ends the hook as well, and leaves nothing behind", async () => {
    using clinic = openClinic();
    const began = join(clinic.world.scratch.dir, "began");
    const lived = join(clinic.world.scratch.dir, "lived");
    clinic.hook(`#!/bin/sh\n: countersign >"${began}"\nsleep 3\n: >"${lived}"\n`);
    const session = new TerminalSession(clinic.dev, ["doctor"], { env: clinic.env });
    while (!existsSync(began)) await sleep(20);
    session.type(CTRL_C);
    const { status, screen } = await session.ended;
    expect(status).toBe(2);
    expect(screen).toMatch(/countersign: stopped; nothing was changed\n$/);
    expect(readdirSync(join(clinic.world.scratch.dir, "tmp"))).toEqual([]);
    await sleep(3200);
    expect(existsSync(lived)).toBe(false);
  });
});

describe("a program that does not end", () => {
  it("is ended with all that it started, and its end is told", async () => {
    using clinic = openClinic();
    const lived = join(clinic.world.scratch.dir, "lived");
    clinic.dev.git(["config", "alias.hang", `!echo begun; sleep 2; : >"${lived}"`]);
    const context = openContext(clinic.dev.dir, clinic.env);
    const end = await tryGit(context, ["hang"], { limit: 500 });
    expect(end).toEqual({ status: undefined, late: true, output: "begun\n" });
    await sleep(2000);
    expect(existsSync(lived)).toBe(false);
  });

  it("but leaves something running does not keep anybody waiting", async () => {
    using clinic = openClinic();
    const [stop, ended] = ["stop", "ended"].map((name) => join(clinic.world.scratch.dir, name)) as [string, string];
    const waiting = `(while [ ! -e "${stop}" ]; do sleep 0.1; done; : >"${ended}") &`;
    clinic.dev.git(["config", "alias.leave", `!${waiting} echo done`]);
    const end = await tryGit(openContext(clinic.dev.dir, clinic.env), ["leave"], { limit: 50_000 });
    expect(end).toEqual({ status: 0, late: false, output: "done\n" });
    expect(existsSync(ended)).toBe(false);
    writeFileSync(stop, "");
    while (!existsSync(ended)) await sleep(50);
  });
});

describe("a graphical client, which has no more PATH than a few folders", () => {
  async function look(clinic: Clinic, least: string): Promise<readonly { state: string; what: string }[]> {
    const repository = await openGitRepository(clinic.dev.dir, clinic.env);
    return closeAfter(repository, async ({ context, format }) => {
      const site = await findHookSite(context);
      const signal = new AbortController().signal;
      const trial = { context, site, format, env: clinic.env, gitVersion: "2.39.5", signal };
      return checkGraphicalPath(trial, "/home/bob/.nvm/versions/node/v20/bin/node", least);
    });
  }

  /** Folders with git and a shell's tools, and without node. */
  function withoutNode({ world, dev }: Clinic): string {
    const folder = join(world.scratch.dir, "least");
    const real = (name: string): string => dev.try(["-c", `alias.w=!command -v ${name}`, "w"]).stdout.trim();
    for (const name of ["git", "sh", "env", "dirname", "cat"]) {
      writeProgram(join(folder, name), `#!/bin/sh\nexec ${real(name)} "$@"\n`);
    }
    return folder;
  }

  it("that finds node is well", async () => {
    using clinic = openClinic();
    expect(await look(clinic, `/usr/none:${join(process.execPath, "..")}`)).toEqual([
      { state: "ok", what: expect.stringContaining("graphical git clients find node as well") },
    ]);
  });

  it("whose pushes are refused for want of node is advice", async () => {
    using clinic = openClinic();
    clinic.hook('#!/bin/sh\nexec node countersign "$@"\n');
    const [found] = await look(clinic, withoutNode(clinic));
    expect(found).toMatchObject({ state: "advice", code: "NODE_HIDDEN" });
    expect(found?.what).toMatch(/the hook refuses every push$/);
  });

  it("whose pushes go through unjudged is told so", async () => {
    using clinic = openClinic();
    clinic.hook('#!/bin/sh\ncommand -v node >/dev/null || exit 0\nexec countersign-pre-push "$@"\n');
    expect((await look(clinic, withoutNode(clinic)))[0]?.what).toMatch(/lets pushes through unjudged$/);
  });

  it("whose hook finds node by itself is well", async () => {
    using clinic = openClinic();
    const bin = join(clinic.world.scratch.dir, "bin");
    clinic.hook(HOOK.replace("exec", `PATH="${bin}:$PATH"\nexec`));
    expect((await look(clinic, withoutNode(clinic)))[0]).toMatchObject({ state: "ok" });
  });
});
