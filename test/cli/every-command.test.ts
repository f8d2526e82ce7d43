import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import type { Run } from "../rig/process/run.ts";
import { initRepo, Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ROOT } from "../rig/suite/bins.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

interface ListedCommand {
  readonly path: readonly string[];
  readonly help: string;
  /** What it must be given, each time the name of a commit: what is missing is told before anything else. */
  readonly needed: readonly string[];
}

/** Every command of the program, as it tells the shells; a new one is tested without a word here. */
function listCommands(path: readonly string[] = []): readonly ListedCommand[] {
  using scratch = openScratch();
  const nowhere = new Repo(scratch, scratch.dir);
  const { stdout } = countersign(nowhere, ["complete", "--", "help", ...path, ""]);
  const names = stdout.split("\n").flatMap((line) => /^([a-z][\w-]*)\t/.exec(line)?.[1] ?? []);
  if (names.length > 0) return names.flatMap((name) => listCommands([...path, name]));
  const help = countersign(nowhere, [...path, "--help"]).stdout;
  const usage = /^Usage: (.*)$/m.exec(help)?.[1] ?? "";
  return [{ path, help, needed: [...usage.matchAll(/<[\w-]+>/g)].map(() => "HEAD") }];
}

const commands = listCommands();
/** It is called by agents, which it must not stop: whatever happens, it ends well. */
const NEVER_FAILS = new Set(["mark"]);
const failing = commands.filter(({ path }) => !NEVER_FAILS.has(path.join(" ")));

/** An answer or a refusal in our own form; never a stack, and never a failure that nobody thought of. */
function expectSpoken({ status, stdout, stderr }: Run): void {
  expect([0, 1, 2]).toContain(status);
  expect(stdout + stderr).not.toMatch(/DEFECT|^ {4}at /m);
  if (status === 2 && stdout === "") expect(stderr).toMatch(/^[A-Z_]+: .+\n(?: {2}- .+\n)* {2}why: .+\n {2}fix: .+\n$/);
}

let world: PushWorld;

beforeAll(() => {
  world = openPushWorld();
});
afterAll(() => world[Symbol.dispose]());

it("every command is known here", () => {
  const names = commands.map(({ path }) => path.join(" "));
  expect(names).toEqual(expect.arrayContaining(["check", "log", "explain", "keys", "cosign", "doctor", "completion"]));
});

it("every command has a row in the program's README", () => {
  const readme = readFileSync(join(ROOT, "packages/cli/README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| \[(.*?)\]/gm)].flatMap(([, names = ""]) => names.match(/[\w-]+/g) ?? []);
  expect([...rows, "help"].sort()).toEqual([...new Set(commands.map(({ path }) => path[0]))].sort());
});

describe.each(commands.map((command) => ({ name: command.path.join(" "), ...command })))(
  "countersign $name",
  ({ name, path, help, needed }) => {
    it("has help with what it is for and an example", () => {
      expect(help).toMatch(new RegExp(`^Usage: countersign ${name}(?: |$)`, "m"));
      expect(help).toMatch(/^Usage: .*\n\n\S.*/);
      expect(help).toMatch(
        new RegExp(`^Examples:\\n(?: {2}\\$ countersign .*\\n)* {2}\\$ countersign (?:--repo \\S+ )?${name}`, "m"),
      );
      expect(countersign(world.dev, ["help", ...path]).stdout).toBe(help);
    });

    it("says one thing at most where there is no repository", () => {
      using scratch = openScratch();
      expectSpoken(countersign(new Repo(scratch, scratch.dir), [...path, ...needed]));
    });

    it("says one thing at most where there is neither a commit nor a policy", () => {
      using scratch = openScratch();
      expectSpoken(countersign(initRepo(scratch, "empty"), [...path, ...needed]));
    });

    it("says one thing at most where there is no policy", () => {
      using bare = openPushWorld({ policy: null });
      const result = countersign(bare.dev, [...path, ...needed]);
      expectSpoken(result);
      expect(countersign(bare.dev, [...path, ...needed], { ownProcess: true })).toEqual(result);
    });
  },
);

describe.each(failing.map((command) => ({ name: command.path.join(" "), ...command })))(
  "countersign $name, called wrongly,",
  ({ name, path, needed }) => {
    it("tells an option that does not exist", () => {
      expectFault(countersign(world.dev, [...path, ...needed, "--frobnicate"]), "OPTION_INVALID", "--frobnicate");
    });

    it("suggests the option that was probably meant", () => {
      const [long] = countersign(world.dev, ["complete", "--", ...path, "--"]).stdout.split("\t");
      expectFault(countersign(world.dev, [...path, ...needed, `${long}x`]), "OPTION_INVALID", "Did you mean");
    });

    it("suggests the command that was probably meant", () => {
      const [last = ""] = name.split(" ").slice(-1);
      const misspelled = `${last}x`;
      const above = path.slice(0, -1);
      const { stderr } = countersign(world.dev, [...above, misspelled]);
      // What may stand there is the name of a branch as well.
      if (/^Usage: .*\[branch\]/.test(countersign(world.dev, [...above, "--help"]).stdout)) {
        expect(stderr).toContain(`REVISION_UNKNOWN: "refs/heads/${misspelled}"`);
        return;
      }
      expect(stderr).toMatch(
        new RegExp(`^OPTION_INVALID: .*unknown command '${misspelled}' \\(Did you mean .*\\b${last}\\b.*\\?\\)`),
      );
    });

    it("tells a file in the place of a repository", () => {
      const file = join(world.dev.dir, "README.md");
      expectSpoken(countersign(world.dev, ["--repo", file, ...path, ...needed]));
    });
  },
);

describe("a choice that was probably meant is suggested", () => {
  it.each([
    [["doctor", "--format", "jsno"], "Did you mean json?"],
    [["log", "--format", "JSONL"], "Did you mean jsonl?"],
    [["doctor", "--format=tex"], "Did you mean text?"],
    [["completion", "bsah"], "Did you mean bash?"],
    [["help", "chekc"], "Did you mean check?"],
  ])("%j", (args, phrase) => {
    expectFault(countersign(world.dev, args), "OPTION_INVALID", phrase);
  });

  it("where none is near the choices are told alone", () => {
    expectFault(countersign(world.dev, ["log", "--format", "yaml"]), "OPTION_INVALID", "text, jsonl");
    expect(countersign(world.dev, ["log", "--format", "yaml"]).stderr).not.toContain("Did you mean");
  });
});
