import { execFileSync } from "node:child_process";
import { existsSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, expectUndecided, VOUCHED } from "../../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const FILE = "countersign.config.yaml";
const FORMATS = ["sha1", "sha256"] as const;

/** Puts what is staged on the server's `main` as if it had been there ever since. */
function land({ dev }: PushWorld): void {
  dev.commit("Land\n", { files: {} });
  dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
}

function stageLink({ dev }: PushWorld): void {
  dev.write({ "real.yaml": POLICY });
  symlinkSync("real.yaml", join(dev.dir, FILE));
  dev.git(["add", FILE]);
}

describe.each(FORMATS)("a policy that is no file decides nothing (%s)", (format) => {
  it.each<[string, (world: PushWorld) => void, string, string]>([
    ["a symbolic link", stageLink, "POLICY_NOT_A_FILE", `${FILE} has mode 120000`],
    ["a folder", ({ dev }) => dev.write({ [`${FILE}/${FILE}`]: POLICY }), "POLICY_NOT_A_FILE", "has mode 040000"],
    [
      "a submodule",
      ({ dev }) => void dev.git(["update-index", "--add", "--cacheinfo", `160000,${dev.oid("HEAD")},${FILE}`]),
      "POLICY_NOT_A_FILE",
      "has mode 160000",
    ],
    [
      "one of two",
      ({ dev }) => dev.write({ [FILE]: POLICY, ".countersignrc": POLICY }),
      "POLICY_AMBIGUOUS",
      `.countersignrc, ${FILE}`,
    ],
    [
      "a pointer to a large file elsewhere",
      ({ dev }) =>
        dev.write({ [FILE]: `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 300\n` }),
      "POLICY_MALFORMED",
      "line 1: the file has no fields",
    ],
    [
      "too large",
      ({ dev }) => dev.write({ [FILE]: `${POLICY}# ${"x".repeat(256 * 1024)}\n` }),
      "BLOB_TOO_LARGE",
      "no more than 262144 bytes",
    ],
  ])("where it is %s", (_, stage, code, phrase) => {
    using world = openPushWorld({ policy: null, format });
    stage(world);
    land(world);
    for (const message of ["Retry\n", VOUCHED])
      expectUndecided(attempt(world, world.dev.commit(message)), code, phrase);
  });

  it.each([
    FILE,
    "countersign.config.yml",
    "countersign.config.json",
    ".countersignrc",
    ".countersignrc.yaml",
    ".countersignrc.yml",
    ".countersignrc.json",
  ])("while one named %s does", (file) => {
    using world = openPushWorld({ policy: null, format });
    const json = JSON.stringify({ version: 1, protect: [{ branches: ["main"] }], cosign: { proof: "declared" } });
    world.dev.write({ [file]: json });
    land(world);
    expectRefused(attempt(world, world.dev.commit(ASSISTED)), "COSIGN_MISSING", `, ${file}`);
  });
});

describe("a damaged policy decides nothing and names every problem with its line", () => {
  it.each<[string, string, readonly string[]]>([
    [
      "several fields are wrong",
      "version: 2\nprotect:\n  - branches: main\npeople:\n  - name: Ada\n    emails: [ada@acme.example]\n    level: senoir\nproof: declared\n",
      [
        "line 1: version",
        "line 3: protect[0].branches",
        "line 7: people[0].level names the level senoir",
        "line 8: proof is not a known key",
      ],
    ],
    [
      "one person has two faults",
      POLICY.replace("[jim@acme.example]\n    level: junior", "[]\n    level: intern"),
      ["line 14: people[3].emails is empty", "line 15: people[3].level names the level intern"],
    ],
    ["it is empty", "", ["line 1: the file is empty"]],
    ["it is a list", "- version: 1\n", ["line 1: the file has no fields"]],
    ["it is prose", "no policy\n", ["line 1: the file has no fields"]],
    [
      "a key stands twice",
      "version: 1\nprotect:\n  - branches: [main]\nmode: enforce\nmode: warn\n",
      ["line 5: mode is set again, after line 4"],
    ],
    [
      "JSON has a key twice",
      '{"version": 1,\n"protect": [{"branches": ["main"]}],\n"mode": "enforce",\n"mode": "warn"}\n',
      ["line 4: mode is set again, after line 3"],
    ],
    [
      "it has an alias",
      "version: 1\nprotect: &all\n  - branches: [main]\nrules: *all\n",
      ["line 2: an anchor", "line 4: rules is an alias"],
    ],
    ["it has a tag", 'version: 1\nproject: !!js/function "x"\nprotect:\n  - branches: [main]\n', ["line 2: a tag"]],
    [
      "it has two documents",
      "version: 1\nprotect:\n  - branches: [main]\n---\nversion: 1\n",
      ["line 4: a second document"],
    ],
    [
      "it speaks of prototypes",
      "version: 1\nprotect:\n  - branches: [main]\n__proto__:\n  mode: warn\nconstructor: 1\n",
      ["line 4: __proto__", "line 6: constructor"],
    ],
    [
      "it extends another",
      "version: 1\nprotect:\n  - branches: [main]\nextends: ../policy.yaml\n",
      ["line 4: extends is not a known key"],
    ],
    ["it merges keys", "version: 1\nprotect:\n  - branches: [main]\n<<: {mode: warn}\n", ["line 4: <<"]],
    [
      "it is nested too deep",
      `version: 1\nprotect: ${"[".repeat(5000)}${"]".repeat(5000)}\n`,
      ["line 2: nested deeper"],
    ],
    ["nothing is protected", "version: 1\nprotect: []\n", ["line 2: protect is empty"]],
    ["protect is missing", "version: 1\n", ["line 1: protect is missing"]],
    [
      "two people share an address",
      POLICY.replace("emails: [grace@acme.example]", "emails: [ADA@acme.example]"),
      ["line 8: people[1].emails[0] repeats the address"],
    ],
    [
      "an address is a pattern",
      POLICY.replace("emails: [grace@acme.example]", 'emails: ["*@acme.example"]'),
      ["line 8: people[1].emails[0]"],
    ],
    [
      "a number has another base",
      POLICY.replace("proof: declared", "proof: declared\n  count: 0x1"),
      ["line 20: cosign.count is 0x1"],
    ],
    ["its text is cut within a character", `${POLICY}# \xff`, ["line 1: the file is not valid UTF-8"]],
  ])("where %s", (_, policy, problems) => {
    using world = openPushWorld({ policy: null });
    world.dev.write({ [FILE]: Buffer.from(policy, "latin1") });
    land(world);
    expectUndecided(
      attempt(world, world.dev.commit("Retry\n")),
      "POLICY_MALFORMED",
      ...problems.map((problem) => `  - ${problem}`),
    );
  });

  it("for any branch, since any could be protected", () => {
    using world = openPushWorld({ policy: "version: 1\n" });
    expectUndecided(attempt(world, world.dev.commit("Retry\n"), { branch: "topic" }), "POLICY_MALFORMED");
  });
});

