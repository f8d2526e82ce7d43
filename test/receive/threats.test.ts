import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attachNote, authorshipLog } from "../rig/agents/records.ts";
import {
  ASSISTED,
  attempt,
  attemptCommit,
  expectAllowed,
  expectRefused,
  expectUndecided,
  VOUCHED,
} from "../rig/worlds/attempt.ts";
import { writeFakeGit } from "../rig/worlds/pre-push-hook.ts";
import { POLICY, type PushWorld } from "../rig/worlds/push-world.ts";
import { installPreReceive, openReceiveWorld } from "../rig/worlds/receive-world.ts";

const FILE = "countersign.config.yaml";

function reset({ dev }: PushWorld): void {
  dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
}

describe("what makes git show other history than the commits name", () => {
  it("is not pushed: a replacement ref is refused, and taking one away is not", () => {
    using world = openReceiveWorld();
    const { dev, server } = world;
    const ref = `refs/replace/${dev.oid("HEAD")}`;
    const push = world.push("origin", `${dev.commit("Other\n")}:${ref}`);
    expect({ hook: push.hook, ref: push.refs.get(ref) }).toEqual({ hook: 1, ref: undefined });
    expect(push.stderr).toContain("REPLACEMENT_PUSHED");
    server.git(["update-ref", ref, server.oid("refs/heads/main")]);
    expect(world.push("origin", `:${ref}`).hook).toBe(0);
  });

  it("is not believed where it stands on the server: neither a replacement nor a graft hides an agent's commit", () => {
    using world = openReceiveWorld();
    const { dev, server } = world;
    const base = dev.oid("HEAD");
    const assisted = dev.commit(ASSISTED);
    const tip = dev.commit("By hand\n");
    server.git(["fetch", "-q", dev.dir, `${tip}:refs/heads/topic`]);
    server.git(["replace", assisted, base]);
    writeFileSync(join(server.dir, "info/grafts"), `${tip} ${base}\n`);
    expectRefused(attempt(world, tip), "COSIGN_MISSING", assisted.slice(0, 12));
    reset(world);
    expectAllowed(attempt(world, dev.commit("By hand\n")));
  });
});

describe("the policy that is in force", () => {
  it("is the one before the push, whatever the push makes of it, in one push or in two", () => {
    using world = openReceiveWorld();
    const { dev } = world;
    const weaker = POLICY.replace("branches: [main]", "branches: [other]");
    const weakened = dev.commit("Tidy\n", { files: { [FILE]: weaker } });
    expectRefused(attempt(world, weakened), "POLICY_CHANGED");
    expectRefused(attempt(world, dev.commit(ASSISTED)), "POLICY_CHANGED", "COSIGN_MISSING");
    reset(world);
    expectRefused(attempt(world, dev.commit("Leave\n", { files: { [FILE]: null } })), "POLICY_REMOVED");
    reset(world);
    expectAllowed(
      attempt(
        world,
        dev.commit("More\n\nCo-signed-by: Ada Lovelace <ada@acme.example>\n", {
          files: { [FILE]: `${POLICY}# more\n` },
        }),
      ),
    );
  });

  it("does not go with its branch, which cannot be deleted or replaced, also where another one is pushed with it", () => {
    using world = openReceiveWorld();
    const { dev, server } = world;
    server.git(["config", "receive.denyDeleteCurrent", "ignore"]);
    const main = server.oid("refs/heads/main");
    const gone = world.push("origin", ":main", `${main}:refs/heads/trunk`);
    expect({ hook: gone.hook, main: gone.refs.get("refs/heads/main") }).toEqual({ hook: 1, main });
    expect(gone.stderr).toContain("BRANCH_DELETED");
    dev.git(["checkout", "-q", "--orphan", "fresh"]);
    const forced = attempt(world, dev.commit("Fresh\n"), { push: ["--force"] });
    expectRefused(forced, "HISTORY_REWRITTEN");
  });
});

