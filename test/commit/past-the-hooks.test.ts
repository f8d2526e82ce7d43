import { describe, expect, it } from "vitest";
import type { Repo } from "../rig/repository/repo.ts";
import { ASSISTED, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { IN_CLAUDE, openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";
import { pushTo } from "../rig/worlds/pre-push-hook.ts";

const CLEAN = "Retry uploads\n";

/** Ways to bring what `topic` holds onto `main` for which git runs no commit hook that could add a line. */
const WAYS: readonly [way: string, bring: (dev: Repo) => void][] = [
  [
    "rebase --apply",
    (dev) => {
      dev.commit("By hand\n");
      dev.git(["rebase", "-q", "--apply", "main", "topic"]);
      dev.git(["checkout", "-q", "-B", "main", "topic"]);
    },
  ],
  ["am", (dev) => dev.git(["am", "-q"], { input: dev.git(["format-patch", "--stdout", "-1", "topic"]) })],
  [
    "fast-import",
    (dev) => {
      const stream = dev
        .git(["fast-export", "--reference-excluded-parents", "topic", "^main"])
        .replaceAll("refs/heads/topic", "refs/heads/imported");
      dev.git(["fast-import", "--quiet"], { input: `${stream}\n` });
      dev.git(["reset", "-q", "--hard", "imported"]);
    },
  ],
  [
    "commit-tree and update-ref",
    (dev) => {
      const input = `${dev.git(["log", "-1", "--format=%B", "topic"])}\n`;
      dev.git(["update-ref", "HEAD", dev.git(["commit-tree", "topic^{tree}", "-p", "HEAD"], { input })]);
      dev.git(["reset", "-q", "--hard"]);
    },
  ],
  ["a fetch into the branch", (dev) => dev.git(["fetch", "-q", "--update-head-ok", ".", "topic:main"])],
  ["a fast-forward", (dev) => dev.git(["merge", "-q", "--ff-only", "topic"])],
];

describe.each(WAYS)("a mark in a message that comes by %s", (_, bring) => {
  it.each([
    ["is kept, and found by the push", ASSISTED],
    ["is not made up", CLEAN],
  ])("%s", (_, message) => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "topic"]);
    dev.commit(message);
    dev.git(["checkout", "-q", "main"]);
    bring(dev);
    expect(stampsOf(dev)).toEqual([]);
    const push = pushTo(world, ["origin", "main"]);
    if (message === CLEAN) expectAllowed(push);
    else expectRefused(push, "COSIGN_MISSING", dev.oid("HEAD").slice(0, 12));
  });
});

describe("commit --no-verify, which skips two of the hooks,", () => {
  it("stamps an agent's commit all the same", () => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.write({ "retry.js": "retry();\n" });
    dev.git(["commit", "-q", "-n", "-m", "Retry uploads"], { env: IN_CLAUDE });
    expect(stampsOf(dev)).toEqual(["Claude Code"]);
    expectRefused(pushTo(world, ["origin", "main"]), "COSIGN_MISSING");
  });

  it("leaves a person's commit alone", () => {
    using world = openCommitWorld();
    const { dev } = world;
    dev.write({ "retry.js": "retry();\n" });
    dev.git(["commit", "-q", "-n", "-m", "Retry uploads"]);
    expect(stampsOf(dev)).toEqual([]);
    expectAllowed(pushTo(world, ["origin", "main"]));
  });
});
