import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findAgentSession, listAncestors } from "@countersign/capture";
import { describe, expect, it } from "vitest";
import { run } from "../rig/process/run.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";

/** A script that starts a program, tells of its id and lasts until its standard input ends. */
const KEEPER = `
const { spawn } = require("node:child_process");
const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
console.log(child.pid);
process.stdin.resume().on("end", () => child.stdin.end());
`;
/** A script that runs the program, and ends as that does. */
const RUNNER = `
const { status } = require("node:child_process").spawnSync(process.execPath, process.argv.slice(2), { stdio: "inherit" });
process.exitCode = status;
`;

function writeScript(scratch: Scratch, path: string, text: string): string {
  const script = join(scratch.dir, path);
  mkdirSync(dirname(script), { recursive: true });
  writeFileSync(script, text);
  return script;
}

/** What is above a process that was started through `command`; this process and those above it are left out. */
async function ancestorsBelow(scratch: Scratch, command: readonly [string, ...string[]]) {
  const [program, ...args] = command;
  const keeper = spawn(program, args, { cwd: scratch.dir, env: scratch.env, stdio: ["pipe", "pipe", "inherit"] });
  try {
    const pid = await new Promise<string>((resolve) => keeper.stdout.setEncoding("utf8").once("data", resolve));
    const ancestors = listAncestors(Number(pid));
    const ours = ancestors.findIndex((ancestor) => ancestor.pid === process.pid);
    expect(ours).toBeGreaterThan(0);
    return ancestors.slice(0, ours);
  } finally {
    keeper.stdin.end();
    await new Promise((resolve) => keeper.once("close", resolve));
  }
}

describe("the processes above a program", () => {
  it("are listed with their very arguments, nearest first, up to the first of all", async () => {
    using scratch = openScratch();
    const script = writeScript(scratch, "start.js", KEEPER);
    // Its name stands in the file in which Linux tells a process's parent.
    const program = join(scratch.dir, "a) S 1 (b");
    symlinkSync(process.execPath, program);
    const ancestors = await ancestorsBelow(scratch, [program, script, "two words", "", "--x=ü\n"]);
    expect(ancestors.map(({ args }) => args)).toEqual([[program, script, "two words", "", "--x=ü\n"]]);
    const own = listAncestors();
    expect(own[0]?.pid).toBe(process.ppid);
    expect(own.at(-1)?.pid).toBeLessThan(process.pid);
  });

  it("are none for a process that is none", () => {
    expect(listAncestors(2 ** 22 + 1)).toEqual([]);
  });

  it.each(["aider", "bin/aider", "droid"])("are an agent's where Node runs a script called %s", async (path) => {
    using scratch = openScratch();
    const script = writeScript(scratch, path, KEEPER);
    const ancestors = await ancestorsBelow(scratch, [process.execPath, "--no-warnings", script, "--yes"]);
    const agent = path.replace("bin/", "");
    expect(findAgentSession({}, () => ancestors)).toEqual({ agent, sign: `process ${agent}` });
  });

  it("are an agent's where its program is so called", async () => {
    using scratch = openScratch();
    const script = writeScript(scratch, "start.js", KEEPER);
    symlinkSync(process.execPath, join(scratch.dir, "droid"));
    const ancestors = await ancestorsBelow(scratch, [join(scratch.dir, "droid"), script]);
    expect(findAgentSession({}, () => ancestors)).toEqual({ agent: "droid", sign: "process droid" });
  });

  it.each([
    ["a script that is like one", "aider.js", []],
    ["a folder that is called so", "droid/start.js", []],
    ["an argument that is called so", "start.js", ["aider", "-m", "droid"]],
  ])("are a person's with %s", async (_, path, args) => {
    using scratch = openScratch();
    const script = writeScript(scratch, path, KEEPER);
    const ancestors = await ancestorsBelow(scratch, [process.execPath, script, ...args]);
    expect(ancestors).toHaveLength(1);
    expect(findAgentSession({}, () => ancestors)).toBeUndefined();
  });
});

describe("a co-sign", () => {
  it.each([
    ["is refused below", "aider", 1, "AGENT_SESSION: this runs inside a session of the AI agent aider (process aider)"],
    ["waits for a terminal below", "aider.js", 2, "TERMINAL_MISSING"],
  ])("%s a script called %s", (_, name, status, words) => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const script = writeScript(scratch, name, RUNNER);
    const result = run(process.execPath, [script, COUNTERSIGN_BIN, "cosign"], { cwd: repo.dir, env: repo.env });
    expect({ status: result.status, stdout: result.stdout }).toEqual({ status, stdout: "" });
    expect(result.stderr).toContain(words);
  });
});
