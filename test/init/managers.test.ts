import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requirePrograms } from "../rig/installed/debian-packages.ts";
import { run } from "../rig/process/run.ts";
import { type Adopter, ASSISTED, filesOf, makeTemplate, push, readIn, type Template, VOUCHED } from "./adopter.ts";
import { keepAdopter } from "./kept-adopter.ts";

interface Case {
  readonly name: string;
  readonly packages: readonly string[];
  /** What the team has already. Its own hook for pushes notes what it is given and ends as it is told. */
  readonly files: Readonly<Record<string, string>>;
  /** How the team switches its hooks on. */
  readonly install: readonly [program: string, ...args: string[]];
  readonly prepare?: () => void;
  /** Whether the team's own hook is given git's list. */
  readonly passesOn: boolean;
}

const WITNESS = "cat >>seen; exit `cat ../witness-status`";

const CASES: readonly Case[] = [
  {
    name: "lefthook",
    packages: ["lefthook@2.2.2"],
    files: {
      "lefthook.yml": `# Ours.\npre-push:\n  commands:\n    theirs: # keep\n      run: ${WITNESS}\n      use_stdin: true\n`,
    },
    install: ["node_modules/.bin/lefthook", "install"],
    passesOn: true,
  },
  {
    name: "simple-git-hooks",
    packages: ["simple-git-hooks@2.14.0"],
    files: { ".simple-git-hooks.json": `{\n    "pre-push": ${JSON.stringify(WITNESS)}\n}\n` },
    install: ["node_modules/.bin/simple-git-hooks"],
    passesOn: true,
  },
  {
    name: "prek",
    packages: ["@j178/prek@0.5.3"],
    files: { ".pre-commit-config.yaml": preCommitConfig("pre-push") },
    install: ["node_modules/.bin/prek", "install"],
    passesOn: false,
  },
  {
    name: "pre-commit",
    packages: [],
    files: { ".pre-commit-config.yaml": preCommitConfig("push") },
    install: ["pre-commit", "install", "-t", "pre-push"],
    prepare: () => requirePrograms("pre-commit"),
    passesOn: false,
  },
];

function preCommitConfig(stage: string): string {
  return `# Ours.
default_install_hook_types: [pre-push] # keep
repos:
  - repo: local
    hooks:
      - id: theirs
        name: theirs
        entry: sh -c '${WITNESS}'
        language: system
        always_run: true
        pass_filenames: false
        stages: [${stage}]

# The end.
`;
}

describe.each(CASES)("$name, in use when init comes", ({ name, packages, files, install, prepare, passesOn }) => {
  let template: Template;
  beforeAll(() => {
    prepare?.();
    template = makeTemplate(packages);
  }, 300_000);
  const adopted = keepAdopter(adopt);
  afterAll(() => {
    adopted[Symbol.dispose]();
    template[Symbol.dispose]();
  });

  function openBefore(): Adopter {
    const adopter = template.open((repo) => {
      repo.write(files);
      const [program, ...args] = install;
      const { status, stderr } = run(program, args, { cwd: repo.dir, env: repo.env });
      if (status !== 0) throw new Error(stderr);
    });
    witness(adopter, 0);
    return adopter;
  }

  function witness({ scratch }: Adopter, status: number): void {
    writeFileSync(join(scratch.dir, "witness-status"), `${status}\n`);
  }

  function adopt(): Adopter {
    const adopter = openBefore();
    expect(adopter.init().stdout).toContain(`countersign init, with ${name}\n`);
    adopter.adopt();
    return adopter;
  }

  it("refuses assisted work on main and lets co-signed work pass", () => {
    using adopter = adopted.open();
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter);
    expect(refused.stderr + refused.stdout).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
    const vouched = adopter.repo.commit(VOUCHED, { args: ["--amend"] });
    expect(push(adopter)).toMatchObject({ status: 0, after: vouched });
  });

  it("judges every ref of a push, and one that changes no file", () => {
    using adopter = adopted.open();
    const { repo } = adopter;
    // The server has it already, so that it comes before main in git's list.
    repo.git(["push", "-q", "--no-verify", "origin", "main:clean"]);
    repo.git(["switch", "-q", "-c", "clean"]);
    repo.commit("Tidy\n");
    repo.git(["switch", "-q", "main"]);
    repo.git(["commit", "-q", "--no-verify", "--allow-empty", "-m", ASSISTED]);
    for (const refs of [["clean", "main"], ["main", "clean"], ["main"]]) {
      const refused = push(adopter, ["origin", ...refs]);
      expect(refused.stderr + refused.stdout).toContain("COSIGN_MISSING");
      expect(refused).toMatchObject({ status: 1, after: refused.before });
    }
  });

  it("judges the deletion of main, and a branch that the server has under another name", () => {
    using adopter = adopted.open();
    const { repo } = adopter;
    const deletion = push(adopter, ["origin", ":main"]);
    expect(deletion.stderr + deletion.stdout).toContain("BRANCH_DELETED");
    expect(deletion).toMatchObject({ status: 1, after: deletion.before });
    repo.git(["switch", "-q", "-c", "topic"]);
    repo.commit(ASSISTED);
    repo.git(["push", "-q", "--no-verify", "origin", "topic"]);
    const refused = push(adopter, ["origin", "topic:main"]);
    expect(refused.stderr + refused.stdout).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("is not disturbed where there is nothing to push", () => {
    using adopter = adopted.open();
    expect(push(adopter)).toMatchObject({ status: 0 });
  });

  it("goes on running the team's own hook, whose refusal counts", () => {
    using adopter = adopted.open();
    const tip = adopter.repo.commit("Tidy\n");
    witness(adopter, 1);
    const refused = push(adopter);
    expect(refused).toMatchObject({ status: 1, after: refused.before });
    witness(adopter, 0);
    expect(push(adopter)).toMatchObject({ status: 0, after: tip });
    const line = `refs/heads/main ${tip} refs/heads/main ${refused.before}\n`;
    expect(readIn(adopter.repo, "seen")).toBe(passesOn ? line + line : "");
  });

  it("keeps every line that the team wrote", () => {
    using adopter = adopted.open();
    for (const [path, text] of Object.entries(files)) {
      const now = readIn(adopter.repo, path);
      for (const line of text.split("\n").filter((part) => !/pre-push"?[:\]]/.test(part))) expect(now).toContain(line);
    }
  });

  it("is not set up twice, and undone byte for byte", () => {
    using adopter = openBefore();
    const before = filesOf(adopter.repo.dir);
    adopter.init();
    const between = filesOf(adopter.repo.dir);
    expect(adopter.init().stdout).toBe(`countersign: everything is set up (${name})\n`);
    expect(filesOf(adopter.repo.dir)).toEqual(between);
    expect(adopter.countersign("uninstall", "--yes")).toMatchObject({ status: 0, stderr: "" });
    expect(filesOf(adopter.repo.dir)).toEqual(before);
  });
});
