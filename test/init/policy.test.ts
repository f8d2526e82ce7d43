import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { ADA, type Adopter, existsIn, makeTemplate, readIn, type Template } from "./adopter.ts";

const POLICY = "countersign.config.yaml";

function commits(repo: Repo, number: number, author: string, date = "2 days ago"): void {
  const when = String(Math.floor(Date.now() / 1000) - (date === "2 days ago" ? 172_800 : 63_072_000));
  for (let left = number; left > 0; left -= 1) repo.commit("Work\n", { author, date: `${when} +0000` });
}

/** What init writes, without comments and blank lines. */
function policyOf(adopter: Adopter, ...args: readonly string[]): string {
  const { status, stderr } = adopter.countersign("init", "--yes", ...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return readIn(adopter.repo, POLICY)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .join("\n");
}

describe("the policy that init writes", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  it("names the people who did most in the last year, neither agents nor other programs, one for an address", () => {
    using adopter = template.open((repo) => {
      commits(repo, 9, "Old Hand <old@acme.example>", "2 years ago");
      commits(repo, 8, "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>");
      commits(repo, 7, "Claude <noreply@anthropic.com>");
      commits(repo, 6, "Cursor Agent <cursoragent@cursor.com>");
      commits(repo, 6, "CI <no-reply@acme.example>");
      commits(repo, 2, "Ada L. <ADA@acme.example>");
      commits(repo, 1, ADA);
      commits(repo, 1, "ADA LOVELACE <ada@home.example>");
      commits(repo, 1, ADA);
      commits(repo, 3, "Grace Hopper <1234+grace@users.noreply.github.com>");
      commits(repo, 2, "Bob Builder <bob@acme.example>");
      commits(repo, 1, "Jim Junior <jim@acme.example>");
    });
    const people = policyOf(adopter).match(/emails: .*/g);
    expect(people).toEqual([
      "emails: [ada@acme.example, ada@home.example]",
      "emails: [1234+grace@users.noreply.github.com]",
      "emails: [bob@acme.example]",
    ]);
  });

  it("names whoever sets it up where there is no history", () => {
    using adopter = template.open();
    expect(policyOf(adopter)).toBe(
      "version: 1\nproject: payments\npeople:\n  - name: Bob Builder\n    emails: [bob@acme.example]\n    level: senior\nprotect:\n  - branches: [main]\ncosign:\n  count: 1\n  level: senior\n  proof: declared\nmode: enforce",
    );
  });

  it("says what options say", () => {
    using adopter = template.open();
    const ada = makeSshKey(adopter.scratch, "ada", ["-t", "ed25519"]);
    const grace = makeSshKey(adopter.scratch, "grace", ["-t", "ecdsa"]);
    const seniors = ["--senior", ADA, "--senior", "Grace Hopper <grace@acme.example>"];
    const others = ["--branch", "trunk", "--project", "acme/pay", "--proof", "hardware", "--mode", "warn"];
    expect(policyOf(adopter, ...seniors, "--key", "../ada.pub", "--key", grace.line, ...others)).toBe(
      `version: 1\nproject: acme/pay\npeople:\n  - name: Ada Lovelace\n    emails: [ada@acme.example]\n    level: senior\n    keys:\n      - ${ada.line}\n  - name: Grace Hopper\n    emails: [grace@acme.example]\n    level: senior\n    keys:\n      - ${grace.line}\nprotect:\n  - branches: [trunk]\ncosign:\n  count: 1\n  level: senior\n  proof: hardware\nmode: warn`,
    );
  });

  it("leaves logins to a person where approvals on the forge are to count, and says so", () => {
    using adopter = template.open();
    const { stdout } = adopter.countersign("init", "--yes", "--senior", ADA, "--proof", "reviewed");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      "give each senior their login on the forge, such as `github: LOGIN`",
    );
    expect(readIn(adopter.repo, POLICY)).toContain("\n  proof: reviewed\n");
  });

  it("takes the key that git signs with, and wants signatures then", () => {
    using adopter = template.open();
    const key = makeSshKey(adopter.scratch, "signing", ["-t", "ed25519"]);
    adopter.repo.git(["config", "user.signingKey", key.path]);
    const policy = policyOf(adopter);
    expect(policy).toContain(`- ${key.line}`);
    expect(policy).toContain("proof: signed");
  });

  it("takes the key in ~/.ssh where git signs with none", () => {
    using adopter = template.open();
    mkdirSync(join(adopter.scratch.dir, ".ssh"));
    const key = makeSshKey(adopter.scratch, ".ssh/id_ed25519", ["-t", "ed25519"]);
    expect(policyOf(adopter)).toContain(`- ${key.line}`);
  });

  it("takes others' keys from git's allowed signers, by their whole address alone", () => {
    using adopter = template.open();
    const [ada, pattern, authority] = ["a", "b", "c"].map(
      (name) => makeSshKey(adopter.scratch, name, ["-t", "ed25519"]).line,
    );
    const file = join(adopter.scratch.dir, "signers");
    writeFileSync(
      file,
      `# signers\n*@acme.example ${pattern}\nada@acme.example cert-authority ${authority}\nx@acme.example,Ada@acme.example namespaces="git,countersign@v1" ${ada} comment\n`,
    );
    adopter.repo.git(["config", "gpg.ssh.allowedSignersFile", file]);
    const policy = policyOf(adopter, "--senior", ADA);
    expect(policy).toContain(`    keys:\n      - ${ada}\nprotect:`);
  });

  it("does not judge what landed before, nor lets pass what did not land yet", () => {
    using adopter = template.open((repo) => {
      repo.commit("Start\n");
      repo.git(["push", "-q", "origin", "main"]);
      repo.git(["remote", "set-url", "origin", "git@forge.example:acme/payments.git"]);
      repo.commit(`Not landed\n\n${CLAUDE}\n`);
    });
    const policy = policyOf(adopter);
    expect(policy).toContain(`baseline: ${adopter.repo.oid("HEAD^")}\n`);
    expect(policy).toContain("project: acme/payments\n");
  });

  it("is read by the program as it stands, whatever people are called", () => {
    using adopter = template.open();
    const name = `O'Neil "x": [y], # {z} \u00d6 `.trim();
    expect(policyOf(adopter, "--senior", `${name} <o@acme.example>`, "--branch", "rel,#1")).toContain(
      'branches: ["rel,#1"]',
    );
    adopter.repo.commit("Start\n");
    adopter.repo.git(["push", "-q", "--no-verify", "origin", "main"]);
    const { status, stderr } = adopter.countersign("keys", "--work-tree-policy");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("names a schema that is there", () => {
    using adopter = template.open();
    adopter.init();
    const [, schema = ""] = /^# yaml-language-server: \$schema=(.*)$/m.exec(readIn(adopter.repo, POLICY)) ?? [];
    expect(existsIn(adopter.repo, schema)).toBe(true);
    expect(resolve(dirname(join(adopter.repo.dir, POLICY)), schema)).toContain("node_modules/countersign/");
  });

  it("stays as it is where there is one", () => {
    using adopter = template.open((repo) =>
      repo.write({ ".countersignrc": "version: 1\nprotect:\n  - branches: [x]\n" }),
    );
    expect(adopter.init().stdout).toContain("note: .countersignrc is there and stays as it is");
    expect(existsIn(adopter.repo, POLICY)).toBe(false);
  });

  it.each([
    [["--senior", "Ada"], /^OPTION_INVALID: --senior: /],
    [["--senior", "ada@acme.example"], /^OPTION_INVALID: --senior: /],
    [["--senior", `${ADA} x`], /^OPTION_INVALID: --senior: /],
    [["--senior", "Ada\n<x> <ada@acme.example>"], /^(?:OPTION_INVALID|POLICY_MALFORMED): /],
    [["--senior", ADA, "--key", "a", "--key", "b"], /^OPTION_INVALID: --key: there are 2 keys for 1 people/],
    [["--senior", ADA, "--key", "missing.pub"], /^KEY_UNREADABLE: /],
    [["--senior", ADA, "--key", "package.json"], /^KEY_UNREADABLE: /],
    [["--proof", "none"], /^OPTION_INVALID: /],
    [["--manager", "yorkie"], /^OPTION_INVALID: /],
    [["--branch", "refs/heads/main"], /^POLICY_MALFORMED: the policy that you chose/],
    [["--project", "a b"], /^POLICY_MALFORMED: /],
  ])("is not written where an option is wrong: %j", (args, fault) => {
    using adopter = template.open();
    const refused = adopter.countersign("init", "--yes", ...args);
    expect(refused.stderr).toMatch(fault);
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(existsIn(adopter.repo, POLICY)).toBe(false);
    expect(existsIn(adopter.repo, ".husky")).toBe(false);
  });
});
