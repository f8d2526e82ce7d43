import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Run, run } from "../rig/process/run.ts";
import { type Adopter, ASSISTED, existsIn, makeTemplate, readIn, type Template } from "./adopter.ts";

/** What git's default on Windows makes of a text. */
function withReturns(text: string): string {
  return text.replace(/\r?\n/g, "\r\n");
}

describe("scripts that init writes", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate(["lefthook@2.2.2"]);
  }, 300_000);
  afterAll(() => template[Symbol.dispose]());

  /** A colleague's clone, with the packages of the first one. */
  function cloneFor({ repo, server, scratch, env }: Adopter, ...settings: readonly string[]): string {
    const mate = join(scratch.dir, "mate");
    run("git", ["clone", "-q", ...settings, server.dir, mate], { cwd: scratch.dir, env });
    run("cp", ["-r", join(repo.dir, "node_modules"), mate], { cwd: mate, env });
    return mate;
  }

  function expectGuarded({ server, env }: Adopter, dir: string): void {
    const git = (...args: readonly string[]): Run => run("git", args, { cwd: dir, env });
    const before = server.ref("refs/heads/main");
    expect(git("commit", "--allow-empty", "-m", "Work")).toMatchObject({ status: 0 });
    expect(git("push", "-q", "origin", "HEAD:innocent")).toMatchObject({ status: 0 });
    expect(git("commit", "--allow-empty", "-m", ASSISTED)).toMatchObject({ status: 0 });
    const refused = git("push", "origin", "HEAD:main");
    expect(refused.stderr + refused.stdout).toContain("COSIGN_MISSING");
    expect([refused.status, server.ref("refs/heads/main")]).toEqual([1, before]);
  }

  it.each([
    ["husky", ".husky/pre-push", "npm run --silent prepare", {}],
    [
      "lefthook",
      ".lefthook/pre-push/countersign.sh",
      "node_modules/.bin/lefthook install",
      { "lefthook.yml": "output: [execution_out]\n" },
    ],
  ])("for %s have line feeds whatever git makes of others", (manager, script, install, files) => {
    using adopter = template.open((repo) => repo.write({ ...files, ".gitattributes": "* text=auto eol=crlf" }));
    adopter.init("--manager", manager);
    expect(readIn(adopter.repo, ".gitattributes")).toMatch(/^\* text=auto eol=crlf\n\/[\s\S]+ text eol=lf\n$/);
    adopter.adopt();
    const mate = cloneFor(adopter);
    expect(readFileSync(join(mate, "countersign.config.yaml"), "utf8")).toContain("\r\n");
    expect(readFileSync(join(mate, script), "utf8")).not.toContain("\r");
    expect(run("sh", ["-c", install], { cwd: mate, env: adopter.env })).toMatchObject({ status: 0 });
    expectGuarded(adopter, mate);
  });

  it("do their work with carriage returns too, and so does what stands below them", () => {
    using adopter = template.open((repo) => repo.write({ ".husky/commit-msg": 'echo "theirs $0" >&2\n' }));
    adopter.init("--manager", "husky");
    adopter.adopt();
    const mate = cloneFor(adopter);
    run("npm", ["run", "--silent", "prepare"], { cwd: mate, env: adopter.env });
    for (const hook of readdirSync(join(mate, ".husky")).filter((name) => name !== "_")) {
      const path = join(mate, ".husky", hook);
      writeFileSync(path, withReturns(readFileSync(path, "utf8")));
    }
    const commit = run("git", ["commit", "--allow-empty", "-m", "Work"], { cwd: mate, env: adopter.env });
    expect(commit).toMatchObject({ status: 0 });
    expect(commit.stderr).toContain("theirs .husky/commit-msg\n");
    expectGuarded(adopter, mate);
    writeFileSync(
      join(mate, ".husky/commit-msg"),
      withReturns(`${readIn(adopter.repo, ".husky/commit-msg")}false\necho on\n`),
    );
    const stopped = run("git", ["commit", "--allow-empty", "-m", "Work"], { cwd: mate, env: adopter.env });
    expect(stopped.status).toBe(1);
    expect(stopped.stderr).not.toContain("\non\n");
  });

  it("get no rule that is there already, nor where git keeps them as they are", () => {
    using lines = template.open((repo) => repo.write({ ".gitattributes": "* text=auto eol=lf\n" }));
    lines.init();
    expect(readIn(lines.repo, ".gitattributes")).toBe("* text=auto eol=lf\n");
    using bytes = template.open((repo) => repo.write({ ".gitattributes": ".husky/* -text\n" }));
    bytes.init();
    expect(readIn(bytes.repo, ".gitattributes")).toBe(".husky/* -text\n");
    using plain = template.open();
    plain.init("--manager", "plain");
    expect(existsIn(plain.repo, ".gitattributes")).toBe(false);
  });
});
