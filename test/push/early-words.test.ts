import { describe, expect, it } from "vitest";
import { ASSISTED, attempt, expectAllowed, expectRefused, VOUCHED } from "../rig/worlds/attempt.ts";
import { CLAUDE, COSIGN, openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

/** What the hook says at a push to a branch that nothing protects, which always goes through. */
function push(world: PushWorld, tip: string, branch = "topic", ...options: readonly string[]): readonly string[] {
  const pushed = attempt(world, tip, { branch, push: options });
  expectAllowed(pushed);
  return pushed.stderr.split("\n").flatMap((line) => /^countersign: (.*)$/.exec(line)?.[1] ?? []);
}

function commits({ dev }: PushWorld, ...messages: readonly string[]): string {
  dev.git(["checkout", "-q", "-B", "topic", "refs/remotes/origin/main"]);
  for (const [index, message] of messages.entries()) dev.commit(message, { files: { [`file${index}`]: message } });
  return dev.oid("HEAD");
}

const subjects = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `${name}\n\n${CLAUDE}\n${COSIGN}\n`);

describe("a push of a feature branch says", () => {
  it("what its commits will need before they can land, and from whom", () => {
    using world = openPushWorld();
    expect(push(world, commits(world, ASSISTED, "By hand\n", ASSISTED))).toEqual([
      "before topic can land on main, 2 commits need a co-sign from a person of level senior or higher (Ada Lovelace, Grace Hopper)",
    ]);
  });

  it("nothing where no agent took part, or nothing is missing", () => {
    using world = openPushWorld();
    expect(push(world, commits(world, "By hand\n", "So too\n"))).toEqual([]);
    expect(push(world, commits(world, "By hand\n", VOUCHED), "vouched")).toEqual([]);
    expect(push(world, world.dev.oid("origin/main"), "same")).toEqual([]);
  });

  it("of whom nobody who made the work is one, and each kind of need", () => {
    const rule = 'rules:\n  - name: prod\n    paths: ["prod/**"]\n    cosign: { count: 2, level: principal }\n';
    using world = openPushWorld({ policy: `${POLICY}${rule}` });
    world.dev.git(["checkout", "-q", "-b", "topic"]);
    world.dev.commit(ASSISTED, { files: { a: "a" }, author: "Ada Lovelace <ada@home.example>" });
    world.dev.commit(ASSISTED, { files: { "prod/b": "b" }, author: "Grace Hopper <grace@acme.example>" });
    const [line] = push(world, world.dev.oid("HEAD"));
    expect(line).toBe(
      "before topic can land on main, 1 commit needs 2 co-signs from people of level principal or higher (which nobody on the roster can give), and 1 commit needs a co-sign from a person of level senior or higher (Grace Hopper)",
    );
  });

  it("nothing of it where the push is refused, of main, or of more branches than a person works on", () => {
    using world = openPushWorld();
    const tip = commits(world, ASSISTED);
    const refspecs = Array.from({ length: 6 }, (_, number) => `${tip}:refs/heads/many${number}`);
    const many = world.pushWith([], "origin", ...refspecs);
    expect({ status: many.status, said: many.stderr.includes("can land on") }).toEqual({ status: 0, said: false });
    const refused = attempt(world, tip);
    expectRefused(refused, "COSIGN_MISSING");
    expect(refused.stderr).not.toContain("can land on");
  });

  it("whose co-signs a force push drops, before it does, and lets it through", () => {
    using world = openPushWorld();
    push(world, commits(world, ...subjects("One", "Two", "Three"), "By hand\n"));
    const lines = push(world, commits(world, "Other\n"), "topic", "--force");
    expect(lines).toEqual([
      "this force push would drop Ada Lovelace's co-signs of 3 commits from topic; they would have to sign again",
    ]);
  });

  it.each<readonly [string, (world: PushWorld) => string]>([
    ["that keeps them over a rebase", (world) => commits(world, "Before\n", ...subjects("One", "Two"))],
    [
      "of what the same person signed again",
      (world) => {
        commits(world, ...subjects("One", "Two"));
        return world.dev.commit(`Two\n\n${CLAUDE}\n${COSIGN}\n`, { files: { other: "x" }, args: ["--amend"] });
      },
    ],
    [
      "of what landed meanwhile",
      (world) => {
        const tip = world.dev.oid("refs/remotes/origin/topic");
        expectAllowed(attempt(world, tip));
        return commits(world, "Next\n");
      },
    ],
  ])("nothing of a force push %s", (_, again) => {
    using world = openPushWorld();
    push(world, commits(world, ...subjects("One", "Two")));
    expect(push(world, again(world), "topic", "--force")).toEqual([]);
  });

  function makeLedger({ dev }: PushWorld): void {
    const tree = dev.git(["hash-object", "-t", "tree", "-w", "/dev/null"]);
    const ledger = dev.git(["commit-tree", "-m", "Co-signs for main", tree]);
    dev.git(["update-ref", "refs/heads/countersign/ledger", ledger]);
  }

  it("that the ledger has more here than on the server", () => {
    using world = openPushWorld({ policy: `${POLICY}ledger: countersign/ledger\n` });
    const tip = commits(world, ASSISTED);
    makeLedger(world);
    const [, notice = ""] = push(world, tip);
    expect(notice).toMatch(/^the ledger has co-signs here that origin does not have; push it too: git push /);
    world.dev.git(notice.replace(/.*: git /, "").split(" "));
    expect(push(world, tip, "again")).toHaveLength(1);
  });

  it("so once, and not where the same push brings it", () => {
    using world = openPushWorld({ policy: `${POLICY}ledger: countersign/ledger\n` });
    const tip = commits(world, ASSISTED);
    makeLedger(world);
    const told = (...more: readonly string[]): number => {
      const branches = ["one", "two"].map((name) => `${tip}:refs/heads/${name}${more.length}`);
      const { status, stderr } = world.pushWith([], "origin", ...branches, ...more);
      expect(status).toBe(0);
      expect(stderr.split("can land on main")).toHaveLength(3);
      return stderr.split("push it too").length - 1;
    };
    expect([told(), told("countersign/ledger")]).toEqual([1, 0]);
  });
});
