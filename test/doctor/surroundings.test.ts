import { existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claudeWrites } from "../rig/agents/agent-marks.ts";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { POLICY } from "../rig/worlds/push-world.ts";
import { type Clinic, codesOf, type Finding, openClinic, writeProgram } from "./clinic.ts";

/** The policy of the world, which asks for signatures. */
const SIGNED = POLICY.replace("cosign:\n  proof: declared\n", "");

function find(clinic: Clinic, code: string, env: NodeJS.ProcessEnv = {}): Finding | undefined {
  return clinic.examine(env).findings.find((finding) => finding.code === code);
}

function land(clinic: Clinic, policy: string | null): void {
  clinic.dev.commit("Change the policy\n", { files: { "countersign.config.yaml": policy } });
  clinic.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
}

describe("the policy", () => {
  it("in force is named by its place and its commit", () => {
    using clinic = openClinic();
    const at = clinic.dev.oid("HEAD").slice(0, 12);
    expect(clinic.examine().findings).toContainEqual({
      state: "ok",
      what: `countersign.config.yaml on refs/remotes/origin/main (${at}) is in force and protects main`,
    });
  });

  it("that is nowhere leaves nothing protected, which is wrong", () => {
    using clinic = openClinic({ policy: null });
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: ["POLICY_ABSENT"] });
  });

  it("that has not landed yet is advice", () => {
    using clinic = openClinic({ policy: null });
    writeFileSync(join(clinic.dev.dir, "countersign.config.yaml"), POLICY);
    const { status, findings } = clinic.examine();
    expect({ status, advice: codesOf(findings, "advice") }).toMatchObject({ status: 0 });
    expect(codesOf(findings, "advice")).toContain("POLICY_NOT_IN_FORCE");
  });

  it("in force that cannot be read is told with its lines", () => {
    using clinic = openClinic();
    land(clinic, "version: 1\nprotekt: []\n");
    const found = find(clinic, "POLICY_MALFORMED");
    expect(found?.state).toBe("wrong");
    expect(found?.what).toContain("refs/remotes/origin/main:countersign.config.yaml");
    expect(found?.details).toContainEqual(expect.stringMatching(/line 2.*protekt/));
  });

  it("of the work tree that cannot be read is told beside the one in force", () => {
    using clinic = openClinic();
    writeFileSync(join(clinic.dev.dir, "countersign.config.yaml"), "version: 2\n");
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: ["POLICY_MALFORMED"] });
    expect(findings).toContainEqual({ state: "ok", what: expect.stringContaining("is in force and protects main") });
  });

  it("that does not protect the default branch, as after a renaming, is wrong", () => {
    using clinic = openClinic();
    clinic.dev.git(["push", "-q", "--no-verify", "origin", "main:trunk"]);
    clinic.dev.git(["remote", "set-head", "origin", "trunk"]);
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: ["DEFAULT_BRANCH_UNPROTECTED"] });
    expect(find(clinic, "DEFAULT_BRANCH_UNPROTECTED")?.what).toContain("trunk");
  });

  it("whose place is not known is unclear, and not healthy", () => {
    using clinic = openClinic();
    for (const ref of ["HEAD", "main"])
      clinic.dev.git(["update-ref", "--no-deref", "-d", `refs/remotes/origin/${ref}`]);
    const { status, findings } = clinic.examine();
    expect({ status, unclear: codesOf(findings, "unclear") }).toEqual({
      status: 2,
      unclear: ["DEFAULT_BRANCH_UNKNOWN"],
    });
    const found = find(clinic, "DEFAULT_BRANCH_UNKNOWN");
    // The advice works when it is carried out.
    expect(found?.fix).toContain("git remote set-head origin --auto");
    clinic.dev.git(["fetch", "-q"]);
    clinic.dev.git(["remote", "set-head", "origin", "--auto"]);
    expect(clinic.examine()).toMatchObject({ status: 0 });
  });
});

