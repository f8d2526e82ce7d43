import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { initRepo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY } from "../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const WEAKER = POLICY.replace("proof: declared", "proof: declared\n  count: 0");
const AS_JSON = JSON.stringify({
  version: 1,
  people: [{ name: "Grace", emails: ["grace@acme.example"], level: "principal" }],
  protect: [{ branches: ["main"] }],
  cosign: { proof: "declared", level: "principal" },
});

describe("the policy that check judges by", () => {
  it("is the one on the remote's default branch, not the one that is checked", () => {
    using world = openPushWorld();
    world.dev.commit("Weaken\n", { files: { [FILE]: WEAKER } });
    world.dev.commit(ASSISTED);
    const { status, stdout } = countersign(world.dev, ["check"]);
    expect(status).toBe(1);
    expect(stdout).toContain("POLICY_CHANGED");
    expect(stdout).toContain("COSIGN_MISSING");
  });

  it("can be another revision's", () => {
    using world = openPushWorld();
    const weaker = world.dev.commit("Weaken\n", { files: { [FILE]: WEAKER } });
    world.dev.git(["reset", "-q", "--hard", "HEAD^"]);
    world.dev.commit(ASSISTED);
    expect(countersign(world.dev, ["check", "--branch", "main"]).status).toBe(1);
    const judged = countersign(world.dev, ["check", "--policy", weaker, "--format", "json", "origin/main..HEAD"]);
    expect(JSON.parse(judged.stdout).policy).toMatchObject({ ref: weaker, oid: weaker, path: FILE });
    expect(judged.stdout).not.toContain("COSIGN_MISSING");
  });

  it("can be an uncommitted one of the work tree, to try it out", () => {
    using world = openPushWorld({ policy: null });
    world.dev.commit(ASSISTED);
    expectFault(countersign(world.dev, ["check"]), "POLICY_MISSING", "refs/remotes/origin/main");
    writeFileSync(join(world.dev.dir, FILE), POLICY);
    const { status, stdout } = countersign(world.dev, ["check", "--work-tree-policy"]);
    expect(status).toBe(1);
    expect(stdout).toContain("COSIGN_MISSING");
  });

  it("has no ref, no commit and no object id for programs where it is the work tree's", () => {
    using world = openPushWorld();
    const policyOf = (...args: readonly string[]): unknown =>
      JSON.parse(countersign(world.dev, ["check", "--format", "json", ...args]).stdout).policy;
    const [oid, blob] = [world.dev.oid("HEAD"), world.dev.oid(`HEAD:${FILE}`)];
    expect(policyOf()).toEqual({ ref: "refs/remotes/origin/main", oid, path: FILE, blob });
    expect(policyOf("--work-tree-policy")).toEqual({ ref: null, oid: null, path: FILE, blob: null });
  });

  it("is found in the work tree from a folder of it", () => {
    using world = openPushWorld();
    world.dev.commit(VOUCHED, { files: { "src/deep/a.txt": "x\n" } });
    const { status } = countersign(world.dev, ["check", "--work-tree-policy"], {
      cwd: join(world.dev.dir, "src/deep"),
    });
    expect(status).toBe(0);
  });

  it.each(["countersign.config.json", ".countersignrc.json", ".countersignrc"])("may be JSON, as %s", (name) => {
    using world = openPushWorld({ policy: null });
    world.dev.commit("Adopt\n", { files: { [name]: AS_JSON } });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    world.dev.commit(VOUCHED);
    for (const args of [[], ["--work-tree-policy"]]) {
      const { status, stdout } = countersign(world.dev, ["check", "origin/main..HEAD", ...args]);
      expect({ args, status }).toEqual({ args, status: 1 });
      expect(stdout).toContain("COSIGN_UNKNOWN_SIGNER");
    }
  });

  it("is open to doubt where there are two", () => {
    using world = openPushWorld();
    world.dev.commit("Two\n", { files: { ".countersignrc.json": AS_JSON } });
    const names = /countersign\.config\.yaml/;
    expectFault(
      countersign(world.dev, ["check", "--work-tree-policy"]),
      "POLICY_AMBIGUOUS",
      names,
      ".countersignrc.json",
    );
    expectFault(
      countersign(world.dev, ["check", "--policy", "HEAD"]),
      "POLICY_AMBIGUOUS",
      names,
      ".countersignrc.json",
    );
  });

  // Names under which configuration programs are looked for by ourselves, by like tools, or by the library that looks for ours.
  it.each([
    "countersign.config.js",
    "countersign.config.cjs",
    "countersign.config.mjs",
    "countersign.config.ts",
    ".countersignrc.js",
    ".config/countersignrc.js",
    ".config/config.js",
    ".config/config.cjs",
    ".config/config.mjs",
    ".config/config.ts",
  ])("is never a program such as %s", (name) => {
    using world = openPushWorld({ policy: null });
    const ran = join(world.scratch.dir, "RAN");
    const script = /\.(?:mjs|ts)$/.test(name)
      ? `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(ran)}, "");\nexport default {};\n`
      : `require("node:fs").writeFileSync(${JSON.stringify(ran)}, "");\nmodule.exports = {};\n`;
    world.dev.commit("Hostile\n", { files: { [name]: script } });
    expectFault(countersign(world.dev, ["check", "--work-tree-policy"]), "POLICY_MISSING");
    expectFault(countersign(world.dev, ["check", "--policy", "HEAD"]), "POLICY_MISSING");
    expect(existsSync(ran)).toBe(false);
  });

  it.each<[what: string, contents: string]>([
    ["as a field", `{ "countersign": ${AS_JSON} }\n`],
    ["by saying where else to look", '{ "cosmiconfig": { "searchPlaces": ["elsewhere.json"] } }\n'],
  ])("does not come from package.json, %s", (_, contents) => {
    using world = openPushWorld({ policy: null });
    world.dev.commit("Hostile\n", { files: { "package.json": contents, "elsewhere.json": AS_JSON } });
    expectFault(countersign(world.dev, ["check", "--work-tree-policy"]), "POLICY_MISSING");
    expectFault(countersign(world.dev, ["check", "--policy", "HEAD"]), "POLICY_MISSING");
  });

  it("is told with every problem of it, each with its line", () => {
    using world = openPushWorld();
    const damaged = POLICY.replace("level: senior", "level: seniour").replace(
      "proof: declared",
      "proof: declred\n  cuont: 1",
    );
    writeFileSync(join(world.dev.dir, FILE), damaged);
    const { stderr } = countersign(world.dev, ["check", "--work-tree-policy"]);
    expect(stderr.match(/^ {2}- line \d+: /gm)).toHaveLength(3);
    expectFault(
      countersign(world.dev, ["check", "--work-tree-policy"]),
      "POLICY_MALFORMED",
      "line 6: ",
      "line 19: ",
      "line 20: ",
    );
    world.dev.commit("Damage\n", { files: { [FILE]: damaged } });
    expectFault(
      countersign(world.dev, ["check", "--policy", "HEAD"]),
      "POLICY_MALFORMED",
      "HEAD:countersign.config.yaml",
      "line 6: ",
    );
  });

  it("is no symbolic link", () => {
    using world = openPushWorld();
    world.dev.git(["rm", "-q", FILE]);
    world.dev.git([
      "update-index",
      "--add",
      "--cacheinfo",
      `120000,${world.dev.git(["hash-object", "-w", "--stdin"], { input: "x" })},${FILE}`,
    ]);
    const link = world.dev.commit("Link\n", { files: {} });
    expectFault(countersign(world.dev, ["check", "--policy", link]), "POLICY_NOT_A_FILE", "120000");
  });

  it("is one choice: two at once are refused", () => {
    using world = openPushWorld();
    expectFault(
      countersign(world.dev, ["check", "--work-tree-policy", "--policy", "HEAD"]),
      "OPTION_INVALID",
      "--policy",
    );
  });
});

