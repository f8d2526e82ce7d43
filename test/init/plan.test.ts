import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countersign } from "../rig/process/countersign.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ADA, filesOf, makeTemplate, type Template } from "./adopter.ts";

describe("countersign init", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  it("shows what it would do and why, within 80 columns, and does nothing", () => {
    using adopter = template.open();
    const before = filesOf(adopter.repo.dir);
    const { status, stdout, stderr } = adopter.countersign("init", "--dry-run", "--senior", ADA, "--ci", "github");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatchInlineSnapshot(`
      "countersign init, with husky
        protects  main
        seniors   Ada Lovelace <ada@acme.example> (no key)
        proof     declared
        mode      enforce
        co-signs  in the ledger, the branch countersign/ledger

        create    countersign.config.yaml
                  the policy: who must co-sign what; edit it before you commit it
        create    .husky/pre-push
                  judges what is pushed
        create    .husky/pre-commit
                  warns early
        create    .husky/prepare-commit-msg
                  notes which agent took part
        create    .husky/commit-msg
                  checks the message
        change    package.json
                  switches the hooks on in every clone, after \`npm install\`
        create    .github/countersign/gate.mjs
                  the gate, one file; \`countersign init\` brings a newer one
        create    .github/workflows/countersign.yml
                  judges pull requests, merge queues and what landed
        create    .github/workflows/countersign-comment.yml
                  keeps co-signs that people paste into comments
        create    .github/workflows/countersign-review.yml
                  judges again when an approval is given or withdrawn
        create    .gitattributes
                  has git keep the line feeds of scripts, on Windows too
        run       husky
                  sets core.hooksPath, as \`npm install\` will in every other clone
        create    countersign/ledger:.github/workflows/countersign-ledger.yml
                  judges a pull request again when a co-sign for it arrives

      note: with one senior, nobody can co-sign that senior's own work with an agent,
            nor that senior's changes of the policy: add a second one before you push
      note: no key is known here, so the proof is declared: anyone, an agent too, can
            type a co-sign; have seniors send what \`countersign keys --mine\` prints,
            add it with \`countersign people add\`, and set proof: signed
      note: on GitHub, require the status "countersign (main)" in a ruleset for main:
            a check that is not required stops nobody
      note: anyone who can push can also set that status, with a workflow on their own
            branch: have .github/** reviewed by CODEOWNERS; only an app as the
            expected source, or a workflow that an organisation's ruleset requires,
            closes that gap
      note: protect the branch countersign/ledger on GitHub too: no force pushes and
            no deletion; everyone who co-signs must be able to push to it
      "
    `);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it.each([
    ["without a terminal", {}, "standard input is redirected"],
    ["in CI", { CI: "true" }, "standard input is redirected"],
  ])("asks nobody %s, changes nothing and says how to go on", (_, env, missing) => {
    using adopter = template.open();
    const before = filesOf(adopter.repo.dir);
    const refused = countersign(adopter.repo, ["init"], { env });
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      new RegExp(`^UNATTENDED: this needs answers, and cannot ask: ${missing}\n {2}why: .+\n {2}fix: .*--yes`),
    );
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });

  it("shows foreign text without its control characters", () => {
    using adopter = template.open();
    const { stdout } = adopter.countersign("init", "--dry-run", "--senior", "A\u001b[2Kda <ada@acme.example>");
    expect(stdout).not.toContain("\u001b");
  });

  it("works from a folder below the root", () => {
    using adopter = template.open((repo) => repo.write({ "src/deep/a.txt": "a\n" }));
    const bin = `${adopter.repo.dir}/node_modules/.bin/countersign`;
    const result = adopter.repo.try(["-c", `alias.x=!cd src/deep && "${bin}" init --yes`, "x"], { env: adopter.env });
    expect(result.status).toBe(0);
    expect(adopter.repo.git(["config", "core.hooksPath"])).toBe(".husky/_");
  });
});

it.each([
  ["outside of a repository", "NOT_A_REPOSITORY", (dir: string) => dir],
  ["in a bare repository", "WORK_TREE_MISSING", undefined],
])("refuses %s", (_, code, place) => {
  using scratch = openScratch();
  const bare = initRepo(scratch, "bare.git", ["--bare"]);
  const cwd = place ? place(scratch.dir) : bare.dir;
  for (const command of ["init", "uninstall"]) {
    const refused = countersign(bare, [command, "--yes"], { cwd });
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(new RegExp(`^${code}: `));
  }
});
