import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPORT_FORMATS } from "@countersign/report";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

/** One for all that change nothing in it: a refused commit at `bad`, a vouched one at `good`. */
let world: PushWorld;
let out: string;
beforeAll(() => {
  world = openPushWorld();
  world.dev.commit(VOUCHED);
  world.dev.git(["tag", "good"]);
  world.dev.commit(ASSISTED);
  world.dev.git(["tag", "bad"]);
  out = join(world.scratch.dir, "out");
  mkdirSync(out);
});
afterAll(() => world[Symbol.dispose]());

function check(...args: readonly string[]) {
  return countersign(world.dev, ["check", ...args], { cwd: out, env: { GIT_DIR: join(world.dev.dir, ".git") } });
}

function written(name: string): string {
  return readFileSync(join(out, name), "utf8");
}

describe.each(REPORT_FORMATS)("as %s", (format) => {
  it("a refused range ends with 1, an allowed one with 0, and nothing is on standard error", () => {
    const refused = check("bad", "--format", format);
    expect({ status: refused.status, stderr: refused.stderr }).toEqual({ status: 1, stderr: "" });
    expect(refused.stdout).toContain("COSIGN_MISSING");
    const allowed = check("good", "--format", format);
    expect({ status: allowed.status, stderr: allowed.stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("a report is the same in a file", () => {
    const shown = check("bad", "--format", format).stdout;
    const { status, stdout } = check("bad", "--format", format, "--output", `${format}.1`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(written(`${format}.1`)).toBe(shown);
    expect(check("bad", `--format=${format}=${format}.2`).status).toBe(1);
    expect(written(`${format}.2`)).toBe(shown);
  });

  it("what cannot be decided ends with 2 and is told on standard error alone", () => {
    expectFault(check("nothing", "--format", format), "REVISION_UNKNOWN");
  });
});

describe("several reports", () => {
  it("are written in one run, one of them to be read", () => {
    const files = ["sarif=all.sarif", "junit=all.xml", "gitlab=all.json", "markdown=all.md"];
    const { status, stdout, stderr } = check("bad", "--format", "text", ...files.flatMap((file) => ["--format", file]));
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^countersign: refused refs\/heads\/main/);
    expect(JSON.parse(written("all.sarif")).version).toBe("2.1.0");
    expect(written("all.xml")).toMatch(/^<\?xml /);
    expect(JSON.parse(written("all.json"))).toHaveLength(1);
    expect(written("all.md")).toMatch(/^### countersign: refused\n/);
    expect(readdirSync(out).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("that all go to files leave a refusal to be read on standard error, and an allowed range silent", () => {
    const refused = check("bad", "--format", "sarif=a");
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toMatch(/^countersign: refused refs\/heads\/main/);
    expect(check("good", "--format", "sarif=a")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("cannot share one output, and then nothing is written", () => {
    expectFault(check("good", "--format", "json", "--format", "sarif"), "OPTION_INVALID", "cannot share one output");
    expectFault(check("good", "--format", "json=never", "--output", "b"), "OPTION_INVALID");
    expect(existsSync(join(out, "never"))).toBe(false);
  });
});

describe("a file", () => {
  it("is found from where the program was called, whatever repository is named", () => {
    const args = ["--repo", world.dev.dir, "check", "good", "--format", "json=here.json"];
    expect(countersign(world.dev, args, { cwd: out }).status).toBe(0);
    expect(JSON.parse(written("here.json")).outcome).toBe("allow");
    expect(existsSync(join(world.dev.dir, "here.json"))).toBe(false);
  });

  it("that cannot be written is a fault, even of an allowed range", () => {
    const fault = check("good", "--format", "json", "--format", "sarif=none/a.sarif");
    expectFault(fault, "OUTPUT_UNWRITABLE", "none/a.sarif", "ENOENT");
  });

  it("has no colours", () => {
    const env = { FORCE_COLOR: "1" };
    const args = ["check", "bad", "--format", "text=plain.txt"];
    const { stderr } = countersign(world.dev, args, { env, cwd: world.dev.dir });
    expect(stderr).toContain("\u001b[");
    const plain = readFileSync(join(world.dev.dir, "plain.txt"), "utf8");
    expect(plain).toContain("COSIGN_MISSING");
    expect(plain).not.toContain("\u001b");
  });
});

describe("what kept all from being judged", () => {
  const NAMES = REPORT_FORMATS.map((format) => `fault.${format}`);
  const wanted = REPORT_FORMATS.flatMap((format) => ["--format", `${format}=fault.${format}`]);

  it("stands in each file that was asked for, in the place of an older report", () => {
    check("good", ...wanted);
    expectFault(check("nothing", ...wanted), "REVISION_UNKNOWN");
    for (const name of NAMES) expect(written(name)).toContain("REVISION_UNKNOWN");
    expect(written("fault.text")).toMatch(
      /^countersign: cannot decide, so refused\n\nREVISION_UNKNOWN: .+\n {2}why: .+\n {2}fix: .+\n$/,
    );
    expect(written("fault.github")).toMatch(/^::error [^\n]*title=REVISION_UNKNOWN::nothing was judged: [^\n]+\n$/);
    expect(JSON.parse(written("fault.gitlab"))).toMatchObject([
      { check_name: "REVISION_UNKNOWN", severity: "blocker" },
    ]);
    expect(JSON.parse(written("fault.json"))).toMatchObject({
      outcome: "undecided",
      policy: null,
      updates: [],
      fault: { code: "REVISION_UNKNOWN", what: '"nothing" does not name a commit here' },
    });
  });

  it.each([
    ["a policy that cannot be read", ["--policy", "broken"], "POLICY_MALFORMED"],
    ["a branch that is nowhere", ["--branch", "mian"], "BRANCH_NOT_FOUND"],
    ["a place that is no repository", [], "NOT_A_REPOSITORY"],
  ])("may be %s", (what, args, code) => {
    using other = openPushWorld();
    other.dev.git(["switch", "-q", "-c", "broken"]);
    other.dev.commit("Break it\n", { files: { "countersign.config.yaml": "version: 2\n" } });
    const cwd = what.includes("repository") ? other.scratch.dir : other.dev.dir;
    const file = join(out, `${code}.json`);
    expectFault(countersign(other.dev, ["check", ...args, "--format", `json=${file}`], { cwd }), code);
    expect(JSON.parse(readFileSync(file, "utf8")).fault.code).toBe(code);
  });

  it("is told where its report cannot be written", () => {
    expectFault(check("nothing", "--format", "sarif=none/a.sarif"), "REVISION_UNKNOWN");
  });

  it("stands in the other files where one of them cannot be written", () => {
    check("nothing", "--format", "sarif=none/a.sarif", "--format", "json=beside.json");
    expect(JSON.parse(written("beside.json"))).toMatchObject({ fault: { code: "REVISION_UNKNOWN" } });
  });
});

describe("how much is said", () => {
  it("is nothing with --quiet where the commits are allowed, and all where they are not", () => {
    for (const option of ["--quiet", "-q"]) {
      expect(check("good", option)).toEqual({ status: 0, stdout: "", stderr: "" });
      expect(check("bad", option)).toEqual(check("bad"));
    }
    expect(JSON.parse(check("good", "-q", "--format", "json").stdout).outcome).toBe("allow");
  });

  it("is every judged commit with its co-signs with --verbose", () => {
    const { status, stdout } = check("bad", "--verbose");
    expect(status).toBe(1);
    const told = stdout.slice(stdout.indexOf("judged:")).replace(/[0-9a-f]{12}/g, "<id>");
    expect(`\n${told}`).toMatchInlineSnapshot(`
      "
      judged:
        <id> "Retry uploads": assisted (claude-code), does not pass
          no co-sign
        <id> "Retry uploads": assisted (claude-code), passes
          co-sign of ada@acme.example on line 4, declared: counts
      "
    `);
    expect(stdout.startsWith(check("bad").stdout)).toBe(true);
  });

  it("tells with --verbose why a co-sign does not count", () => {
    using other = openPushWorld();
    other.dev.commit(`${ASSISTED}Co-signed-by: Eve <eve@elsewhere.example>\n`);
    expect(countersign(other.dev, ["check", "-v"]).stdout).toContain(
      "    co-sign of eve@elsewhere.example on line 4, declared: COSIGN_UNKNOWN_SIGNER\n",
    );
  });

  it("cannot be both", () => {
    expectFault(check("good", "-q", "-v"), "OPTION_INVALID", "--verbose");
  });
});

describe("under GitHub Actions", () => {
  const summary = () => join(out, "summary.md");
  const run = (revision: string, ...args: readonly string[]) =>
    countersign(world.dev, ["check", revision, ...args], { env: { GITHUB_STEP_SUMMARY: summary() } });

  it("the workflow commands come with a summary, which is added to what is there", () => {
    writeFileSync(summary(), "before\n");
    const { status, stdout } = run("bad", "--format", "github");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=file-\d+\.txt,line=1,title=COSIGN_MISSING::[^\n]+\n$/);
    expect(readFileSync(summary(), "utf8")).toBe(`before\n${check("bad", "--format", "markdown").stdout}`);
  });

  it("the summary tells what kept all from being judged", () => {
    writeFileSync(summary(), "");
    expectFault(run("nothing", "--format", "github"), "REVISION_UNKNOWN");
    expect(readFileSync(summary(), "utf8")).toMatch(
      /^### countersign: cannot decide[^\n]*\n\n```text\n[^`]*REVISION_UNKNOWN/,
    );
  });

  it("other formats leave the summary alone", () => {
    writeFileSync(summary(), "before\n");
    run("bad", "--format", "json");
    expect(readFileSync(summary(), "utf8")).toBe("before\n");
  });

  it("a summary that cannot be written is a fault", () => {
    const env = { GITHUB_STEP_SUMMARY: join(out, "none/summary.md") };
    expectFault(countersign(world.dev, ["check", "good", "--format", "github"], { env }), "OUTPUT_UNWRITABLE");
  });

  it("what only warns is a warning, and passes", () => {
    using other = openPushWorld({ policy: `${POLICY}mode: warn\n` });
    other.dev.commit(ASSISTED);
    const { status, stdout } = countersign(other.dev, ["check", "--format", "github"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^::warning /);
  });
});
