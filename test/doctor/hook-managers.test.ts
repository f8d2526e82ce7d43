import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../rig/process/run.ts";
import { ROOT } from "../rig/suite/bins.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { type Clinic, codesOf, expectUnguarded, openClinic, PROVEN, writeProgram } from "./clinic.ts";

const { resolve } = createRequire(import.meta.url);

/** Every manager as its users install it; the hook is what they write into its file. */
const MANAGERS = {
  husky: {
    configure: ({ dev }: Clinic, command: string) =>
      writeProgram(join(dev.dir, ".husky/pre-push"), `${command} "$@"\n`),
    install: [join(ROOT, "node_modules/husky/bin.js")],
  },
  lefthook: {
    configure: ({ dev }: Clinic, command: string, options = "      use_stdin: true\n") => {
      // A command would be passed over where HEAD has nothing new.
      const script = `${basename(command)}.sh`;
      writeProgram(join(dev.dir, ".lefthook/pre-push", script), `#!/bin/sh\nexec ${command} "$@"\n`);
      const config = `pre-push:\n  scripts:\n    ${script}:\n      runner: sh\n${options}`;
      writeFileSync(join(dev.dir, "lefthook.yml"), config);
    },
    install: [resolve("lefthook/bin/index.js"), "install", "--force"],
  },
  prek: {
    configure: ({ dev }: Clinic, command: string) =>
      writeFileSync(
        join(dev.dir, ".pre-commit-config.yaml"),
        `repos:\n  - repo: local\n    hooks:\n      - { id: guard, name: guard, entry: ${command}, language: system, stages: [pre-push], always_run: true, pass_filenames: false }\n`,
      ),
    install: [
      join(dirname(resolve("@j178/prek/package.json")), "bin/prek.js"),
      "install",
      "--overwrite",
      "--hook-type",
      "pre-push",
    ],
  },
  "simple-git-hooks": {
    configure: ({ dev }: Clinic, command: string) =>
      writeFileSync(
        join(dev.dir, "package.json"),
        JSON.stringify({ "simple-git-hooks": { "pre-push": `${command} "$@"` } }, null, 2),
      ),
    install: [join(dirname(resolve("simple-git-hooks/package.json")), "cli.js")],
  },
} as const;

function openManaged(
  name: keyof typeof MANAGERS,
  { command = "countersign-pre-push", options }: { readonly command?: string; readonly options?: string } = {},
): Clinic {
  const clinic = openClinic();
  const { configure, install } = MANAGERS[name];
  rmSync(join(clinic.dev.dir, ".git/hooks/pre-push"));
  configure(clinic, command, options as string);
  clinic.dev.git(["add", "-A"]);
  const { status, stdout, stderr } = run(process.execPath, install, { cwd: clinic.dev.dir, env: clinic.env });
  if (status !== 0) throw new Error(stdout + stderr);
  return clinic;
}

describe.each(["husky", "lefthook", "simple-git-hooks"] as const)("%s", (name) => {
  it("that hands everything on is proven, and named", () => {
    using clinic = openManaged(name);
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 0, wrong: [] });
    const proof = findings.find(({ what }) => PROVEN.test(what));
    expect(proof?.what).toMatch(new RegExp(`^pre-push, run by ${name}: `));
  });

  it("that runs something else is told so", () => {
    using clinic = openManaged(name, { command: "true" });
    const { findings } = clinic.examine();
    expect(codesOf(findings, "wrong")).toEqual(["HOOK_FOREIGN"]);
  });
});

describe("a switch", () => {
  it.each([
    ["husky", "HUSKY", "0"],
    ["lefthook", "LEFTHOOK", "0"],
    ["lefthook", "LEFTHOOK", "false"],
    ["simple-git-hooks", "SKIP_SIMPLE_GIT_HOOKS", "1"],
  ] as const)("that turns %s off, %s=%s, is found", (name, variable, value) => {
    using clinic = openManaged(name);
    const found = expectUnguarded(clinic, "HOOK_SWITCHED_OFF", { [variable]: value });
    expect(found?.what).toBe(
      `${variable}=${value} is set (in the environment), which switches the hooks of ${name} off`,
    );
  });

  it("is shown on the page of doctor as it is reported", () => {
    const page = readFileSync(join(ROOT, "packages/cli/docs/doctor.md"), "utf8");
    const [, shown = ""] = /```console\n\$ HUSKY=0 countersign doctor\n(.*?)```/s.exec(page) ?? [];
    using clinic = openManaged("husky");
    const { stdout } = clinic.doctor([], { HUSKY: "0" });
    const withoutVersions = (text: string): string => text.replace(/\d+(?:\.\d+)+/g, "<version>");
    expect(shown).not.toBe("");
    expect(withoutVersions(stdout)).toContain(withoutVersions(shown));
  });

  it("that husky's own file turns is found there", () => {
    using clinic = openManaged("husky");
    const file = join(clinic.world.scratch.dir, ".config/husky/init.sh");
    writeProgram(file, "export HUSKY=0\n");
    expect(expectUnguarded(clinic, "HOOK_SWITCHED_OFF")?.what).toContain(`HUSKY=0 is set (in ${file})`);
  });

  it("that leaves husky on is none", () => {
    using clinic = openManaged("husky");
    expect(clinic.examine({ HUSKY: "1" }).status).toBe(0);
  });
});

