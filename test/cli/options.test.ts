import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { ROOT } from "../rig/suite/bins.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

/** One for all: nothing here may change it. */
let world: PushWorld;
let untouched: string;

function state(): string {
  return world.dev.git(["status", "--porcelain", "--ignored"]) + world.dev.git(["for-each-ref"]);
}

beforeAll(() => {
  world = openPushWorld();
  untouched = state();
});
afterAll(() => {
  const touched = state();
  world[Symbol.dispose]();
  expect(touched).toBe(untouched);
});

describe("a wrong call is told in one message", () => {
  it.each<[what: string, args: readonly string[], phrase: string]>([
    ["an unknown command", ["chekc"], "check"],
    ["an option that is misspelled", ["check", "--polcy", "HEAD"], "--policy"],
    ["an option that does not exist", ["check", "--frobnicate"], "--frobnicate"],
    ["a format that does not exist", ["check", "--format", "yaml"], "text, json"],
    ["another command's format", ["log", "--format", "json"], "text, jsonl"],
    ["a format in upper case", ["check", "--format", "JSON"], "text, json"],
    ["an option without its value", ["check", "--branch"], "--branch"],
    ["one argument too many", ["check", "HEAD", "HEAD"], "argument"],
    ["no commit to explain", ["explain"], "commit"],
    ["a number that is none", ["log", "-n", "ten"], '"ten" is not a number'],
    ["a negative number", ["log", "-n", "-1"], "-1"],
    ["a fraction", ["log", "-n", "1.5"], '"1.5" is not a number'],
    ["a number with text behind", ["log", "-n", "1x"], '"1x" is not a number'],
    ["a number too large for git", ["log", "-n", "9999999999999999999"], "is not a number"],
    ["an empty number", ["log", "-n", ""], '"" is not a number'],
  ])("%s", (_, args, phrase) => {
    expectFault(countersign(world.dev, args), "OPTION_INVALID", phrase);
  });

  it("suggests what was probably meant", () => {
    expectFault(countersign(world.dev, ["chekc"]), "OPTION_INVALID", "Did you mean check?");
    expectFault(countersign(world.dev, ["check", "--polcy"]), "OPTION_INVALID", "Did you mean --policy?");
  });
});

describe("a revision that is none is told by its name", () => {
  it.each<[what: string, revision: string]>([
    ["a misspelled branch", "mian"],
    ["an abbreviation of no object", "deadbeef"],
    ["an id of no object", "d".repeat(40)],
    ["an id of zeros", "0".repeat(40)],
    ["nothing", ""],
    ["an upstream that is not set", "@{u}"],
    ["a pathspec", ":(glob)**"],
    ["a path", ":README.md"],
    ["a tree", "HEAD^{tree}"],
    ["a blob", "HEAD:README.md"],
    ["a message that was never written", ":/nothing like it"],
    ["an entry of a reflog that ends before", "HEAD@{99}"],
    ["text with a line end", "HEAD\nHEAD"],
    ["text that a terminal acts upon", "\u001b[2K\u202emain"],
    ["text that a shell acts upon", "$(touch PWN)"],
    ["two revisions", "HEAD main"],
    ["an exclusion", "^HEAD"],
    ["all parents", "HEAD^@"],
  ])("%s", (_, revision) => {
    for (const args of [
      ["check", revision],
      ["log", revision],
      ["explain", revision],
      ["check", "--policy", revision],
    ]) {
      const result = countersign(world.dev, args);
      expectFault(result, "REVISION_UNKNOWN");
      expect(result.stderr).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    }
    expect(readdirSync(world.dev.dir)).not.toContain("PWN");
  });
});

describe("what looks like an option of git", () => {
  const hostile = [
    "--output=PWN",
    "-x",
    "--all",
    "--exec=touch PWN",
    "--upload-pack=touch PWN",
    "-O/dev/null",
    "--stdin",
    "--textconv",
    "--no-walk",
  ];

  it.each(hostile)("%s is no revision, nor an option, wherever it stands", (text) => {
    const before = readdirSync(world.dev.dir);
    const calls = [
      ["check", "--", text],
      ["check", "--", `${text}..HEAD`],
      ["check", "--", `HEAD..${text}`],
      ["log", "--", text],
      ["log", "--", `HEAD..${text}`],
      ["explain", "--", text],
      ["check", `--policy=${text}`],
      ["explain", `--policy=${text}`, "HEAD"],
    ];
    for (const args of calls) expectFault(countersign(world.dev, args), "REVISION_UNKNOWN", text);
    expect(readdirSync(world.dev.dir)).toEqual(before);
  });

  it.each(hostile.filter((text) => text !== "--all"))("%s is no option of ours either", (text) => {
    const before = readdirSync(world.dev.dir);
    // A file that a person names for the report of `check` is meant to be written.
    for (const command of text.startsWith("--output=") ? ["log", "explain"] : ["check", "log", "explain"])
      expectFault(countersign(world.dev, [command, text]), "OPTION_INVALID");
    expect(readdirSync(world.dev.dir)).toEqual(before);
  });

  it.each(hostile)("%s is no branch, and does nothing", (text) => {
    expectFault(countersign(world.dev, ["check", `--branch=${text}`]), "BRANCH_NOT_FOUND", text);
    expect(readdirSync(world.dev.dir)).not.toContain("PWN");
  });
});

describe("help and version", () => {
  it("names the version that the package has", () => {
    using world = openPushWorld();
    const manifest = readFileSync(join(ROOT, "packages/cli/package.json"), "utf8");
    expect(countersign(world.dev, ["--version"]).stdout).toBe(`${JSON.parse(manifest).version}\n`);
  });

  it.each<[args: string]>([["--help"], ["help"], ["help check"], ["check --help"], ["log -h"], ["--version"], ["-V"]])(
    "%s is on standard output and succeeds",
    (args) => {
      const { status, stdout, stderr } = countersign(world.dev, args.split(" "));
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).not.toBe("");
    },
  );

  it("without a command is shown too, and decides nothing", () => {
    const { status, stdout, stderr } = countersign(world.dev, []);
    expect(`${stdout}${stderr}`.replace(/\s+/g, " ")).toContain("judge commits as if they were pushed to a branch");
    expect(status).not.toBe(1);
  });
});

describe("colours", () => {
  it("are for terminals alone, unless they are asked for", () => {
    const plain = countersign(world.dev, ["log"]);
    const forced = countersign(world.dev, ["log"], { env: { FORCE_COLOR: "1" } });
    const never = countersign(world.dev, ["log"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(plain.stdout).not.toContain("\u001b");
    expect(forced.stdout).toContain("\u001b[");
    expect(never.stdout).toBe(plain.stdout);
    expect(countersign(world.dev, ["log"], { env: { FORCE_COLOR: "0" } }).stdout).toBe(plain.stdout);
  });
});