describe("without a policy on the remote", () => {
  it("a push is let through with one line that says so", () => {
    using world = openPushWorld({ policy: null });
    const result = attempt(world, world.dev.commit(ASSISTED));
    expectAllowed(result, /^countersign: origin has no policy yet, so nothing is enforced$/m);
    expect(result.stderr.split("\n").filter((line) => line.startsWith("countersign:"))).toHaveLength(1);
  });

  it("the first policy lands, and the next push is judged by it", () => {
    using world = openPushWorld({ policy: null });
    expectAllowed(attempt(world, world.dev.commit(ASSISTED, { files: { [FILE]: POLICY } })), "nothing is enforced");
    expectRefused(attempt(world, world.dev.commit(ASSISTED)), "COSIGN_MISSING");
    expectAllowed(attempt(world, world.dev.commit(VOUCHED, { args: ["--amend"] })));
  });

  it("one in the work tree alone enforces nothing", () => {
    using world = openPushWorld({ policy: null });
    world.dev.git(["checkout", "-q", "-b", "topic"]);
    const tip = world.dev.commit(ASSISTED);
    writeFileSync(join(world.dev.dir, FILE), POLICY);
    expectAllowed(attempt(world, tip), "nothing is enforced");
  });
});

describe("nothing but the policy on the remote is read", () => {
  it("while files that run code lie in the tree and above it", () => {
    using world = openPushWorld();
    const { dev, scratch } = world;
    const canary = join(scratch.dir, "canary");
    const script = `require("node:fs").appendFileSync(${JSON.stringify(canary)}, "run\\n"); module.exports = {};\n`;
    const names = [
      "countersign.config.js",
      "countersign.config.cjs",
      "countersign.config.ts",
      ".countersignrc.js",
      ".countersignrc.cjs",
      ".config/countersignrc.js",
    ];
    const module_ = script
      .replace('require("node:fs").', 'import { appendFileSync } from "node:fs"; ')
      .replace("module.exports = {};", "export default {};");
    const manifest = JSON.stringify({ name: "x", countersign: { version: 1, protect: [{ branches: ["none"] }] } });
    dev.write({
      ...Object.fromEntries(names.map((name) => [name, script])),
      "countersign.config.mjs": module_,
      "package.json": manifest,
    });
    for (const name of names.slice(0, 5)) writeFileSync(join(scratch.dir, name), script);
    writeFileSync(join(scratch.dir, "package.json"), manifest);
    writeFileSync(join(scratch.dir, ".countersignrc"), "version: 1\nprotect: [{ branches: [none] }]\n");
    expectRefused(attempt(world, dev.commit(ASSISTED, { files: {} })), "COSIGN_MISSING");
    expectAllowed(attempt(world, dev.commit(VOUCHED, { files: {}, args: ["--amend"] })));
    expectAllowed(attempt(world, dev.commit("Retry\n")));
    expect(existsSync(canary)).toBe(false);
    execFileSync(process.execPath, [join(scratch.dir, "countersign.config.cjs")]);
    expect(existsSync(canary)).toBe(true);
  });

  it("while the work tree and the pushed branch have a weaker one", () => {
    using world = openPushWorld();
    const { dev } = world;
    const tip = dev.commit(ASSISTED);
    writeFileSync(join(dev.dir, FILE), POLICY.replace("branches: [main]", "branches: [none]"));
    expectRefused(attempt(world, tip), "COSIGN_MISSING");
    rmSync(join(dev.dir, FILE));
    expectRefused(attempt(world, tip), "COSIGN_MISSING");
  });
});