describe("history", () => {
  it("is judged by what reaches what, not by dates", () => {
    using world = openReceiveWorld();
    const { dev } = world;
    dev.commit(ASSISTED, { date: "2001-01-01T00:00:00Z" });
    expectRefused(attempt(world, dev.commit("By hand\n")), "COSIGN_MISSING");
    reset(world);
    expectAllowed(attempt(world, dev.commit("By hand\n", { date: "2037-01-01T00:00:00Z" })));
  });

  it("that a merge brings in is judged commit by commit, an octopus and `-s ours` included", () => {
    using world = openReceiveWorld();
    const { dev } = world;
    const start = dev.oid("HEAD");
    dev.git(["checkout", "-q", "-b", "one"]);
    const assisted = dev.commit(ASSISTED);
    dev.git(["checkout", "-q", "-b", "two", start]);
    dev.commit("By hand\n");
    for (const merge of [["one"], ["one", "two"], ["-s", "ours", "one"]]) {
      dev.git(["checkout", "-q", "-B", "main", start]);
      dev.commit("Meanwhile\n");
      dev.git(["merge", "-q", "--no-ff", "-m", "Merge", ...merge]);
      expectRefused(attempt(world, dev.oid("HEAD")), "COSIGN_MISSING", assisted.slice(0, 12));
    }
    dev.git(["checkout", "-q", "-B", "main", start]);
    dev.git(["merge", "-q", "--no-ff", "-m", "Merge", "two"]);
    expectAllowed(attempt(world, dev.oid("HEAD")));
  });

  it("that was judged for a weaker branch is judged again for a stricter one", () => {
    const policy = POLICY.replace(
      "branches: [main]",
      'branches: [main]\n  - branches: ["release/**"]\n    cosign: { count: 2 }',
    );
    using world = openReceiveWorld({ policy });
    const base = world.dev.oid("HEAD");
    expectAllowed(attempt(world, base, { branch: "release/1" }));
    const tip = world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, tip));
    expectRefused(attempt(world, tip, { branch: "release/1" }), "it has 1 of 2 co-signs");
  });
});

it("a note that comes with its commit counts, and one of a person's commit does not", () => {
  using world = openReceiveWorld({ policy: `${POLICY}evidence: { gitAiNotes: true }\n` });
  const { dev } = world;
  const tip = dev.commit("Quietly\n");
  attachNote(dev, tip, authorshipLog("claude"));
  const push = world.push("origin", `${tip}:main`, "refs/notes/ai:refs/notes/ai");
  expect({ hook: push.hook, said: push.stderr.includes("COSIGN_MISSING") }).toEqual({ hook: 1, said: true });
  expect(push.refs.get("refs/notes/ai")).toBeUndefined();
  reset(world);
  expect(world.push("origin", `${dev.commit("By hand\n")}:main`, "refs/notes/ai:refs/notes/ai").hook).toBe(0);
});

it("a tag may name an agent's commit: no branch moves", () => {
  using world = openReceiveWorld();
  const { dev } = world;
  dev.commit(ASSISTED);
  dev.git(["tag", "-a", "-m", "Try it", "v1"]);
  expect(world.push("origin", "v1").hook).toBe(0);
});

describe("a git that gives no good answer", () => {
  it.each([
    ["is killed", 'case "$*" in *cat-file*) kill -9 $$ ;; esac; exec "$REAL" "$@"'],
    ["says nothing", "exit 0"],
    ["fails half-way", 'case "$*" in *for-each-ref*) "$REAL" "$@" | head -n 1; exit 128 ;; esac; exec "$REAL" "$@"'],
    ["does not end", 'case "$*" in *symbolic-ref*) exec sleep 600 ;; esac; exec "$REAL" "$@"'],
  ])("and %s lets nothing in", (_, script) => {
    using world = openReceiveWorld();
    const folder = writeFakeGit(world.scratch, script);
    world.server.git(["config", "countersign.timeout", "2"]);
    installPreReceive(world.server, { through: `env PATH="${folder}:$PATH"` });
    const push = attemptCommit(world, "By hand\n");
    expect({ git: push.status, hook: push.hook, main: push.refs.get("refs/heads/main") }).toEqual({
      git: 1,
      hook: 2,
      main: push.before,
    });
  });
});

it("neither a home nor a temporary folder is needed", () => {
  using world = openReceiveWorld();
  installPreReceive(world.server, { through: "env -u HOME TMPDIR=/nowhere" });
  expectRefused(attemptCommit(world, ASSISTED), "COSIGN_MISSING");
  expectAllowed(attemptCommit(world, "By hand\n"));
});

describe("the ledger", () => {
  it("keeps what it has: a push that deletes it is refused, one that begins it is not", () => {
    using world = openReceiveWorld({ policy: `${POLICY}ledger: countersign/ledger\n` });
    const { dev, server } = world;
    const empty = dev.git(["hash-object", "-t", "tree", "-w", "/dev/null"]);
    const begun = dev.git(["commit-tree", "-m", "Co-signs", empty]);
    expectAllowed(attempt(world, begun, { branch: "countersign/ledger" }));
    const gone = world.push("origin", ":countersign/ledger");
    expect({ hook: gone.hook, ledger: server.ref("refs/heads/countersign/ledger") }).toEqual({
      hook: 1,
      ledger: begun,
    });
    expect(gone.stderr).toContain("LEDGER_REWRITTEN");
  });
});

