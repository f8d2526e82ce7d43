import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { ASSISTED, filesOf, makeTemplate, push, readIn, type Template } from "./adopter.ts";

/** Notes what it gets, as git-lfs would read it, and ends as told. */
const WITNESS = 'printf "%s\\n" "$@" >>seen\ncat >>seen\n[ -z "$WITNESS_STATUS" ] || exit "$WITNESS_STATUS"\n';

function hook(repo: Repo, name: string, text: string): string {
  const path = join(repo.dir, ".git/hooks", name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

describe("plain hooks, set up by init", () => {
  let template: Template;
  beforeAll(() => {
    template = makeTemplate();
  });
  afterAll(() => template[Symbol.dispose]());

  it("refuse assisted work on main", () => {
    using adopter = template.open();
    adopter.init("--manager", "plain");
    adopter.adopt();
    adopter.repo.commit(ASSISTED);
    const refused = push(adopter);
    expect(refused.stderr).toContain("COSIGN_MISSING");
    expect(refused).toMatchObject({ status: 1, after: refused.before });
  });

  it.each([
    ["in sh", (repo: Repo) => hook(repo, "pre-push", `#!/bin/sh\n${WITNESS}`)],
    ["in bash by env", (repo: Repo) => hook(repo, "pre-push", `#!/usr/bin/env bash\nset -eo pipefail\n${WITNESS}`)],
    [
      "in another language",
      (repo: Repo) =>
        hook(
          repo,
          "pre-push",
          '#!/usr/bin/env node\nconst fs = require("fs");\nfs.appendFileSync("seen", process.argv.slice(2).join("\\n") + "\\n" + fs.readFileSync(0));\nprocess.exitCode = Number(process.env.WITNESS_STATUS ?? 0);\n',
        ),
    ],
    [
      "that is a link",
      (repo: Repo) => {
        repo.write({ "tools/pre-push": `#!/bin/sh\n${WITNESS}` });
        chmodSync(join(repo.dir, "tools/pre-push"), 0o755);
        symlinkSync("../../tools/pre-push", join(repo.dir, ".git/hooks/pre-push"));
      },
    ],
  ])("go on calling a hook %s, with the same input, and honour its refusal", (_, prepare) => {
    using adopter = template.open((repo) => {
      prepare(repo);
    });
    const before = filesOf(adopter.repo.dir);
    expect(adopter.init().stdout).toContain("with plain git hooks");
    adopter.adopt();
    const tip = adopter.repo.commit("Tidy\n");
    const push2 = ["origin", "main", "main:copy"];
    const refused = push(adopter, push2, { WITNESS_STATUS: "9" });
    expect(refused).toMatchObject({ status: 1, after: refused.before });
    expect(push(adopter, push2)).toMatchObject({ status: 0, after: tip });
    const zero = "0".repeat(40);
    const lines = `refs/heads/main ${tip} refs/heads/main ${refused.before}\nrefs/heads/main ${tip} refs/heads/copy ${zero}\n`;
    const call = `origin\n${adopter.server.dir}\n${lines}`;
    expect(readIn(adopter.repo, "seen")).toBe(call + call);
    adopter.repo.commit(ASSISTED);
    const assisted = push(adopter);
    expect(assisted.stderr).toContain("COSIGN_MISSING");
    expect(assisted).toMatchObject({ status: 1, after: tip });

    adopter.repo.git(["reset", "-q", "--hard", `${refused.before}`]);
    expect(adopter.countersign("uninstall", "--yes")).toMatchObject({ status: 0, stderr: "" });
    const after = filesOf(adopter.repo.dir);
    for (const path of Object.keys(before).filter((name) => name.startsWith(".git/hooks"))) {
      expect({ path, is: after[path] }).toEqual({ path, is: before[path] });
    }
    expect(Object.keys(after).filter((name) => name.startsWith(".git/hooks"))).toEqual(
      Object.keys(before).filter((name) => name.startsWith(".git/hooks")),
    );
  });

  it("hand nothing on where git hands nothing on", () => {
    using adopter = template.open((repo) => {
      hook(repo, "pre-push", "#!/bin/sh\ncat | wc -c >seen\n");
    });
    adopter.init();
    adopter.adopt();
    expect(push(adopter).stderr).toContain("Everything up-to-date");
    expect(readIn(adopter.repo, "seen").trim()).toBe("0");
  });

  it("hand on a thousand refs", () => {
    using adopter = template.open((repo) => {
      hook(repo, "pre-push", "#!/bin/sh\nwc -l >seen\n");
    });
    adopter.init();
    adopter.adopt();
    const tip = adopter.repo.oid("HEAD");
    const updates = Array.from({ length: 1000 }, (_, index) => `create refs/heads/b${index} ${tip}\n`).join("");
    adopter.repo.git(["update-ref", "--stdin"], { input: updates });
    expect(push(adopter, ["-q", "origin", "refs/heads/b*:refs/heads/b*"])).toMatchObject({ status: 0 });
    expect(readIn(adopter.repo, "seen").trim()).toBe("1000");
  });

  it("go into the folder that the repository's own core.hooksPath names", () => {
    using adopter = template.open((repo) => {
      repo.write({ ".githooks/pre-push": "#!/bin/sh\ncat >seen\n" });
      chmodSync(join(repo.dir, ".githooks/pre-push"), 0o755);
      repo.git(["config", "core.hooksPath", ".githooks"]);
    });
    adopter.init();
    expect(readIn(adopter.repo, ".githooks/pre-push")).toContain("# >>> countersign");
    adopter.adopt();
    adopter.repo.commit(ASSISTED);
    expect(push(adopter).stderr).toContain("COSIGN_MISSING");
  });

  it("leave a folder that is set for the whole user alone, and go on calling what is in it", () => {
    using adopter = template.open();
    const shared = join(adopter.scratch.dir, "shared hooks");
    mkdirSync(shared);
    for (const name of ["pre-push", "post-commit"]) {
      writeFileSync(join(shared, name), `#!/bin/sh\necho ${name} >>seen\n`, { mode: 0o755 });
    }
    adopter.repo.git(["config", "--global", "core.hooksPath", shared]);
    const before = filesOf(shared);
    adopter.init();
    expect(filesOf(shared)).toEqual(before);
    adopter.repo.git(["add", "-A"]);
    adopter.repo.git(["commit", "-q", "-m", "Adopt countersign"]);
    expect(push(adopter)).toMatchObject({ status: 0 });
    expect(readIn(adopter.repo, "seen")).toBe("post-commit\npre-push\n");
    adopter.repo.commit(ASSISTED);
    expect(push(adopter).stderr).toContain("COSIGN_MISSING");
    adopter.countersign("uninstall", "--yes");
    expect(adopter.repo.git(["config", "core.hooksPath"])).toBe(shared);
    expect(existsSync(join(adopter.repo.dir, ".git/countersign"))).toBe(false);
  });

  it("change nothing where what is needed has another's file in its way", () => {
    using adopter = template.open();
    run("sh", ["-c", "rm -r .git/hooks && echo theirs >.git/hooks"], { cwd: adopter.repo.dir, env: adopter.env });
    const before = filesOf(adopter.repo.dir);
    const refused = adopter.countersign("init", "--yes", "--manager", "plain");
    expect(refused).toMatchObject({ status: 2 });
    expect(refused.stderr).toMatch(/^FILE_UNWRITABLE: \.git\/hooks\/pre-push/);
    expect(filesOf(adopter.repo.dir)).toEqual(before);
    expect(readFileSync(join(adopter.repo.dir, ".git/hooks"), "utf8")).toBe("theirs\n");
  });
});
