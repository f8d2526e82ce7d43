import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ASSISTED, filesOf, makeTemplate, push, readIn, type Template } from "./adopter.ts";

describe("prek with its own file", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate(["@j178/prek@0.5.3"]);
  });
  afterAll(() => template[Symbol.dispose]());

  const FILE = '# Ours.\nfail_fast = true\n\n[[repos]]\nrepo = "builtin"\nhooks = [{ id = "check-yaml" }]\n';

  it("is extended, switched on and undone", () => {
    using adopter = template.open((repo) => repo.write({ "prek.toml": FILE }));
    const before = filesOf(adopter.repo.dir);
    expect(adopter.init().stdout).toContain("countersign init, with prek\n");
    // The two that work on the message are given its file.
    const entries = ["pre-push", "pre-commit", "prepare-commit-msg", "commit-msg"].map((hook) => {
      const files = hook.startsWith("pre-") ? ", pass_filenames = false" : "";
      return `  { id = "countersign-${hook}", name = "countersign (${hook})", entry = "sh .countersign/${hook}.sh", language = "system", stages = ["${hook}"], always_run = true, verbose = true${files} },\n`;
    });
    expect(readIn(adopter.repo, "prek.toml")).toBe(
      `default_install_hook_types = ["commit-msg", "prepare-commit-msg", "pre-push", "pre-commit"]\n${FILE}\n[[repos]]\nrepo = "local"\nhooks = [\n${entries.join("")}]\n`,
    );
    adopter.adopt();
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter);
    expect(refused.stderr + refused.stdout).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
    adopter.repo.git(["reset", "-q", "--hard", "HEAD^"]);
    adopter.countersign("uninstall", "--yes");
    const after = filesOf(adopter.repo.dir);
    for (const path of Object.keys(after).filter(
      (name) => !name.startsWith(".git/") || name.startsWith(".git/hooks"),
    )) {
      expect({ path, is: after[path] }).toEqual({ path, is: before[path] });
    }
  });

  it("judges by the shared file alone in a clone that only ran prek, and says what it cannot see", () => {
    using adopter = template.open((repo) => repo.write({ "prek.toml": FILE }));
    adopter.init();
    adopter.adopt();
    rmSync(join(adopter.repo.dir, ".git/hooks/pre-push.legacy"));
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter);
    expect(refused.stderr + refused.stdout).toMatch(
      /COSIGN_MISSING[\s\S]*pre-commit passes on only one ref of a push; others were not judged here/,
    );
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("refuses a push where countersign is gone", () => {
    using adopter = template.open((repo) => repo.write({ "prek.toml": FILE }));
    adopter.init();
    adopter.adopt();
    adopter.repo.commit("Tidy\n");
    for (const name of ["countersign-pre-push", "countersign"])
      rmSync(join(adopter.repo.dir, "node_modules/.bin", name));
    const refused = push(adopter);
    expect(refused.stderr + refused.stdout).toContain("countersign not found; install it");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });
});

describe("simple-git-hooks", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate(["simple-git-hooks@2.14.0"]);
  });
  afterAll(() => template[Symbol.dispose]());

  it("gets its command in package.json, beside what is there", () => {
    using adopter = template.open((repo) => {
      const manifest = { ...JSON.parse(readIn(repo, "package.json")), "simple-git-hooks": { "pre-commit": "true" } };
      writeFileSync(join(repo.dir, "package.json"), JSON.stringify(manifest, null, 4));
    });
    adopter.init();
    expect(JSON.parse(readIn(adopter.repo, "package.json"))["simple-git-hooks"]).toEqual({
      "pre-commit": 'sh .countersign/pre-commit.sh "$@" || exit $?\ntrue',
      "pre-push": 'sh .countersign/pre-push.sh "$@"',
      "prepare-commit-msg": 'sh .countersign/prepare-commit-msg.sh "$@"',
      "commit-msg": 'sh .countersign/commit-msg.sh "$@"',
    });
    adopter.adopt();
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter, ["origin", "main", "main~1:refs/heads/old"]);
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it("is left alone where its settings are a program, and the line is given to be added by hand", () => {
    using adopter = template.open((repo) => repo.write({ ".simple-git-hooks.cjs": "module.exports = {};\n" }));
    const before = filesOf(adopter.repo.dir);
    const refused = adopter.countersign("init", "--yes");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(
      /^FILE_UNFIT: \.simple-git-hooks\.cjs .*\n {2}- "pre-push": "sh \.countersign\/pre-push\.sh/,
    );
    expect(filesOf(adopter.repo.dir)).toEqual(before);
    const lines = [...refused.stderr.matchAll(/^ {2}- (.*)$/gm)].map(([, line]) => line);
    expect(lines).toHaveLength(4);
    writeFileSync(join(adopter.repo.dir, ".simple-git-hooks.cjs"), `module.exports = { ${lines.join(", ")} };\n`);
    adopter.init();
    adopter.adopt();
    adopter.repo.commit(ASSISTED);
    expect(push(adopter).stderr).toContain("COSIGN_MISSING");
  });
});