describe("a repository of another user", () => {
  const foreign = "GIT_TEST_ASSUME_DIFFERENT_OWNER=1";

  it("is judged where git itself says which one it is", () => {
    using world = openReceiveWorld();
    installPreReceive(world.server, { through: `env ${foreign}` });
    expectRefused(attemptCommit(world, ASSISTED), "COSIGN_MISSING");
    expectAllowed(attemptCommit(world, "By hand\n"));
  });

  it("lets nothing in where git will not read it, until who administers the server trusts it", () => {
    using world = openReceiveWorld();
    const { server } = world;
    installPreReceive(server, { through: `env -u GIT_DIR ${foreign}` });
    const refused = attemptCommit(world, "By hand\n");
    expectUndecided(refused, "OWNER_MISMATCH");
    const [, setting = ""] =
      /git (config --global --add safe\.directory \S+)/.exec(refused.stderr.replace(/\s+/g, " ")) ?? [];
    server.git(setting.split(" "));
    expectRefused(attemptCommit(world, ASSISTED), "COSIGN_MISSING");
    expectAllowed(attemptCommit(world, "By hand\n"));
  });

  it("and a bare one that git is to read only by its name are judged alike", () => {
    using world = openReceiveWorld();
    const settings = join(world.scratch.dir, "server-config");
    writeFileSync(settings, "[safe]\n\tbareRepository = explicit\n");
    installPreReceive(world.server, { before: `export GIT_CONFIG_GLOBAL="${settings}"` });
    expectRefused(attemptCommit(world, ASSISTED), "COSIGN_MISSING");
    expectAllowed(attemptCommit(world, "By hand\n"));
  });
});

describe("objects that another repository lends", () => {
  it("are read there, and nothing is let in once they are gone", () => {
    using world = openReceiveWorld();
    const { dev, server, scratch } = world;
    const [lender, away] = [join(scratch.dir, "lender"), join(scratch.dir, "away")];
    dev.git(["clone", "-q", "--bare", dev.dir, lender]);
    writeFileSync(join(server.dir, "objects/info/alternates"), `${join(lender, "objects")}\n`);
    server.git(["-C", lender, "repack", "-q", "-a", "-d"]);
    server.git(["repack", "-q", "-a", "-d", "-l"]);
    expectRefused(attemptCommit(world, ASSISTED), "COSIGN_MISSING");
    expectAllowed(attemptCommit(world, "By hand\n"));
    // git itself looks before the hook runs.
    installPreReceive(server, { before: `mv "${lender}" "${away}"` });
    const before = server.oid("refs/heads/main");
    const push = world.push("origin", `${dev.commit("By hand\n")}:main`);
    renameSync(away, lender);
    expect({ hook: push.hook, main: server.oid("refs/heads/main") }).toEqual({ hook: 2, main: before });
    expect(push.stderr).toContain("cannot decide, so");
  });
});

it("what no CI sees is judged: a push by a robot, by force, or of a merge that a queue would make", () => {
  using world = openReceiveWorld();
  const { dev } = world;
  const env = { CI: "true", GITHUB_ACTIONS: "true", GL_BYPASS_ACCESS_CHECKS: "1", COUNTERSIGN: "0", HUSKY: "0" };
  const start = dev.oid("HEAD");
  dev.git(["checkout", "-q", "-b", "topic"]);
  const assisted = dev.commit(ASSISTED);
  dev.git(["checkout", "-q", "main"]);
  dev.git(["merge", "-q", "--no-ff", "-m", "Merge the queue", "topic"]);
  for (const tip of [assisted, dev.oid("HEAD")]) {
    for (const options of [[], ["--force"], ["-o", "ci.skip"]]) {
      world.server.git(["config", "receive.advertisePushOptions", "true"]);
      const push = dev.try(["push", "--no-verify", ...options, "origin", `${tip}:main`], { env });
      expect({ status: push.status, said: push.stderr.includes("COSIGN_MISSING") }).toEqual({ status: 1, said: true });
    }
  }
  expect(world.server.oid("refs/heads/main")).toBe(start);
  dev.git(["reset", "-q", "--hard", start]);
  const byHand = dev.commit("By hand\n");
  expect(dev.try(["push", "--no-verify", "origin", `${byHand}:main`], { env }).status).toBe(0);
});
