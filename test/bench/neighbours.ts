import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npmEnvironment } from "../rig/installed/packed.ts";
import { run } from "../rig/process/run.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { installCommitHooks } from "../rig/worlds/commit-hooks.ts";
import type { Case, Report } from "./report.ts";

const PACKAGES = [
  "husky",
  "lefthook",
  "@j178/prek",
  "@commitlint/cli",
  "@commitlint/config-conventional",
  "lint-staged",
];
const HOOKS = ["pre-commit", "prepare-commit-msg", "commit-msg"];
const POLICY =
  "version: 1\npeople:\n  - { name: Ada, emails: [ada@acme.example], level: senior }\nprotect:\n  - branches: [main]\n";

interface Neighbour {
  readonly files?: Readonly<Record<string, string>>;
  /** What is run once, with the program's folder before the PATH. */
  readonly setUp?: readonly string[];
  /** Files in git's folder of hooks, by hook. */
  readonly hooks?: Readonly<Record<string, string>>;
}

/** The programs that a team may have in the same place; those that run others have them do nothing. */
const NEIGHBOURS: Readonly<Record<string, Neighbour>> = {
  "no hooks": {},
  "husky alone": {
    files: Object.fromEntries(HOOKS.map((hook) => [`.husky/${hook}`, "true\n"])),
    setUp: ["husky"],
  },
  "lefthook alone": {
    files: { "lefthook.yml": HOOKS.map((hook) => `${hook}:\n  jobs:\n    - run: "true"\n`).join("") },
    setUp: ["lefthook", "install"],
  },
  "prek alone": {
    files: {
      ".pre-commit-config.yaml": `repos:\n  - repo: local\n    hooks:\n      - { id: "true", name: "true", entry: "true", language: system, always_run: true, pass_filenames: false, stages: [${HOOKS.join(", ")}] }\n`,
    },
    setUp: ["prek", "install", ...HOOKS.flatMap((hook) => ["-t", hook])],
  },
  "commitlint, conventional": {
    files: { "commitlint.config.js": 'module.exports = { extends: ["@commitlint/config-conventional"] };\n' },
    hooks: { "commit-msg": 'exec commitlint --edit "$1"' },
  },
  "lint-staged, a task that does nothing": {
    files: { ".lintstagedrc.json": '{ "*.txt": "true" }\n' },
    hooks: { "pre-commit": "exec lint-staged --quiet" },
  },
};

/** What a person's commit costs with countersign's three hooks, beside what other hooks cost. */
export function benchNeighbours(report: Report, rounds = 15): void {
  using scratch = openScratch();
  writeFileSync(join(scratch.dir, "package.json"), "{}\n");
  const installed = run("npm", ["install", "--no-save", ...PACKAGES], {
    cwd: scratch.dir,
    env: npmEnvironment(scratch),
  });
  if (installed.status !== 0) throw new Error(installed.stderr);
  const cases: Record<string, Case> = {};
  const add = (name: string, files: Readonly<Record<string, string>>, install: (repo: Repo) => void): void => {
    const repo = initRepo(scratch, `repo-${Object.keys(cases).length}`);
    symlinkSync(join(scratch.dir, "node_modules"), join(repo.dir, "node_modules"));
    repo.write({ ...files, "package.json": "{}\n", "a.txt": "0\n", ".gitignore": "node_modules\n.husky/_\n" });
    repo.git(["add", "-A"]);
    repo.git(["commit", "-q", "-m", "feat: begin"]);
    const path = `${join(scratch.dir, "node_modules/.bin")}:${repo.env["PATH"]}`;
    install(repo);
    let step = 0;
    cases[name] = (probe) => {
      step += 1;
      writeFileSync(join(repo.dir, "a.txt"), `${step}\n`);
      repo.git(["commit", "-q", "-a", "-m", `fix: take step ${step}`], { env: { PATH: path, ...probe } });
    };
  };
  for (const [name, { files = {}, setUp, hooks = {} }] of Object.entries(NEIGHBOURS)) {
    add(name, files, (repo) => {
      const env = { ...repo.env, PATH: `${join(scratch.dir, "node_modules/.bin")}:${repo.env["PATH"]}` };
      const [program, ...args] = setUp ?? ["true"];
      const { status, stderr } = run(program ?? "true", args, { cwd: repo.dir, env });
      if (status !== 0) throw new Error(`${program}: ${stderr}`);
      for (const [hook, line] of Object.entries(hooks)) {
        const folder = join(repo.commonDir, "hooks");
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, hook), `#!/bin/sh\n${line}\n`);
        chmodSync(join(folder, hook), 0o755);
      }
    });
  }
  add("countersign, all three hooks", { "countersign.config.yaml": POLICY }, (repo) =>
    installCommitHooks(repo, { ownProcess: true }),
  );
  report.compare("A person's commit of one file, beside other programs' hooks", { rounds }, cases);
}
