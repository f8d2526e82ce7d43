import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openScratch } from "../repository/scratch.ts";
import { run } from "./run.ts";

/** What a program has and gives, whoever starts it. */
interface Call {
  readonly has: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly input?: Buffer;
  readonly vars?: NodeJS.ProcessEnv;
}

const CALLS: readonly Call[] = [
  {
    has: "its words, byte for byte",
    args: ["-c", "printf '%s|' \"$@\"", "sh", "", "a b", "it's", '$HOME `x` \\n "', "tab\tline\n", "Áé\u{1f600}\u0081"],
  },
  {
    has: "its variables, and no others",
    args: ["-c", "env | sort"],
    vars: { QUOTED: "it's\n$HOME", EMPTY: "", IFS: "x" },
  },
  { has: "a variable that no shell would name", args: ["-c", "env | sort"], vars: { "A-B": "1" } },
  { has: "its folder", args: ["-c", "pwd -P"], cwd: "it's a folder" },
  { has: "what stands on its standard input", args: ["-c", "cat"], input: Buffer.of(0x66, 0x00, 0xff) },
  { has: "an end of its standard input", args: ["-c", "read -r line || echo ended"] },
  { has: "both of its outputs", args: ["-c", "echo out; echo err >&2; echo more"] },
  { has: "its own status", args: ["-c", "exit 129"] },
];

it.each(CALLS)("a program started by the small shell has $has", ({ args, cwd = "", input = "", vars = {} }) => {
  using scratch = openScratch();
  run("mkdir", ["it's a folder"], { cwd: scratch.dir, env: scratch.env });
  const options = { cwd: join(scratch.dir, cwd), env: { ...scratch.env, ...vars }, input };
  const { status, stdout, stderr } = spawnSync("sh", args, options);
  expect(run("sh", args, options)).toEqual({ status, stdout: stdout.toString(), stderr: stderr.toString() });
});

it("a folder that is absent is named by an error", () => {
  using scratch = openScratch();
  const options = { cwd: join(scratch.dir, "absent"), env: scratch.env };
  expect(() => run("git", ["version"], options)).toThrow("ENOENT");
});

it("a program that goes on after another one of the same worker does not mix their words", () => {
  using scratch = openScratch();
  writeFileSync(join(scratch.dir, "long"), "x".repeat(1 << 20));
  for (const word of ["a", "b".repeat(5000), "c", "d".repeat(100_000), "e"]) {
    const { stdout } = run("sh", ["-c", 'printf %s "$1"; cat long', "sh", word], {
      cwd: scratch.dir,
      env: scratch.env,
    });
    expect(stdout.length).toBe(word.length + (1 << 20));
    expect(stdout.startsWith(word)).toBe(true);
  }
});