describe("in a repository without a remote", () => {
  it("the policy is main's, whatever is checked out", () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "alone");
    repo.commit("Adopt\n", { files: { [FILE]: POLICY } });
    repo.git(["switch", "-q", "-c", "topic"]);
    repo.commit(ASSISTED);
    const { status, stdout } = countersign(repo, ["check"]);
    expect(status).toBe(1);
    expect(stdout).toContain("refs/heads/main");
  });
});

describe("on a server", () => {
  it("the policy is that of the branch which HEAD names", () => {
    using world = openPushWorld();
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:trunk"]);
    world.server.git(["symbolic-ref", "HEAD", "refs/heads/trunk"]);
    const bad = world.dev.commit(ASSISTED);
    world.dev.git(["push", "-q", "--no-verify", "origin", `${bad}:refs/heads/topic`]);
    const { status, stdout } = countersign(world.server, ["check", "topic", "--branch", "main"]);
    expect(status).toBe(1);
    expect(stdout).toContain("policy: refs/heads/trunk at ");
  });

  it("a branch that is a symbolic name for a protected one is protected", () => {
    using world = openPushWorld();
    world.server.git(["symbolic-ref", "refs/heads/stable", "refs/heads/main"]);
    const bad = world.dev.commit(ASSISTED);
    world.dev.git(["push", "-q", "--no-verify", "origin", `${bad}:refs/heads/topic`]);
    const { status, stdout } = countersign(world.server, ["check", "topic", "--branch", "stable"]);
    expect(status).toBe(1);
    expect(stdout).toContain("COSIGN_MISSING");
  });
});
