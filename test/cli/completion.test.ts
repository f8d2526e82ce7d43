import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CODES } from "@countersign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TerminalSession } from "../cosign/terminal-session.ts";
import { requirePrograms } from "../rig/installed/debian-packages.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { programLines } from "../rig/process/warm/programs.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";

interface Shell {
  readonly name: "bash" | "zsh" | "fish";
  readonly start: readonly string[];
  readonly setUp: readonly string[];
}

const SHELLS: readonly Shell[] = [
  { name: "bash", start: ["bash", "--norc", "--noprofile", "-i"], setUp: ["source <(countersign completion bash)"] },
  {
    name: "zsh",
    start: ["zsh", "-f", "-i"],
    setUp: ["autoload -U compinit && compinit -u -D", "source <(countersign completion zsh)"],
  },
  {
    name: "fish",
    start: ["fish", "--no-config", "--private"],
    setUp: ["countersign completion fish | source"],
  },
];

const HOSTILE = "x;$(>PWN)";
const [TAB, HOME] = ["\t", "\u0001"];

let world: PushWorld;
let env: NodeJS.ProcessEnv;

beforeAll(() => {
  requirePrograms("zsh", "fish");
  world = openPushWorld();
  const { dev, scratch } = world;
  const bin = join(scratch.dir, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "countersign"), `#!/bin/sh\n${programLines(COUNTERSIGN_BIN)}\nexit $status\n`);
  chmodSync(join(bin, "countersign"), 0o755);
  env = { PATH: `${bin}:${dev.env["PATH"]}`, PS1: "> ", TERM: "xterm-256color" };
  for (const name of ["topic/one", "feat@2", HOSTILE]) dev.git(["branch", name]);
  dev.git(["tag", "v1.0"]);
  writeFileSync(join(dev.dir, "signing.key"), "");
}, 300_000);
afterAll(() => world?.[Symbol.dispose]());

/** What a shell makes of a line when a person presses the tabulator: the line is printed instead of carried out. */
async function pressTab({ start, setUp }: Shell, line: string): Promise<string> {
  const session = new TerminalSession(world.dev, [], { env, program: start });
  for (const [index, command] of [...setUp, "true"].entries()) {
    session.type(`${command}; echo ready-"${index}"\r`);
    await session.read(`ready-${index}`);
  }
  session.type(`${line}${TAB}`);
  // The program answers in its own time; what is typed meanwhile waits behind the answer.
  session.type(`${HOME}echo '<' \u0005'>'\r`);
  await session.read(/^< .*>\s*$/m);
  const [, completed = ""] = /^< (.*)>\s*$/m.exec(session.screen) ?? [];
  session.type("exit\r");
  await session.ended;
  return completed.replace(/ +$/, "");
}

describe.each(SHELLS)("$name, installed where the tests run, completes for real", (shell) => {
  it.each<[what: string, line: string, completed: string]>([
    ["a command", "countersign expl", "countersign explain"],
    ["an option", "countersign check --work", "countersign check --work-tree-policy"],
    ["an option of the program behind a command", "countersign check --rep", "countersign check --repo"],
    ["the value of an option", "countersign log --format jsonl", "countersign log --format jsonl"],
    ["the start of an option's value", "countersign log --format j", "countersign log --format jsonl"],
    ["a value behind an equals sign", "countersign log --format=j", "countersign log --format=jsonl"],
    ["the format of a report", "countersign check --format sar", "countersign check --format sarif"],
    ["an agent", "countersign agents install claude-code curs", "countersign agents install claude-code cursor"],
    ["the agent of a mark", "countersign mark --agent wind", "countersign mark --agent windsurf"],
    ["a branch", "countersign check --branch top", "countersign check --branch topic/one"],
    [
      "a branch with a character that ends words",
      "countersign check --branch feat@",
      "countersign check --branch feat@2",
    ],
    ["a revision", "countersign explain v1", "countersign explain v1.0"],
    ["a code", "countersign explain DISCL", "countersign explain DISCLOSURE_MISSING"],
    ["the end of a range", "countersign check v1.0..top", "countersign check v1.0..topic/one"],
    ["a file", "countersign cosign --key sign", "countersign cosign --key signing.key"],
    ["a shell", "countersign completion ba", "countersign completion bash"],
    ["what help is asked for", "countersign help expl", "countersign help explain"],
  ])("%s", async (_, line, completed) => {
    expect(await pressTab(shell, line)).toBe(completed);
  });

  it("no name of a branch that a shell would act upon, and runs none", async () => {
    expect(await pressTab(shell, "countersign check --branch x")).toBe("countersign check --branch x");
    expect(existsSync(join(world.dev.dir, "PWN"))).toBe(false);
  });

  it("without running what stands in the line", async () => {
    await pressTab(shell, "countersign check '$(touch PWN)' --form");
    expect(existsSync(join(world.dev.dir, "PWN"))).toBe(false);
  });
});

