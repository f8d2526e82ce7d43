import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { type Adopter, ASSISTED, makeTemplate, push, type Template } from "./adopter.ts";
import { keepAdopter } from "./kept-adopter.ts";

const NOT_FOUND = "countersign not found; install it (npm install) or push with --no-verify knowingly";

/** A folder with the programs of the PATH, but those named, so that a hook cannot find them. */
function pathWithout(adopter: Adopter, ...names: readonly string[]): string {
  const dir = join(adopter.scratch.dir, "programs");
  mkdirSync(dir);
  for (const folder of (process.env["PATH"] ?? "").split(":")) {
    for (const name of listOf(folder)) {
      if (names.includes(name)) continue;
      try {
        symlinkSync(join(folder, name), join(dir, name));
      } catch {
        // An earlier folder has it.
      }
    }
  }
  return dir;
}

function listOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

describe.each(["husky", "plain"] as const)("the hooks that init writes for %s", (manager) => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  const adopted = keepAdopter(adopt);
  afterAll(() => {
    adopted[Symbol.dispose]();
    template[Symbol.dispose]();
  });

  function adopt(): Adopter {
    const adopter = template.open();
    adopter.init("--manager", manager);
    adopter.adopt();
    return adopter;
  }

  it("refuse every push where countersign is gone", () => {
    using adopter = adopted.open();
    adopter.repo.commit("Tidy\n");
    rmSync(join(adopter.repo.dir, "node_modules"), { recursive: true });
    const refused = push(adopter);
    expect(refused.stderr).toContain(NOT_FOUND);
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("refuse every push where node is not on the PATH, as in programs with windows", () => {
    using adopter = adopted.open();
    adopter.repo.commit("Tidy\n");
    const refused = push(adopter, ["origin", "main"], { PATH: pathWithout(adopter, "node", "nodejs") });
    expect(refused.stderr).toContain("countersign needs node, which is not on the PATH here");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("never reach for npx or the network", () => {
    using adopter = adopted.open();
    adopter.repo.commit("Tidy\n");
    const PATH = pathWithout(adopter, "npx", "npm");
    expect(push(adopter, ["origin", "main"], { PATH })).toMatchObject({ status: 0 });
  });

  it("take the packages of the main work tree in a linked one", () => {
    using adopter = adopted.open();
    const linked = join(adopter.scratch.dir, "linked");
    adopter.repo.git(["worktree", "add", "-q", "-b", "topic", linked]);
    // husky's own folder is not committed, so that its hooks are not there without `npm install`.
    if (manager === "husky") adopter.repo.git(["config", "core.hooksPath", join(adopter.repo.dir, ".husky/_")]);
    adopter.repo.git(["-C", linked, "commit", "-q", "--no-verify", "--allow-empty", "-m", ASSISTED]);
    const refused = push(adopter, ["origin", "topic:main"], {});
    expect(refused).toMatchObject({ status: 1, after: refused.before });
    const inside = adopter.repo.try(["-C", linked, "push", "origin", "topic:main"], { env: adopter.env });
    expect(inside.stderr).toContain("COSIGN_MISSING");
    expect(inside.status).toBe(1);
  });

  it.each([
    ["COUNTERSIGN_SKIP", "1"],
    ["COUNTERSIGN", "0"],
    ["COUNTERSIGN_DISABLE", "true"],
    ["SKIP", "countersign"],
  ])("know no switch %s that lets a push pass", (name, value) => {
    using adopter = adopted.open();
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter, ["origin", "main"], { [name]: value });
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("pay no heed to push options", () => {
    using adopter = adopted.open();
    adopter.server.git(["config", "receive.advertisePushOptions", "true"]);
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter, ["-o", "countersign.skip", "origin", "main"]);
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });
});

it("refuses to set up what is not installed, and says how to install it", () => {
  using template = makeTemplate();
  using adopter = template.open();
  rmSync(join(adopter.repo.dir, "node_modules"), { recursive: true });
  const refused = countersign(adopter.repo, ["init", "--yes"]);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(/^HOOK_NOT_INSTALLED: [\s\S]*npm install --save-dev countersign/);
});
