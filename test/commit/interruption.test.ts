import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Fault, faultyNode, WITH_FAULT } from "../rig/process/node-faults.ts";
import { groupEnd } from "../rig/process/processes.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { COMMIT_HOOK_BINS } from "../rig/suite/bins.ts";
import { installCommitHooks, messageOf } from "../rig/worlds/commit-hooks.ts";
import { expectNoLeftover, keptMessage, stateOf } from "../rig/worlds/commit-state.ts";
import { CLAUDE_STAMP, IN_CLAUDE, openCommitWorld } from "../rig/worlds/commit-world.ts";

const TEXT = "Mend the door\n\nIt squeaked.\n";
const STAMPED = `${TEXT}\n${CLAUDE_STAMP}\n`;
/** More calls than any of the hooks makes. */
const MOST = 60;

/** Runs an agent's commit as the leader of a process group, until all of the group has ended. */
async function commitInGroup({ dir, env: own }: Repo, env: NodeJS.ProcessEnv) {
  const args = ["commit", "-q", "-m", TEXT.trimEnd()];
  const git = spawn("git", args, { cwd: dir, env: { ...own, ...IN_CLAUDE, ...env }, stdio: "ignore", detached: true });
  const [status, signal] = (await once(git, "close")) as [number | null, string | null];
  await groupEnd(git.pid as number);
  return { status, signal };
}

describe.each(Object.keys(COMMIT_HOOK_BINS))("%s, stopped at any of its calls", (hook) => {
  it.each<
    [how: string, what: Fault["what"], stopped: (end: { status: number | null; signal: string | null }) => boolean]
  >([
    ["by a kill", { kill: "SIGKILL" }, ({ status }) => status === 1],
    ["by a person's Ctrl-C", { interrupt: "SIGINT" }, ({ status, signal }) => status !== 0 || signal !== null],
  ])(
    "%s, changes nothing or all, and leaves nothing",
    async (_, what, stopped) => {
      using world = openCommitWorld();
      const { dev, scratch } = world;
      installCommitHooks(dev, { before: WITH_FAULT, hooks: [hook] });
      dev.write({ "door.txt": "mended\n" });
      const before = stateOf(dev);
      // git asks pre-commit before it writes the message down.
      const messages = hook === "pre-commit" ? [keptMessage(dev)] : [TEXT, STAMPED];
      const ends: string[] = [];
      for (let call = 1; call <= MOST; call += 1) {
        const { env, log } = faultyNode(scratch, { program: `${hook}.js`, call, what });
        const end = await commitInGroup(dev, env);
        const [name] = readFileSync(log, "utf8").split("\n");
        if (name === "") break;
        ends.push(name as string);
        expect({ call: name, end: stopped(end) }).toEqual({ call: name, end: true });
        expect({ call: name, state: stateOf(dev) }).toEqual({ call: name, state: before });
        expect(messages).toContain(keptMessage(dev));
      }
      // It ended by itself in the end, and was stopped at each call on the way.
      expect(ends.length).toBeGreaterThan(0);
      expect(ends.length).toBeLessThan(MOST);
      if (hook === "prepare-commit-msg")
        expect(ends).toEqual(expect.arrayContaining(["writeSync", "renameSync", "spawnSync"]));
      expect(messageOf(dev)).toBe(STAMPED);
      expectNoLeftover(dev);
    },
    300_000,
  );
});

describe.each(Object.keys(COMMIT_HOOK_BINS))("%s, told to end at any of its calls", (hook) => {
  it("by a signal to it alone, stops the commit or finishes its work, with the message whole", async () => {
    using world = openCommitWorld();
    const { dev, scratch } = world;
    installCommitHooks(dev, { before: WITH_FAULT, hooks: [hook] });
    dev.write({ "door.txt": "mended\n" });
    const before = stateOf(dev);
    const messages = hook === "pre-commit" ? [keptMessage(dev), TEXT, STAMPED] : [TEXT, STAMPED];
    const stopped: string[] = [];
    for (let call = 1; call <= MOST; call += 1) {
      const { env, log } = faultyNode(scratch, { program: `${hook}.js`, call, what: { kill: "SIGTERM" } });
      const { status } = await commitInGroup(dev, env);
      const [name = ""] = readFileSync(log, "utf8").split("\n");
      expectNoLeftover(dev);
      if (status === 0) {
        // A signal that comes in the last steps finds the work done.
        expect({ call: name, message: messageOf(dev) }).toEqual({ call: name, message: STAMPED });
        if (name === "") break;
        dev.git(["reset", "-q", "--soft", "HEAD~1"]);
      } else {
        stopped.push(name);
        expect({ call: name, status, state: stateOf(dev) }).toEqual({ call: name, status: 1, state: before });
        expect(messages).toContain(keptMessage(dev));
      }
    }
    expect(stopped.length).toBeGreaterThan(0);
    expect(stopped.length).toBeLessThan(MOST);
    expect(messageOf(dev)).toBe(STAMPED);
  }, 300_000);
});
