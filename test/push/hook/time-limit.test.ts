import { describe, it } from "vitest";
import { addMany } from "../../rig/repository/add-many.ts";
import { ASSISTED, attempt, expectAllowed, expectUndecided, VOUCHED } from "../../rig/worlds/attempt.ts";
import { writeFakeGit } from "../../rig/worlds/pre-push-hook.ts";
import { installPrePush, openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

/** A world in whose hook one of git's commands never ends, and which gives judging one second. */
function withHangingGit(command: string): PushWorld {
  const world = openPushWorld();
  const script = `for argument; do if [ "$argument" = ${command} ]; then exec sleep 10000; fi; done\nexec "$REAL" "$@"`;
  const folder = writeFakeGit(world.scratch, script);
  installPrePush(world.dev, { before: `PATH="${folder}:$PATH"; export PATH` });
  world.dev.git(["config", "countersign.timeout", "1"]);
  return world;
}

describe("a push that is not judged in time is refused", () => {
  it.each(["cat-file", "for-each-ref", "rev-list", "diff-tree"])("where git %s never ends", (command) => {
    using world = withHangingGit(command);
    addMany(world.dev);
    const push = attempt(world, world.dev.commit(ASSISTED));
    expectUndecided(push, "TIMED_OUT", "took longer than 1 s", "git config countersign.timeout 10");
  });
});

it.each(["soon", "0", "-5", "100000000"])("a limit of %s is none, and what it would be by itself holds", (value) => {
  using world = openPushWorld();
  world.dev.git(["config", "countersign.timeout", value]);
  expectAllowed(attempt(world, world.dev.commit(VOUCHED)));
});