describe("a manager that was never switched on in this clone is found, with what switches it on", () => {
  it.each<[name: keyof typeof MANAGERS, command: string]>([
    ["husky", "npx husky"],
    ["lefthook", "npx lefthook install"],
    ["prek", "pre-commit install --hook-type pre-push"],
    ["simple-git-hooks", "npx simple-git-hooks"],
  ])("%s", (name, command) => {
    using clinic = openClinic();
    rmSync(join(clinic.dev.dir, ".git/hooks/pre-push"));
    MANAGERS[name].configure(clinic, "countersign-pre-push");
    const found = expectUnguarded(clinic, "MANAGER_INACTIVE");
    expect(found?.fix).toBe(`run \`${command}\``);
  });

  it("and is none where git runs countersign without it", () => {
    using clinic = openClinic();
    MANAGERS.husky.configure(clinic, "countersign-pre-push");
    expect(clinic.examine()).toMatchObject({ status: 0 });
  });
});

describe("another work tree of the clone", () => {
  it("is named where git runs no hooks of ours in it, and is well where it does", () => {
    using clinic = openManaged("husky");
    const linked = join(clinic.world.scratch.dir, "linked");
    clinic.dev.git(["worktree", "add", "-q", "-b", "linked", linked]);
    const { findings } = clinic.examine();
    expect(findings.find(({ code }) => code === "WORK_TREE_UNGUARDED")?.what).toContain(`${linked} git runs no hook`);
    using plain = openClinic();
    plain.dev.git(["worktree", "add", "-q", "-b", "linked", join(plain.world.scratch.dir, "linked")]);
    for (const hook of ["pre-commit", "prepare-commit-msg", "commit-msg"]) {
      writeProgram(join(plain.dev.dir, ".git/hooks", hook), `#!/bin/sh\nexec countersign-${hook} "$@"\n`);
    }
    expect(plain.examine().findings.filter(({ what }) => /other work tree/.test(what))).toMatchObject([
      { state: "ok" },
    ]);
  });
});

describe("husky", () => {
  it("whose script cannot be read by a shell is found behind its own files", () => {
    using clinic = openManaged("husky");
    writeProgram(join(clinic.dev.dir, ".husky/pre-push"), "if true\r\nthen countersign-pre-push\r\nfi\r\n");
    expect(clinic.examine().findings.find(({ code }) => code === "HOOK_LINE_ENDS")?.what).toContain(".husky/pre-push");
  });

  it("without a script for pushes ends well, which is found", () => {
    using clinic = openManaged("husky");
    rmSync(join(clinic.dev.dir, ".husky/pre-push"));
    const found = expectUnguarded(clinic, "HOOK_SCRIPT_MISSING");
    expect(found?.what).toMatch(/husky is switched on, .*\.husky\/pre-push does not exist$/);
  });

  it("whose folder is not there, as in a new clone with copied settings, is found", () => {
    using clinic = openManaged("husky");
    rmSync(join(clinic.dev.dir, ".husky/_"), { recursive: true });
    expect(expectUnguarded(clinic, "MANAGER_INACTIVE")?.fix).toBe("run `npx husky`");
  });
});

describe("lefthook without use_stdin", () => {
  it("is told from its refusal, with the line that repairs it", () => {
    using clinic = openManaged("lefthook", { options: "" });
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: ["STDIN_NOT_PASSED"] });
    expect(findings.find(({ code }) => code === "STDIN_NOT_PASSED")?.fix).toContain("`use_stdin: true`");
  });
});

describe("lefthook with a command in place of a script", () => {
  function openCommand(): Clinic {
    const clinic = openManaged("lefthook");
    const command = "    guard:\n      run: countersign-pre-push {1} {2}\n      use_stdin: true\n";
    writeFileSync(join(clinic.dev.dir, "lefthook.yml"), `pre-push:\n  commands:\n${command}`);
    return clinic;
  }

  it("is told that the command is passed over where HEAD has nothing new, and lets other commits through", () => {
    using clinic = openCommand();
    clinic.dev.git(["push", "-q", "--no-verify", "--set-upstream", "origin", "main"]);
    expect(codesOf(clinic.examine().findings, "wrong")).toEqual(["JOB_PASSED_OVER"]);
    const assisted = clinic.dev.git(["commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", ASSISTED]);
    expect(clinic.dev.try(["push", "origin", `${assisted}:main`], { env: clinic.env }).status).toBe(0);
  });

  it("is proven where HEAD has something new", () => {
    using clinic = openCommand();
    clinic.dev.commit("Tidy\n");
    expect(codesOf(clinic.examine().findings, "wrong")).toEqual([]);
  });
});

describe("prek, which keeps git's list to itself", () => {
  it("is told to hide all branches of a push but one", () => {
    using clinic = openManaged("prek");
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: ["ONE_REF_ONLY"] });
    expect(findings.find(({ code }) => code === "ONE_REF_ONLY")?.what).toContain("prek gave the hook only one branch");
  });

  it("is proven where the hook that it found here before is called with the whole list", () => {
    using clinic = openManaged("prek", { command: "true" });
    writeProgram(join(clinic.dev.dir, ".git/hooks/pre-push.legacy"), '#!/bin/sh\nexec countersign-pre-push "$@"\n');
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 0, wrong: [] });
    expect(findings.find(({ what }) => PROVEN.test(what))?.what).toContain("run by prek");
  });
});
