import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parsePolicyFile } from "@countersign/core";
import { encodeText, readPolicyTests } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { run } from "./rig/process/run.ts";
import { runProgram } from "./rig/process/warm/programs.ts";
import { openScratch } from "./rig/repository/scratch.ts";
import { COUNTERSIGN_BIN, ROOT } from "./rig/suite/bins.ts";
import { ASSISTED } from "./rig/worlds/attempt.ts";
import { openPushWorld } from "./rig/worlds/push-world.ts";

/** A fenced block of a page. */
interface Block {
  /** The page and the line, for a person who has to mend it. */
  readonly place: string;
  readonly language: string;
  readonly text: string;
}

const PAGES = execFileSync("git", ["ls-files", "*.md"], { cwd: ROOT, encoding: "utf8" }).trim().split("\n");
const BLOCKS: readonly Block[] = PAGES.flatMap((page) => {
  const text = readFileSync(join(ROOT, page), "utf8");
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ 1: language = "", 2: block = "", index }) => ({
    place: `${page}:${text.slice(0, index).split("\n").length}`,
    language,
    text: block,
  }));
});

function blocksOf(...languages: readonly string[]): readonly Block[] {
  return BLOCKS.filter(({ language }) => languages.includes(language));
}

it("every block of a page is in a language that is tried here, or is what a program prints", () => {
  const tried = ["ts", "yaml", "json", "sh", "console"];
  expect(BLOCKS.filter(({ language }) => language !== "" && !tried.includes(language))).toEqual([]);
  for (const language of tried) expect(blocksOf(language)).not.toEqual([]);
});

/** What GitHub names the place of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/\s/g, "-");
}

it("every link of a page that stays in the repository leads to a file, and to a heading of it", () => {
  const broken = PAGES.flatMap((page) =>
    [...readFileSync(join(ROOT, page), "utf8").matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].flatMap(
      ([link, path = "", anchor]) => {
        const target = path === "" ? join(ROOT, page) : join(ROOT, dirname(page), path);
        if (!existsSync(target)) return [`${page}: ${link}`];
        const headings = anchor === undefined ? [] : readFileSync(target, "utf8").match(/(?<=^#+ ).*/gm);
        return anchor === undefined || headings?.some((heading) => anchorOf(heading) === anchor)
          ? []
          : [`${page}: ${link}`];
      },
    ),
  );
  expect(broken).toEqual([]);
});

it("the TypeScript of the pages compiles, as strictly as the packages do", () => {
  using scratch = openScratch();
  mkdirSync(join(scratch.dir, "node_modules"));
  symlinkSync(join(ROOT, "test/node_modules/@countersign"), join(scratch.dir, "node_modules/@countersign"));
  symlinkSync(join(ROOT, "node_modules/@types"), join(scratch.dir, "node_modules/@types"));
  const files = blocksOf("ts").map(({ place, text }) => {
    const file = `${place.replace(/\W/g, "-")}.mts`;
    writeFileSync(join(scratch.dir, file), text);
    return file;
  });
  const compilerOptions = { composite: false, declaration: false, noEmit: true, types: ["node"] };
  const config = { extends: join(ROOT, "tsconfig.base.json"), compilerOptions, files };
  writeFileSync(join(scratch.dir, "tsconfig.json"), JSON.stringify(config));
  const { stdout } = run(join(ROOT, "node_modules/.bin/tsc"), ["-p", scratch.dir], {
    cwd: scratch.dir,
    env: process.env,
  });
  expect(stdout).toBe("");
});