describe("the roster", () => {
  const inDays = (days: number): string =>
    new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");

  it.each<[when: string, days: number, code: string | undefined]>([
    ["next week", 7, "KEY_EXPIRES_SOON"],
    ["yesterday", -1, "KEY_EXPIRED"],
    ["next year", 365, undefined],
  ])("with a key that ends %s", (_, days, code) => {
    using scratch = openScratch();
    const line = makeSshKey(scratch, "ada", ["-t", "ed25519"]).line;
    const policy = SIGNED.replace(
      "    level: senior\n",
      `    level: senior\n    keys: [{ key: ${line}, validUntil: ${inDays(days)} }]\n`,
    );
    using clinic = openClinic({ policy });
    const { status, findings } = clinic.examine();
    expect(status).toBe(0);
    const told = codesOf(findings, "advice").filter((advice) => advice?.startsWith("KEY_"));
    expect(told).toEqual(code === undefined ? [] : [code]);
    if (code)
      expect(find(clinic, code)?.what).toMatch(
        /^the key SHA256:\S+ of Ada Lovelace (?:is valid for \d more days, until|was valid until) \d{4}-/,
      );
  });

  it("of seniors without keys cannot prove anything, unless a claim is enough", () => {
    using strict = openClinic({ policy: SIGNED });
    const told = strict.examine().findings.filter(({ code }) => code === "PERSON_WITHOUT_KEY");
    expect(told.map(({ what }) => what.split(" has ")[0])).toEqual(["Ada Lovelace", "Grace Hopper"]);
    using lenient = openClinic();
    expect(find(lenient, "PERSON_WITHOUT_KEY")).toBeUndefined();
  });
});

describe("what stands around the hook", () => {
  it.each([".github/workflows/ci.yml", ".gitlab-ci.yml"])("%s that runs countersign is found", (path) => {
    using clinic = openClinic();
    expect(codesOf(clinic.examine().findings, "advice")).toContain("CI_ABSENT");
    writeProgram(join(clinic.dev.dir, path), "steps:\n  - run: npx countersign check origin/main..HEAD\n");
    const { findings } = clinic.examine();
    expect(codesOf(findings, "advice")).not.toContain("CI_ABSENT");
    expect(codesOf(findings, "advice")).toContain("CI_REQUIREMENT_UNSEEN");
    expect(findings).toContainEqual({ state: "ok", what: `${path} runs countersign` });
  });

  it("names the commit hooks that are not there, and none that are", () => {
    using clinic = openClinic();
    const hook = (name: string): void =>
      writeProgram(join(clinic.dev.dir, ".git/hooks", name), `#!/bin/sh\nexec countersign-${name} "$@"\n`);
    hook("commit-msg");
    expect(find(clinic, "COMMIT_HOOKS_ABSENT")?.what).toBe("pre-commit, prepare-commit-msg do not call countersign");
    hook("pre-commit");
    hook("prepare-commit-msg");
    expect(find(clinic, "COMMIT_HOOKS_ABSENT")).toBeUndefined();
  });

  it("names agents that the project is set up for and that mark nothing", () => {
    using clinic = openClinic();
    expect(find(clinic, "AGENT_HOOKS_ABSENT")).toBeUndefined();
    writeProgram(join(clinic.dev.dir, ".claude/settings.json"), "{}\n");
    writeProgram(join(clinic.dev.dir, ".cursor/rules/style.mdc"), "Be brief.\n");
    expect(find(clinic, "AGENT_HOOKS_ABSENT")?.what).toMatch(/: Claude Code, Cursor$/);
    writeProgram(join(clinic.dev.dir, ".claude/settings.json"), '{"hooks": "countersign mark --agent claude"}\n');
    expect(find(clinic, "AGENT_HOOKS_ABSENT")?.what).toMatch(/: Cursor$/);
    expect(find(clinic, "AGENT_HOOKS_UNTRIED")?.what).toMatch(/: Claude Code$/);
  });
});

