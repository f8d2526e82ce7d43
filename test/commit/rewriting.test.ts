import { describe, expect, it } from "vitest";
import type { Repo } from "../rig/repository/repo.ts";
import { ASSISTED, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { CLAUDE_STAMP, logOf, openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";
import { pushTo } from "../rig/worlds/pre-push-hook.ts";
import type { PushWorld } from "../rig/worlds/push-world.ts";

const CLEAN = "Retry uploads\n";
const BY_HAND = "By hand\n";
/** Accepts what git proposes, also the list of steps of a rebase. */
const ACCEPT = { GIT_EDITOR: "true", GIT_SEQUENCE_EDITOR: "true" };

interface Way {
  readonly way: string;
  /** Gets the work on the branch that is checked out, `main`. `topic` holds it in one commit. */
  readonly bring: (dev: Repo) => void;
  /** Whether the agent's own line is gone by that, and ours stands for it. */
  readonly stamped: boolean;
}

/** What a person does with a commit whose message tells of an agent, where git runs a hook. */
const WAYS: readonly Way[] = [
  {
    way: "merge --squash and commit -m",
    bring: (dev) => {
      dev.git(["merge", "-q", "--squash", "topic"]);
      dev.git(["commit", "-q", "-m", "All of topic"]);
    },
    stamped: true,
  },
  {
    way: "merge --squash and git's own message",
    bring: (dev) => {
      dev.git(["merge", "-q", "--squash", "topic"]);
      dev.git(["commit", "-q"], { env: ACCEPT });
    },
    stamped: false,
  },
  { way: "cherry-pick", bring: (dev) => dev.git(["cherry-pick", "topic"]), stamped: false },
  {
    way: "commit --amend -m",
    bring: (dev) => {
      dev.git(["reset", "-q", "--hard", "topic"]);
      dev.git(["commit", "-q", "--amend", "-m", "In other words"]);
    },
    stamped: true,
  },
  {
    way: "commit --amend --no-edit",
    bring: (dev) => {
      dev.git(["reset", "-q", "--hard", "topic"]);
      dev.git(["commit", "-q", "--amend", "--no-edit", "--date=2026-01-01T00:00:00Z"]);
    },
    stamped: false,
  },
  {
    way: "commit --amend -C",
    bring: (dev) => {
      dev.git(["reset", "-q", "--hard", "topic"]);
      dev.git(["commit", "-q", "--amend", "-C", "origin/main"]);
    },
    stamped: true,
  },
  {
    way: "reset --soft and commit -C",
    bring: (dev) => {
      dev.git(["merge", "-q", "--squash", "topic"]);
      dev.git(["commit", "-q", "-C", "topic"]);
    },
    stamped: false,
  },
  {
    way: "commit --fixup and an autosquash",
    bring: (dev) => {
      dev.commit(BY_HAND);
      dev.git(["cherry-pick", "-n", "topic"]);
      dev.git(["commit", "-q", "--fixup", "HEAD", "-m", dev.git(["log", "-1", "--format=%b", "topic"])]);
      dev.git(["rebase", "-q", "-i", "--autosquash", "origin/main"], { env: ACCEPT });
    },
    stamped: true,
  },
  {
    way: "two fixups, of which the first tells",
    bring: (dev) => {
      dev.commit(BY_HAND);
      dev.git(["cherry-pick", "-n", "topic"]);
      dev.git(["commit", "-q", "--fixup", "HEAD", "-m", dev.git(["log", "-1", "--format=%b", "topic"])]);
      dev.commit("fixup! By hand\n");
      dev.git(["rebase", "-q", "-i", "--autosquash", "origin/main"], { env: ACCEPT });
    },
    stamped: true,
  },
  {
    way: "commit --squash and an autosquash",
    bring: (dev) => {
      dev.commit(BY_HAND);
      dev.git(["cherry-pick", "-n", "topic"]);
      dev.git(["commit", "-q", "--squash", "HEAD", "-m", dev.git(["log", "-1", "--format=%b", "topic"])]);
      dev.git(["rebase", "-q", "-i", "--autosquash", "origin/main"], { env: ACCEPT });
    },
    stamped: false,
  },
  {
    way: "rebase",
    bring: (dev) => {
      dev.commit(BY_HAND);
      dev.git(["rebase", "-q", "main", "topic"]);
      dev.git(["checkout", "-q", "-B", "main", "topic"]);
    },
    stamped: false,
  },
];

function bringTo(world: PushWorld, message: string, { bring }: Way): void {
  const { dev } = world;
  dev.git(["checkout", "-q", "-b", "topic"]);
  dev.commit(message);
  dev.git(["checkout", "-q", "main"]);
  bring(dev);
}

describe.each(WAYS)("work brought by $way", (way) => {
  it("keeps an agent's mark, and is refused without a co-sign", () => {
    using world = openCommitWorld();
    bringTo(world, ASSISTED, way);
    if (way.stamped) expect(stampsOf(world.dev)).toEqual([CLAUDE_STAMP.replace("Assisted-by: ", "")]);
    else expect(stampsOf(world.dev)).toEqual([]);
    expectRefused(pushTo(world, ["origin", "main"]), "COSIGN_MISSING");
  });

  it("passes where a person wrote it", () => {
    using world = openCommitWorld();
    bringTo(world, CLEAN, way);
    expect(stampsOf(world.dev)).toEqual([]);
    expectAllowed(pushTo(world, ["origin", "main"]));
  });
});

describe("a commit whose author is an agent, and whose message is silent,", () => {
  function openWithAgent() {
    const world = openCommitWorld();
    world.dev.git(["checkout", "-q", "-b", "topic"]);
    world.dev.commit(CLEAN, { author: "Cursor Agent <cursoragent@cursor.com>" });
    world.dev.git(["checkout", "-q", "main"]);
    return world;
  }

  it.each([["cherry-pick"], ["rebase"]])("needs no stamp where a %s keeps its author", (way) => {
    using world = openWithAgent();
    const { dev } = world;
    if (way === "rebase") {
      dev.commit(BY_HAND);
      dev.git(["rebase", "-q", "main", "topic"]);
    } else dev.git(["cherry-pick", "topic"]);
    expect(stampsOf(dev)).toEqual([]);
    expect(logOf(dev)[0]?.agents).toEqual(["cursor"]);
  });

  it.each<[way: string, bring: (dev: Repo) => void]>([
    [
      "merge --squash",
      (dev) => {
        dev.git(["merge", "-q", "--squash", "topic"]);
        dev.git(["commit", "-q", "-m", "All of topic"]);
      },
    ],
    [
      "revert of a revert",
      (dev) => {
        dev.git(["reset", "-q", "--hard", "topic"]);
        dev.git(["revert", "--no-edit", "HEAD"]);
        expect(stampsOf(dev)).toEqual([]);
        dev.git(["revert", "--no-edit", "HEAD"]);
      },
    ],
  ])("is told of by a stamp after a %s, which has another author", (_, bring) => {
    using world = openWithAgent();
    bring(world.dev);
    expect(stampsOf(world.dev)).toEqual(["Cursor"]);
  });
});