describe("what the shells ask", () => {
  const ask = (...line: readonly string[]): string => countersign(world.dev, ["complete", "--", ...line]).stdout;

  it("is answered with a candidate a line, what it is, and whether files would do", () => {
    expect(ask("log", "--format", "")).toBe("text\t\njsonl\t\n:4\n");
    expect(ask("cosign", "--key", "")).toBe(":0\n");
    expect(ask("keys", "--namespace", "")).toBe(":4\n");
    expect(ask("log", "-n", "")).toBe(":4\n");
    expect(ask("check", "HE")).toBe("HEAD\twhat is checked out\n:4\n");
  });

  it("is each format, and each agent that has hooks, wherever one is wanted", () => {
    expect(ask("check", "--format", "")).toBe("text\t\njson\t\nsarif\t\ngithub\t\ngitlab\t\njunit\t\nmarkdown\t\n:4\n");
    const agents = "claude-code\tClaude Code\ncline\tCline\n:4\n";
    for (const line of [
      ["agents", "install", "cl"],
      ["agents", "uninstall", "codex", "cl"],
      ["mark", "--agent", "cl"],
      ["mark", "--agent=cl"],
      ["init", "--agents", "cl"],
      ["init", "--agents", "codex", "cl"],
    ]) {
      expect({ line, said: ask(...line) }).toEqual({ line, said: agents });
    }
  });

  it("is each code, where a code can be explained", () => {
    const offered = ask("explain", "").split("\n");
    expect(offered).toContain("HEAD\twhat is checked out");
    expect(offered).toEqual(expect.arrayContaining(CODES.map(({ code, means }) => `${code}\t${means}`)));
    expect(ask("explain", "--policy", "COSIGN_")).toBe(":4\n");
    const nowhere = countersign(world.dev, ["complete", "--", "explain", "DISCL"], { cwd: world.scratch.dir });
    expect(nowhere.stdout).toMatch(/^DISCLOSURE_MISSING\t.+\n:4\n$/);
  });

  it("is an option again behind a value that was left out", () => {
    expect(ask("mark", "--agent", "--verb")).toMatch(/^--verbose\t/);
    expect(ask("init", "--agents", "--manager", "hus")).toBe("husky\t\n:4\n");
    expect(ask("mark", "--agent", "--verbose", "cl")).toBe(":4\n");
  });

  it("is of the repository that the line names", () => {
    world.server.git(["branch", "only-there", "main"]);
    expect(ask("--repo", world.server.dir, "check", "--branch", "only")).toBe("only-there\tbranch\n:4\n");
    expect(ask(`--repo=${world.server.dir}`, "check", "only")).toBe("only-there\tbranch\n:4\n");
  });

  it("is silence where there is no repository, and nothing behind an option that does not exist", () => {
    const nowhere = countersign(world.dev, ["complete", "--", "check", "--branch", ""], { cwd: world.scratch.dir });
    expect(nowhere).toEqual({ status: 0, stdout: ":4\n", stderr: "" });
    expect(ask("check", "--nonsense=")).toBe(":4\n");
    expect(ask()).toMatch(/^init\t/);
  });

  it("is not listed among the commands", () => {
    expect(countersign(world.dev, ["--help"]).stdout).not.toMatch(/^ {2}complete /m);
  });
});

describe("countersign completion", () => {
  it("has a script for PowerShell as well", () => {
    const { status, stdout } = countersign(world.dev, ["completion", "powershell"]);
    expect(status).toBe(0);
    expect(stdout).toContain("Register-ArgumentCompleter -CommandName 'countersign'");
  });

  it("says which shells it knows", () => {
    expectFault(countersign(world.dev, ["completion", "tcsh"]), "OPTION_INVALID", "bash, zsh, fish, powershell");
    expectFault(countersign(world.dev, ["completion"]), "OPTION_INVALID", "shell");
  });

  it("is read by bash without a word, twice as well", () => {
    const twice = "source <(countersign completion bash); source <(countersign completion bash)";
    const session = new TerminalSession(world.dev, [], { env, program: ["bash", "-c", twice] });
    return expect(session.ended).resolves.toMatchObject({ status: 0, screen: "" });
  });
});
