import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { closeAfter } from "@countersign/core/internal";
import { openGitRepository } from "@countersign/git/internal";
import { describe, expect, it, vi } from "vitest";
import { findHookSite } from "../../packages/git/src/place/hook-site.ts";
import { openContext } from "../../packages/git/src/process/context.ts";
import { tryGit } from "../../packages/git/src/process/try-git.ts";
import { checkGraphicalPath } from "../../packages/setup/src/doctor/checks/graphical-path.ts";
import { CTRL_C, TerminalSession } from "../cosign/terminal-session.ts";
import { appearance, Gate } from "../rig/process/gate.ts";
import { processEnd } from "../rig/process/processes.ts";
import { type Clinic, HOOK, openClinic, writeProgram } from "./clinic.ts";

describe("Ctrl-C while a hook runs", () => {
  it("ends the hook as well, and leaves nothing behind", async () => {
    using clinic = openClinic();
    const { scratch } = clinic.world;
    const gate = new Gate(scratch);
    const pid = join(scratch.dir, "pid");
    clinic.hook(`#!/bin/sh\necho $$ >"${pid}" # countersign\n${gate.lines}`);
    const session = new TerminalSession(clinic.dev, ["doctor"], { env: clinic.env });
    await gate.reached();
    session.type(CTRL_C);
    const { status, screen } = await session.ended;
    expect(status).toBe(2);
    expect(screen).toMatch(/countersign: stopped; nothing was changed\n$/);
    expect(readdirSync(join(scratch.dir, "tmp"))).toEqual([]);
    await processEnd(Number(readFileSync(pid, "utf8")));
  });
});

describe("a program that does not end", () => {
  it("is ended with all that it started, and its end is told", async () => {
    using clinic = openClinic();
    const { scratch } = clinic.world;
    const gate = new Gate(scratch);
    const pid = join(scratch.dir, "pid");
    clinic.dev.git(["config", "alias.hang", `!echo begun; echo $$ >"${pid}"; ${gate.lines}`]);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const attempt = tryGit(openContext(clinic.dev.dir, clinic.env), ["hang"], { limit: 60_000 });
      await gate.reached();
      vi.advanceTimersByTime(60_000);
      expect(await attempt).toEqual({ status: undefined, late: true, output: "begun\n" });
    } finally {
      vi.useRealTimers();
    }
    await processEnd(Number(readFileSync(pid, "utf8")));
  });

  it("but leaves something running does not keep anybody waiting", async () => {
    using clinic = openClinic();
    const gate = new Gate(clinic.world.scratch);
    const ended = join(clinic.world.scratch.dir, "ended");
    clinic.dev.git(["config", "alias.leave", `!(${gate.lines}; : >"${ended}") & echo done`]);
    const end = await tryGit(openContext(clinic.dev.dir, clinic.env), ["leave"], { limit: 2 ** 31 - 1 });
    expect(end).toEqual({ status: 0, late: false, output: "done\n" });
    expect(existsSync(ended)).toBe(false);
    gate.open();
    await appearance(ended);
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
