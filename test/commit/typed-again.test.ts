import { describe, expect, it } from "vitest";
import { claudeWrites } from "../rig/agents/agent-marks.ts";
import { type Run, run } from "../rig/process/run.ts";
import type { Repo } from "../rig/repository/repo.ts";
import { ASSISTED } from "../rig/worlds/attempt.ts";
import { openCommitWorld, stampsOf } from "../rig/worlds/commit-world.ts";

/** Somebody who types the whole message again in the editor. */
const ANEW = { GIT_EDITOR: "echo Typed anew >" };
const ACCEPT = { GIT_EDITOR: "true", GIT_SEQUENCE_EDITOR: "true" };
const BY_HAND = "By hand\n";

interface Way {
  readonly way: string;
  /** Makes a commit of the one that `topic` holds, and has its message typed again. */
  readonly bring: (dev: Repo) => Run;
}

const WAYS: readonly Way[] = [
  {
    way: "commit --amend",
    bring: (dev) => {
      dev.git(["reset", "-q", "--hard", "topic"]);
      return dev.try(["commit", "-q", "--amend"], { env: ANEW });
    },
  },
  {
    way: "merge --squash",
    bring: (dev) => {
      dev.git(["merge", "-q", "--squash", "topic"]);
      return dev.try(["commit", "-q"], { env: ANEW });
    },
  },
  {
    way: "commit -c",
    bring: (dev) => {
      dev.git(["cherry-pick", "-n", "topic"]);
      return dev.try(["commit", "-q", "-c", "topic"], { env: ANEW });
    },
  },
  {
    way: "rebase -i with reword",
    bring: (dev) => {
      dev.git(["reset", "-q", "--hard", "topic"]);
      return dev.try(["rebase", "-q", "-i", "HEAD~"], {
        env: { ...ANEW, GIT_SEQUENCE_EDITOR: "sed -i s/^pick/reword/" },
      });
    },
  },
];

function bringTo(dev: Repo, message: string, { bring }: Way): Run {
  dev.git(["checkout", "-q", "-b", "topic"]);
  dev.commit(message);
  dev.git(["checkout", "-q", "main"]);
  return bring(dev);
}

describe.each(WAYS)("a message that is typed anew in $way", (way) => {
  it("is stopped once where an agent's mark was in the old one, with the command that goes on", () => {
    using world = openCommitWorld();
    const { dev } = world;
    const stopped = bringTo(dev, ASSISTED, way);
    expect(stopped.stderr).toContain("MARK_MISSING: the message does not say that claude-code took part\n");
    expect(stopped.stderr).toMatch(/- it helped with [0-9a-f]{10}, which this commit holds\n/);
    const [, command = ""] = /to go on with it: (.*)\n/.exec(stopped.stderr) ?? [];
    const gone = run("sh", ["-c", command], { cwd: dev.dir, env: { ...dev.env, ...ACCEPT } });
    expect(gone).toMatchObject({ status: 0 });
    expect(dev.git(["log", "-1", "--format=%s"])).toBe("Typed anew");
    expect(stampsOf(dev)).toEqual(["Claude Code"]);
  });

  it("passes where a person wrote it all", () => {
    using world = openCommitWorld();
    expect(bringTo(world.dev, BY_HAND, way)).toMatchObject({ status: 0 });
    expect(world.dev.git(["log", "-1", "--format=%B"])).toBe("Typed anew\n");
  });
});

it("a stamp that is deleted in the editor is asked for once, and the same commit tried again passes", () => {
  using world = openCommitWorld();
  const { dev } = world;
  claudeWrites(dev, "retry.js", "export const retry = (times) => attempt(times);\n");
  dev.git(["add", "."]);
  const [stopped, passed] = [1, 2].map(() => dev.try(["commit", "-q"], { env: ANEW }));
  expect(stopped).toMatchObject({ status: 1, stderr: expect.stringContaining("- it wrote retry.js\n") });
  expect(passed).toMatchObject({ status: 0, stderr: expect.stringContaining('lacks "Assisted-by: Claude Code"') });
  expect(stampsOf(dev)).toEqual([]);
});

it("a stamp that gives way to `Assisted-by: none` is not asked for", () => {
  using world = openCommitWorld();
  const { dev } = world;
  claudeWrites(dev, "retry.js", "export const retry = (times) => attempt(times);\n");
  dev.git(["add", "."]);
  const env = { GIT_EDITOR: "sed -i '1s/^/Retry/; s/^Assisted-by: .*/Assisted-by: none (typed by me)/'" };
  expect(dev.try(["commit", "-q"], { env }).stderr).not.toContain("MARK_MISSING");
  expect(stampsOf(dev)).toEqual(["none (typed by me)"]);
});
