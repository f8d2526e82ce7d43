import { describe, expect, it } from "vitest";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { cloneFor, LEDGER, NAMED } from "./clones.ts";
import { ADA, type CosignWorld, expectScreen, openCosignWorld } from "./cosign-world.ts";
import { readRecords } from "./read-records.ts";
import { cosign, TerminalSession } from "./terminal-session.ts";

/** The engineer's branch of three commits that have nothing to do with each other, pushed. */
function pushThree({ dev }: CosignWorld, branch = "upload"): readonly [string, string, string] {
  dev.git(["switch", "-q", "-c", branch, "origin/main"]);
  const [a, b, c] = ["a", "b", "c"].map((name) =>
    dev.commit(`Add ${name} to ${branch}\n\n${CLAUDE}\n`, { files: { [`${name}.txt`]: `${branch}\n` } }),
  );
  dev.git(["push", "-q", "--no-verify", "origin", branch]);
  return [a ?? "", b ?? "", c ?? ""];
}

describe("several commits of a branch", () => {
  it("are signed by one signature, and each may land without the others", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const { dev, server } = world;
    const [a, b, c] = pushThree(world);
    // Of somebody who never saw the branch: it is found by its commits.
    const clone = cloneFor(world, "ada", ADA, world.key);
    const { status, screen } = await cosign(clone, [c, a, a]);
    expectScreen(screen, "these 2 commits, each by itself, as", "co-signed 2 commits of origin/upload for main");
    expectScreen(screen, `still open: ${b.slice(0, 7)}`);
    expect(status).toBe(0);
    expect(readRecords(server, LEDGER, world.key).map(({ paths, commits }) => ({ paths, commits }))).toEqual([
      { paths: ["a.txt"], commits: undefined },
      { paths: ["c.txt"], commits: undefined },
    ]);
    const records = server.git(["ls-tree", "-r", "--name-only", LEDGER]).match(/[0-9a-f]+(?=-[12]\/record)/g);
    expect(new Set(records).size).toBe(1);
    dev.git(["fetch", "-q"]);
    expectRefused(attempt(world, c), "COSIGN_MISSING", "Add b");
    dev.git(["switch", "-q", "-c", "last", "origin/main"]);
    dev.git(["cherry-pick", c]);
    expectAllowed(attempt(world, dev.oid("HEAD")), "1 new commit");
    dev.git(["cherry-pick", a]);
    expectAllowed(attempt(world, dev.oid("HEAD")), "1 new commit");
  });

  it("are taken back together, or printed for a comment", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const [a, b, c] = pushThree(world);
    const clone = cloneFor(world, "ada", ADA, world.key);
    const { screen } = await cosign(clone, [a, c, "--print"]);
    const printed = countersign(clone, ["cosign", "--print", a, c]).stdout;
    expect(screen).toContain(printed.trim());
    expectScreen(countersign(clone, ["cosign", "--dry-run", "--no-fetch", b, c]).stdout, "1/2", `commit ${b}`);
    clone.git(["push", "-q", "origin", "countersign/ledger"]);
    expectScreen(countersign(clone, ["cosign", "--dry-run", a, c]).stdout, "nothing to sign (2 new commits");
    expectScreen(countersign(clone, ["cosign", "--withdraw", "--dry-run", b, b]).stdout, "nothing to withdraw");
    const session = new TerminalSession(clone, ["cosign", "--withdraw", a, b]);
    await session.read("Type yes to withdraw this signature");
    session.type("yes\r");
    expectScreen((await session.ended).screen, "withdrew 1 signature");
    expectScreen(countersign(clone, ["cosign", "--dry-run", a, c]).stdout, "does not count: COSIGN_WITHDRAWN");
  });

  it("can be signed in their messages, and the others keep theirs", async () => {
    using world = openCosignWorld();
    const [a, , c] = pushThree(world);
    expectScreen((await cosign(world.ada, [a, c])).screen, "co-signed 2 commits on upload");
    const signed = ["HEAD~2", "HEAD~1", "HEAD"].map((name) => world.dev.git(["log", "-1", "--format=%B", name]));
    expect(signed.map((message) => /^Co-signature: /m.test(message))).toEqual([true, false, true]);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING", "Add b");
    expectAllowed(attempt(world, world.dev.oid("HEAD~2")), "1 new commit");
  });

  it("must be new ones of one branch", () => {
    using world = openCosignWorld({ rules: NAMED });
    const [a, b, c] = pushThree(world);
    const [other] = pushThree(world, "other");
    const { ada } = world;
    const expectUnfit = (args: readonly string[], phrase: string): void =>
      expectFault(countersign(ada, ["cosign", "--dry-run", ...args]), "OPTION_INVALID", phrase);
    expectUnfit([a, "origin/main"], "origin/main is not new for main");
    expectUnfit([`${a}..${b}`, c], "is a range");
    expectUnfit(["upload", "other"], "no branch here or of origin has");
    expectFault(countersign(ada, ["cosign", "--dry-run", a, "nowhere"]), "REVISION_UNKNOWN", "nowhere");
    // Once one branch has both.
    ada.git(["merge", "-q", "--no-edit", "-s", "ours", "upload"]);
    expectScreen(countersign(ada, ["cosign", "--dry-run", a, other]).stdout, "1/2", "2/2", "other stays as it is");
    // Without any, the one that goes back to the others stands for it.
    ada.git(["switch", "-q", "--detach", c]);
    for (const branch of ["upload", "other"]) {
      ada.git(["branch", "-D", branch]);
      ada.git(["update-ref", "-d", `refs/remotes/origin/${branch}`]);
    }
    expectScreen(
      countersign(ada, ["cosign", "--dry-run", "--no-fetch", a, c]).stdout,
      `${c.slice(0, 12)} stays as it is`,
    );
  });
});
