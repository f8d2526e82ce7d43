import { describe, expect, it } from "vitest";
import { initRepo } from "../rig/repository/repo.ts";
import { attempt, expectAllowed } from "../rig/worlds/attempt.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { ADA, assist, type CosignWorld, expectScreen, openCosignWorld } from "./cosign-world.ts";
import { cosign } from "./terminal-session.ts";

/** The engineer's branch with one assisted commit, pushed; its id. */
function pushTopic(world: CosignWorld): string {
  world.dev.git(["switch", "-q", "-c", "topic"]);
  assist(world);
  world.dev.git(["push", "-q", "--no-verify", "origin", "topic"]);
  return world.dev.oid("HEAD");
}

/** A colleague's commit on the pushed branch; its id. */
function pushMore(world: CosignWorld): string {
  const colleague = initRepo(world.scratch, "colleague");
  colleague.git(["fetch", "-q", world.server.dir, "topic"]);
  colleague.git(["switch", "-q", "--detach", "FETCH_HEAD"]);
  const more = colleague.commit("More\n");
  colleague.git(["push", "-q", world.server.dir, "HEAD:topic"]);
  return more;
}

/** The command that the screen says comes next, as arguments of git. */
function nextStep(screen: string): readonly string[] {
  const line = /next: git (.+?)(?: \(.*)?$/m.exec(screen)?.[1] ?? "";
  return line.split(" ");
}

describe("a co-sign in the messages of a branch that was pushed", () => {
  it("says how to push over its former commits, and over nothing else", async () => {
    using world = openCosignWorld();
    const former = pushTopic(world);
    const { screen } = await cosign(world.ada);
    const push = nextStep(screen);
    expect(push).toEqual(["push", `--force-with-lease=topic:${former}`, "origin", "topic"]);
    const more = pushMore(world);
    world.ada.git(["fetch", "-q"]);
    expect(world.ada.try(push).status).not.toBe(0);
    expect(world.server.ref("refs/heads/topic")).toBe(more);
    world.server.git(["update-ref", "refs/heads/topic", former]);
    world.ada.git([...push]);
    expect(world.server.ref("refs/heads/topic")).toBe(world.ada.oid("topic"));
  });

  it("is refused where a colleague has pushed since, until that is brought in", async () => {
    using world = openCosignWorld();
    const former = pushTopic(world);
    pushMore(world);
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "origin/topic has commits that topic lacks");
    expect({ status, tip: world.ada.oid("topic") }).toEqual({ status: 2, tip: former });
    const advice = /git (rebase \S+ \S+)/.exec(screen)?.[1] ?? "";
    world.ada.git(advice.split(" "));
    const again = await cosign(world.ada);
    expect(again.status).toBe(0);
    world.ada.git([...nextStep(again.screen)]);
    expect(world.server.git(["log", "--format=%s", "main..topic"])).toBe("More\nRetry uploads");
  });

  it("is not refused where it is the target that moved on", async () => {
    using world = openCosignWorld();
    world.dev.git(["switch", "-q", "-c", "ours"]);
    world.dev.commit("Others' work\n");
    world.dev.git(["push", "-q", "--no-verify", "origin", "ours:main"]);
    world.dev.git(["switch", "-q", "main"]);
    assist(world);
    const { status, screen } = await cosign(world.ada);
    expect({ status, next: nextStep(screen) }).toEqual({ status: 0, next: ["push", "origin", "main"] });
  });
});

describe("a co-sign of what was tried, undone by hand and tried again", () => {
  it("is for the undoing too, which would use it up, and counts", async () => {
    using world = openCosignWorld();
    const change = (message: string, text: string) => world.dev.commit(message, { files: { "a.txt": text } });
    change("Start\n", "0\n");
    change(`Try\n\n${CLAUDE}\n`, "1\n");
    change("Undo\n", "0\n");
    change(`Try again\n\n${CLAUDE}\n`, "1\n");
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "2/3 commit", "along with the others: it takes out what one of them puts in again");
    expect(status).toBe(0);
    const signed = world.dev.git([
      "log",
      "-4",
      "--reverse",
      "--format=%(trailers:key=Co-signed-by,valueonly,separator=)",
    ]);
    expect(signed.split("\n")).toEqual(["", ADA, ADA, ADA]);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "4 new commits, 2 AI-assisted");
  });

  it("leaves what is by hand alone where nothing comes back", async () => {
    using world = openCosignWorld();
    const change = (message: string, text: string) => world.dev.commit(message, { files: { "a.txt": text } });
    change("Start\n", "0\n");
    change(`Try\n\n${CLAUDE}\n`, "0\n1\n");
    change("Another line\n", "0\n1\n2\n");
    change(`And another\n\n${CLAUDE}\n`, "0\n1\n2\n3\n");
    expectScreen((await cosign(world.ada)).screen, "1/2 commit");
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "4 new commits, 2 AI-assisted");
  });
});
