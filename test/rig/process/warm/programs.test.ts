import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openScratch } from "../../repository/scratch.ts";
import { COUNTERSIGN_BIN } from "../../suite/bins.ts";
import { ASSISTED, attempt } from "../../worlds/attempt.ts";
import { openPushWorld } from "../../worlds/push-world.ts";
import { run } from "../run.ts";
import { runProgram } from "./programs.ts";

/** What a program is run with, by what it shows of it. */
const CALLS: readonly {
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}[] = [
  { args: ["--version"] },
  { args: ["policy", "check", "-"], input: "version: 2\n" },
  { args: ["policy", "check", "-"] },
  { args: ["check"], env: { GIT_DIR: "nowhere" } },
  { args: ["explain", "COSIGN_MISSING"], env: { FORCE_COLOR: "1" } },
  { args: ["explain", "COSIGN_MISSING"] },
  { args: ["mark", "--verbose"], input: "{" },
  { args: ["frobnicate"] },
];

describe("a program in a process that already runs", () => {
  it("ends and speaks as in one of its own, whatever ran there before", () => {
    using scratch = openScratch();
    for (const { args, env = {}, input = "" } of CALLS) {
      const options = { cwd: scratch.dir, env: { ...scratch.env, ...env }, input };
      expect(runProgram(COUNTERSIGN_BIN, args, options)).toEqual(
        run(process.execPath, [COUNTERSIGN_BIN, ...args], options),
      );
    }
  });

  it("may have git run a hook of ours", () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.commit(ASSISTED);
    const { stdout } = runProgram(COUNTERSIGN_BIN, ["doctor"], { cwd: dev.dir, env: dev.env });
    const own = run(process.execPath, [COUNTERSIGN_BIN, "doctor"], { cwd: dev.dir, env: dev.env });
    expect(stdout).toBe(own.stdout);
  });
});

it("a hook in a process that already runs refuses as in one of its own", () => {
  const said = [true, false].map((ownProcess) => {
    using world = openPushWorld({ ownProcess });
    const { status, hook, stderr } = attempt(
      world,
      world.dev.commit(ASSISTED, { date: "2026-01-01T00:00:00Z", files: {} }),
    );
    return { status, hook, stderr: stderr.replaceAll(join(world.scratch.dir), "") };
  });
  expect(said[0]).toEqual(said[1]);
  expect(said[0]).toMatchObject({ status: 1, hook: 1 });
});
