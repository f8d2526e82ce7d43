import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requirePrograms } from "./rig/installed/debian-packages.ts";
import { npmEnvironment, packPackage } from "./rig/installed/packed.ts";
import { run } from "./rig/process/run.ts";
import { openScratch, type Scratch } from "./rig/repository/scratch.ts";
import { ROOT } from "./rig/suite/bins.ts";

const EXAMPLES = readdirSync(join(ROOT, "examples")).filter((name) =>
  existsSync(join(ROOT, "examples", name, "run.sh")),
);

/** Ids and temporary folders differ from run to run. */
function mask(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\b[0-9a-f]{7,64}\b/g, "<id>")
    .replace(/\S*\/tmp\.\w+/g, "<folder>")
    .replace(/[ \t]+$/gm, "");
}

describe("the examples", () => {
  let scratch: Scratch;
  let tarball: string;
  beforeAll(() => {
    scratch = openScratch();
    tarball = packPackage(scratch, "cli");
    requirePrograms("pre-commit");
  }, 300_000);
  afterAll(() => scratch[Symbol.dispose]());

  it("are those that there should be", () => {
    expect(EXAMPLES).toEqual([
      "audit-shards",
      "forge-app",
      "github-actions",
      "gitlab-ci",
      "husky",
      "lefthook",
      "library",
      "monorepo",
      "plain-hooks",
      "pre-commit",
      "prek",
      "simple-git-hooks",
    ]);
  });

  it.each(EXAMPLES)("go as planned: %s", (name) => {
    const dir = join(ROOT, "examples", name);
    const env = { ...npmEnvironment(scratch), COUNTERSIGN_TARBALL: tarball };
    const { status, stdout, stderr } = run("sh", [join(dir, "run.sh")], { cwd: scratch.dir, env });
    expect({ status, stderr: status === 0 ? "" : `${stdout}${stderr}` }).toEqual({ status: 0, stderr: "" });
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("Every step went as planned.");
    const shown = [...readFileSync(join(dir, "README.md"), "utf8").matchAll(/```console\n(.*?)```/gs)];
    expect(shown.length).toBeGreaterThan(0);
    for (const [, block = ""] of shown) expect(mask(stdout)).toContain(mask(block));
  });
});
