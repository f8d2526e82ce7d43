import { readdirSync, readFileSync } from "node:fs";
import { CODES } from "@countersign/core";
import { doctorMessages } from "@countersign/core/internal";
import { describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";

const PACKAGES = new URL("../../packages/", import.meta.url);
const packages = readdirSync(PACKAGES);

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

function withoutComments(text: string): string {
  return text.replace(/^\s*(?:\/?\*|\/\/).*$/gm, "");
}

const sources: readonly SourceFile[] = packages.flatMap((name) =>
  readdirSync(new URL(`${name}/src/`, PACKAGES), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => `${name}/src/${path}`)
    .map((path) => ({ path, text: withoutComments(readFileSync(new URL(path, PACKAGES), "utf8")) })),
);

/** Names that others gave: git's files and environment, variables of runners, other programs' settings, SLSA's levels, and the name that is misspelled in an example. */
const FOREIGN =
  /^(?:GIT_\w+|\w+_HEAD|SQUASH_MSG|AUTO_MERGE|BERRY_BIN_FOLDER|LC_ALL|\w+_COLOR|XDG_CONFIG_HOME|GITHUB_\w+|GH_TOKEN|RUNNER_TEMP|CI_\w+|PRE_COMMIT\w*|SKIP_SIMPLE_GIT_HOOKS|CRUSH_EVENT|AI_AGENT|NODE_DISABLE_COMPILE_CACHE|NODE_V8_COVERAGE|SLSA_SOURCE_LEVEL_0|COSIGN_MISING)$/;
/** Our own, for hooks and for the gate, and properties that are attested. */
const OWN = /^(?:COUNTERSIGN_(?:DEBUG|REFS|MERGE|TOKEN|WITNESS_KEY)|ORG_SOURCE_COUNTERSIGN_\w+)$/;

const RECEIVING = { hook: "pre-receive", path: "hooks/pre-receive" };

describe("a code", () => {
  it("that stands anywhere in the source is one of the registry", () => {
    const known = new Set<string>(CODES.map(({ code }) => code));
    const found = sources
      // What agents set in their shells.
      .filter(({ path }) => !path.startsWith("core/src/agents/"))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/["'`]([A-Z]+(?:_[A-Z0-9]+)+)(?:["'`]|: )/g)].map(([, name = ""]) => ({ path, name })),
      );
    expect(found.length).toBeGreaterThan(CODES.length);
    expect(found.filter(({ name }) => !known.has(name) && !FOREIGN.test(name) && !OWN.test(name))).toEqual([]);
  });

  it("is reported somewhere: none is left over", () => {
    const reporting = sources.filter(({ path }) => !path.startsWith("core/src/messages/"));
    const text = reporting.map((source) => source.text).join("\n");
    expect(CODES.map(({ code }) => code).filter((code) => !text.includes(`"${code}"`))).toEqual([]);
  });
});

describe("what a message prescribes is there:", () => {
  const messages = [
    ...CODES.flatMap(({ example }) => Object.values(example).flat()),
    // Those of a server's hook are put otherwise.
    ...[doctorMessages.HOOK_MISSING(RECEIVING), doctorMessages.PUSH_UNSEEN(RECEIVING)].map(({ fix }) => fix),
  ].join("\n");

  const mentions = (pattern: RegExp): readonly string[] => [
    ...new Set([...messages.matchAll(pattern)].map(([, name = ""]) => name)),
  ];

  it("every command", () => {
    using scratch = openScratch();
    const { stdout } = countersign(new Repo(scratch, scratch.dir), ["complete", "--", "help", ""]);
    const commands = stdout.split("\n").map((line) => line.split("\t")[0]);
    const named = mentions(/`countersign ([a-z]+)/g);
    expect(named).toContain("cosign");
    expect(named.filter((name) => !commands.includes(name) && name !== "help")).toEqual([]);
  });

  it("every program", () => {
    const bins = packages.flatMap((name) => {
      const { bin = {} } = JSON.parse(readFileSync(new URL(`${name}/package.json`, PACKAGES), "utf8"));
      return Object.keys(bin);
    });
    const named = mentions(/\b(countersign-(?!config|tests)[a-z-]*[a-z])\b/g);
    expect(named).toContain("countersign-pre-push");
    expect(named.filter((name) => !bins.includes(name))).toEqual([]);
  });

  it("every setting", () => {
    const named = mentions(/(?<![.\w])(countersign\.(?!config\.|tests\.|sarif|yml)[a-z]\w+)/g);
    expect(named).toContain("countersign.policyRef");
    const read = sources.filter(({ path }) => !path.startsWith("core/src/messages/")).map(({ text }) => text);
    expect(named.filter((name) => !read.some((text) => text.includes(`"${name}"`)))).toEqual([]);
  });
});