describe("the YAML and JSON of the pages", () => {
  it.each(blocksOf("yaml"))("is a policy, tests of one, or steps of a job: $place", async ({ text, place }) => {
    if (/^ *(?:- uses|include):/m.test(text)) expect(parseDocument(text).errors).toEqual([]);
    else if (/^tests:/m.test(text)) expect(readPolicyTests(encodeText(text), place)).toBeDefined();
    else await expect(parsePolicyFile(encodeText(text), place)).resolves.toBeDefined();
  });

  it.each(blocksOf("json"))("is JSON: $place", ({ text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });
});

describe("the shell of the pages", () => {
  it.each(blocksOf("sh"))("is shell: $place", ({ text }) => {
    using scratch = openScratch();
    expect(run("bash", ["-n"], { cwd: scratch.dir, env: scratch.env, input: text })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  /** Commands that have others below them. */
  const ABOVE = new Set(["policy", "agents", "server", "people"]);

  it("calls the program by commands and options that it has", () => {
    using scratch = openScratch();
    const ask = (path: readonly string[]) =>
      runProgram(COUNTERSIGN_BIN, [...path, "--help"], { cwd: scratch.dir, env: scratch.env });
    const helps = new Map<string, string>();
    for (const { place, text } of blocksOf("sh", "console")) {
      for (const [, words = ""] of text.matchAll(
        /^(?:\$ |\w+\$ )?(?:\w+=\S* )?(?:npx )?countersign (?:--repo \S+ )?((?!\()[^|#\n]*)/gm,
      )) {
        const [command = "", below = ""] = words.split(" ");
        const path = ABOVE.has(command) ? [command, below] : [command];
        const name = path.join(" ");
        const help = helps.get(name) ?? ask(path).stdout;
        helps.set(name, help);
        expect([place, help.split("\n")[0]]).toEqual([place, expect.stringContaining(`countersign ${name}`)]);
        for (const [option] of words.matchAll(/(?<= )--[a-z][\w-]*/g)) {
          expect([place, help.includes(option) ? option : `${name} has no ${option}`]).toEqual([place, option]);
        }
      }
    }
    expect(helps.size).toBeGreaterThan(10);
  });

  it("shows what the program prints where it needs no repository", () => {
    using scratch = openScratch();
    for (const { text } of blocksOf("console")) {
      const [, code, said] = /^\$ countersign explain ([A-Z_]+)\n(.*)$/s.exec(text) ?? [];
      if (code === undefined) continue;
      const { stdout } = runProgram(COUNTERSIGN_BIN, ["explain", code], {
        cwd: scratch.dir,
        env: scratch.env,
      });
      expect(stdout).toBe(said);
    }
  });
});

it("the programs of the packages' pages that open a repository run, and judge it", () => {
  using world = openPushWorld();
  const { scratch, dev } = world;
  dev.commit(ASSISTED);
  symlinkSync(join(ROOT, "test/node_modules"), join(scratch.dir, "node_modules"));
  const mask = (text: string): string => text.replace(/\b[0-9a-f]{12}\b/g, "<id>");
  const judged: string[] = [];
  for (const { place, text } of blocksOf("ts")) {
    const file = join(scratch.dir, `${place.replace(/\W/g, "-")}.mts`);
    writeFileSync(file, text);
    const { status, stdout, stderr } = run(join(ROOT, "node_modules/.bin/tsx"), [file], { cwd: dev.dir, env: dev.env });
    expect([place, stderr]).toEqual([place, ""]);
    // What the page shows below it is the beginning of what it prints.
    const below = BLOCKS[BLOCKS.findIndex((block) => block.place === place) + 1];
    if (below?.place.startsWith(place.replace(/\d+$/, ""))) {
      expect(mask(stdout)).toContain(mask(below.text.replace(/ +…\n$/, "")));
    }
    judged.push(`${place.replace(/:.*/, "")}: ${status}: ${stdout.split("\n")[0]}`);
  }
  expect(judged).toEqual([
    "packages/core/README.md: 0: assisted [ 'claude-code' ]",
    "packages/git/README.md: 1: Retry uploads [ 'claude-code' ] needs a co-sign from a person of level senior or higher",
    "packages/isomorphic/README.md: 0: countersign: refused refs/heads/main (1 new commit, 1 AI-assisted)",
  ]);
});
