import { join } from "node:path";
import { describe, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../../rig/worlds/attempt.ts";
import { CLAUDE, type ObjectFormat, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const FORMATS: readonly ObjectFormat[] = ["sha1", "sha256"];
const CLEAN = "Retry uploads\n";

/** A branch with the work, off the server's main, which stays checked out. */
function branchOff({ dev }: PushWorld, message: string): string {
  dev.git(["checkout", "-q", "-b", "feat"]);
  dev.commit("Prepare\n");
  const work = dev.commit(message);
  dev.git(["checkout", "-q", "main"]);
  return work;
}

/** What commits by hand or brings a commit over, past the hooks that run when a person commits. */
const BYPASSES: readonly (readonly [string, (world: PushWorld, message: string) => void])[] = [
  [
    "cherry-pick",
    (world, message) => {
      const work = branchOff(world, message);
      world.dev.git(["cherry-pick", work]);
    },
  ],
  [
    "rebase",
    (world, message) => {
      branchOff(world, message);
      world.dev.commit("Meanwhile\n");
      world.dev.git(["checkout", "-q", "feat"]);
      world.dev.git(["rebase", "-q", "main"]);
    },
  ],
  [
    "rebase --apply",
    (world, message) => {
      branchOff(world, message);
      world.dev.commit("Meanwhile\n");
      world.dev.git(["checkout", "-q", "feat"]);
      world.dev.git(["rebase", "-q", "--apply", "main"]);
    },
  ],
  [
    "am",
    (world, message) => {
      const work = branchOff(world, message);
      const patch = world.dev.git(["format-patch", "--stdout", "-1", work]);
      world.dev.git(["am", "-q"], { input: `${patch}\n` });
    },
  ],
  [
    "fast-import",
    ({ dev }, message) => {
      const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
      const commit = `commit refs/heads/imported\nauthor Bob <bob@acme.example> 1700000000 +0000\ncommitter Bob <bob@acme.example> 1700000000 +0000\n`;
      const file = `M 100644 inline imported.txt\n${data("imported\n")}`;
      dev.git(["fast-import", "--quiet"], {
        input: `${commit}${data(message)}from ${dev.oid("HEAD")}\n${file}\ndone\n`,
      });
      dev.git(["reset", "-q", "--hard", "refs/heads/imported"]);
    },
  ],
  [
    "commit-tree and update-ref",
    ({ dev }, message) => {
      const made = dev.git(["commit-tree", "HEAD^{tree}", "-p", "HEAD", "-F", "-"], { input: message });
      dev.git(["update-ref", "refs/heads/main", made]);
    },
  ],
  ["commit --no-verify", ({ dev }, message) => void dev.commit(message, { args: ["--no-verify"] })],
  [
    "fetch into a branch",
    (world, message) => {
      branchOff(world, message);
      world.dev.git(["fetch", "-q", ".", "feat:fetched"]);
      world.dev.git(["reset", "-q", "--hard", "fetched"]);
    },
  ],
  [
    "a bundle",
    (world, message) => {
      branchOff(world, message);
      const bundle = join(world.scratch.dir, "feat.bundle");
      world.dev.git(["bundle", "create", "-q", bundle, "main..feat"]);
      world.dev.git(["pull", "-q", "--ff-only", bundle, "feat"]);
    },
  ],
];

describe("work that no commit hook saw", () => {
  it.each(BYPASSES)("is judged when it comes by %s", (_, bring) => {
    using world = openPushWorld();
    bring(world, ASSISTED);
    expectRefused(
      attempt(world, world.dev.oid("HEAD")),
      "COSIGN_MISSING",
      world.dev.oid("HEAD").slice(0, 12),
      "1 AI-assisted",
    );
  });

  it.each(BYPASSES)("keeps its co-sign when it comes by %s", (_, bring) => {
    using world = openPushWorld();
    bring(world, VOUCHED);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "co-signed by ada@acme.example");
  });
});

describe("rewritten and unusual commits", () => {
  it("are human work where they revert assisted work without a mark", () => {
    using world = openPushWorld();
    world.dev.commit(VOUCHED);
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
    world.dev.git(["revert", "--no-edit", "HEAD"]);
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
  });

  it("need a co-sign where the revert itself is marked", () => {
    using world = openPushWorld();
    expectAllowed(attempt(world, world.dev.commit(VOUCHED)));
    const revert = world.dev.commit(`Revert "Retry uploads"\n\n${CLAUDE}\n`);
    expectRefused(attempt(world, revert), "COSIGN_MISSING", revert.slice(0, 12));
  });

  it("need a co-sign even where they change nothing", () => {
    using world = openPushWorld();
    const empty = world.dev.commit(ASSISTED, { files: {} });
    expectRefused(attempt(world, empty), "COSIGN_MISSING", empty.slice(0, 12));
    expectAllowed(attempt(world, world.dev.commit(VOUCHED, { files: {}, args: ["--amend"] })));
  });

  it.each(FORMATS)("are judged whole where an orphan line starts a protected branch of a %s repository", (format) => {
    using world = openPushWorld({ format, policy: POLICY.replace("[main]", '[main, "release/**"]') });
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "other"]);
    dev.git(["rm", "-rqf", "."]);
    const root = dev.commit(ASSISTED);
    const tip = dev.commit(CLEAN);
    expectRefused(
      attempt(world, tip, { branch: "release/1" }),
      "COSIGN_MISSING",
      root.slice(0, 12),
      "(2 new commits, 1 AI-assisted)",
    );
    dev.git(["reset", "-q", "--hard", root]);
    dev.commit(VOUCHED, { files: {}, args: ["--amend"] });
    expectAllowed(attempt(world, dev.commit(CLEAN), { branch: "release/1" }), "co-signed by ada@acme.example");
  });

  it("are refused where an orphan line takes the place of main", () => {
    using world = openPushWorld();
    const { dev } = world;
    const old = dev.oid("HEAD");
    dev.git(["checkout", "-q", "--orphan", "other"]);
    expectRefused(attempt(world, dev.commit(CLEAN), { push: ["--force"] }), "HISTORY_REWRITTEN", old);
  });

  it("are judged with a rule that looks at a root commit's paths", () => {
    using world = openPushWorld({
      policy: `${POLICY.replace("[main]", '[main, "release/**"]')}rules:\n  - name: notes are free\n    paths: ["notes/**"]\n    cosign: { count: 0 }\n`,
    });
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "other"]);
    dev.git(["rm", "-rqf", "."]);
    expectAllowed(
      attempt(world, dev.commit(ASSISTED, { files: { "notes/a.txt": "a\n" } }), { branch: "release/notes" }),
      "no co-sign needed",
    );
    const root = dev.commit(ASSISTED, { files: { "code.c": "int a;\n" }, args: ["--amend"] });
    expectRefused(attempt(world, root, { branch: "release/code" }), "COSIGN_MISSING", root.slice(0, 12));
  });
});