describe("agents' marks", () => {
  const marks = ({ dev }: Clinic): string => join(dev.dir, ".git/countersign/marks");

  it("that can be read are well", () => {
    using clinic = openClinic();
    claudeWrites(clinic.dev, "retry.js", "export const retry = (times) => attempt(times);\n");
    expect(clinic.examine().findings).toContainEqual({ state: "ok", what: "1 mark of agents' edits can be read" });
  });

  it("that cannot be read are named, with what is not known by that", () => {
    using clinic = openClinic();
    claudeWrites(clinic.dev, "retry.js", "export const retry = (times) => attempt(times);\n");
    const [name = ""] = readdirSync(marks(clinic));
    writeFileSync(join(marks(clinic), name), "{");
    writeFileSync(join(marks(clinic), "README"), "what is this\n");
    const { status, findings } = clinic.examine();
    expect({ status, wrong: codesOf(findings, "wrong") }).toEqual({ status: 1, wrong: ["MARKS_DAMAGED"] });
    const found = findings.find(({ code }) => code === "MARKS_DAMAGED");
    expect(found?.details).toEqual([realpathSync(join(marks(clinic), name))]);
    writeFileSync(join(marks(clinic), name), '{"version":99}');
    expect(find(clinic, "MARKS_DAMAGED")).toEqual(found);
  });

  it("that cannot be listed are told of", () => {
    using clinic = openClinic();
    mkdirSync(join(clinic.dev.dir, ".git/countersign"));
    writeFileSync(marks(clinic), "");
    expect(find(clinic, "MARKS_UNREADABLE")?.state).toBe("wrong");
  });
});

describe("programs", () => {
  it("that are too old are told with what is needed", () => {
    using clinic = openClinic();
    const real = clinic.dev.try(["--exec-path"]).stdout.trim();
    const fake = join(clinic.world.scratch.dir, "old");
    writeProgram(
      join(fake, "git"),
      `#!/bin/sh\n[ "$*" = "\${*%version}" ] && exec "${real}/git" "$@"\necho git version 2.25.1\n`,
    );
    const found = find(clinic, "PROGRAM_OLD", { PATH: `${fake}:${clinic.env["PATH"]}` });
    expect(found).toMatchObject({ state: "wrong", what: "git is 2.25.1" });
    expect(found?.why).toContain("2.34");
  });

  it("an ssh-keygen that cannot sign is advice for those who co-sign", () => {
    using clinic = openClinic();
    const fake = join(clinic.world.scratch.dir, "old");
    writeProgram(
      join(fake, "ssh-keygen"),
      '#!/bin/sh\n[ "$2" = -Y ] || exit 0\necho "unknown option -- Y" >&2\nexit 1\n',
    );
    const found = find(clinic, "SSH_KEYGEN_UNFIT", { PATH: `${fake}:${clinic.env["PATH"]}` });
    expect(found?.what).toBe("ssh-keygen cannot sign: unknown option -- Y");
    expect(clinic.examine({ PATH: `${fake}:${clinic.env["PATH"]}` }).status).toBe(0);
  });

  it("another one that signs for git is named", () => {
    using clinic = openClinic();
    const vault = join(clinic.world.scratch.dir, "op-ssh-sign");
    writeProgram(vault, '#!/bin/sh\ntouch "$0.ran"\n');
    clinic.dev.git(["config", "gpg.ssh.program", vault]);
    expect(clinic.examine().findings[0]?.what).toContain(`signatures by ${vault} (gpg.ssh.program)`);
    clinic.dev.git(["config", "gpg.ssh.program", "op-ssh-sign"]);
    const PATH = `${clinic.world.scratch.dir}:${clinic.env["PATH"]}`;
    expect(clinic.examine({ PATH }).findings[0]?.what).toContain("signatures by op-ssh-sign (gpg.ssh.program)");
    // It might ask a person for a fingerprint.
    expect(existsSync(`${vault}.ran`)).toBe(false);
  });

  it.each<[what: string, program: string]>([
    ["is not there", "/opt/vault/op-ssh-sign"],
    ["is not on the PATH", "op-ssh-sign"],
    ["is a folder", "/tmp"],
    ["may not be run", "/dev/null"],
    ["would be another one in each folder", "tools/sign"],
  ])("one that signs for git but %s is advice for those who co-sign", (_, program) => {
    using clinic = openClinic();
    clinic.dev.git(["config", "gpg.ssh.program", program]);
    const found = find(clinic, "SIGNING_PROGRAM_MISSING");
    expect(found).toMatchObject({ state: "advice", what: expect.stringContaining(program) });
    const { status, findings } = clinic.examine();
    expect(status).toBe(0);
    expect(findings[0]?.what).toMatch(/^node [\d.]+, git [\d.]+$/);
  });
});
