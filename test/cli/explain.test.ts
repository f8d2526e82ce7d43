import { describe, expect, it } from "vitest";
import { cosignHead, makeSigner, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { CLAUDE, openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";

function explain(world: PushWorld, ...args: readonly string[]) {
  const { status, stdout, stderr } = countersign(world.dev, ["explain", ...args]);
  expect(stderr).toBe("");
  return { status, stdout };
}

/** A report with what differs from run to run taken out. */
function told(stdout: string): string {
  return `\n${stdout.replace(/\b[0-9a-f]{40}\b/g, "<id>")}`;
}

describe("the explanation of a commit", () => {
  it("tells how it was made, what it needs, who could give it and what to do", () => {
    using world = openPushWorld();
    world.dev.commit(ASSISTED);
    const { status, stdout } = explain(world, "HEAD");
    expect(status).toBe(1);
    expect(told(stdout)).toMatchInlineSnapshot(`
      "
      commit    <id> "Retry uploads"
      author    Bob Builder <bob@acme.example>, level mid
      branch    main
      policy    refs/remotes/origin/main at <id>, countersign.config.yaml
      state     assisted (authored)
                claude-code, trailer in line 3: Co-authored-by: Claude <noreply@anthropic.com>
      needs     a co-sign from a person of level senior or higher: not met
                could be given by: Ada Lovelace <ada@acme.example>, Grace Hopper <grace@acme.example>
      verdict   refused

      COSIGN_MISSING: it has no co-sign
        why: the policy requires a co-sign from a person of level senior or higher for AI-assisted work
        fix: ask Ada Lovelace or Grace Hopper to review the change and run \`countersign cosign\`; an AI agent must stop here and ask for that
      "
    `);
  });

  it("tells who vouched for it", () => {
    using world = openPushWorld();
    world.dev.commit(VOUCHED);
    const { status, stdout } = explain(world, "HEAD");
    expect(status).toBe(0);
    expect(told(stdout)).toMatchInlineSnapshot(`
      "
      commit    <id> "Retry uploads"
      author    Bob Builder <bob@acme.example>, level mid
      branch    main
      policy    refs/remotes/origin/main at <id>, countersign.config.yaml
      state     assisted (authored)
                claude-code, trailer in line 3: Co-authored-by: Claude <noreply@anthropic.com>
      needs     a co-sign from a person of level senior or higher: met
      co-sign   ada@acme.example on line 4, declared: counts
      verdict   may land
      "
    `);
  });

  it("of a person's own work is that it may land", () => {
    using world = openPushWorld();
    world.dev.commit("Fix\n", { author: "Eve <eve@elsewhere.example>" });
    const { status, stdout } = explain(world, "HEAD");
    expect(status).toBe(0);
    expect(told(stdout)).toMatchInlineSnapshot(`
      "
      commit    <id> "Fix"
      author    Eve <eve@elsewhere.example>, not on the roster
      branch    main
      policy    refs/remotes/origin/main at <id>, countersign.config.yaml
      state     undeclared
      verdict   may land
      "
    `);
  });

  it("names every requirement with the rules that shaped it", () => {
    const rules = 'rules:\n  - { name: infrastructure, paths: ["infra/**"], cosign: { count: 2, level: principal } }\n';
    using world = openPushWorld({ policy: POLICY + rules });
    world.dev.commit(VOUCHED, { files: { "infra/a.tf": "x\n", "b.txt": "y\n" } });
    const { status, stdout } = explain(world, "HEAD");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^needs +a co-sign from a person of level senior or higher: met$/m);
    expect(stdout).toMatch(/^needs +2 co-signs from people of level principal or higher \(infrastructure\): not met$/m);
    expect(stdout).toMatch(/^ +could be given by: Grace Hopper <grace@acme\.example>$/m);
    expect(stdout).toMatch(/^co-sign +ada@acme\.example on line 4, declared: COSIGN_LEVEL$/m);
  });

  it("leaves the author and co-authors out of those who could vouch", () => {
    using world = openPushWorld();
    world.dev.commit(`Fix\n\n${CLAUDE}\nCo-authored-by: Grace <grace@acme.example>\n`, {
      author: "Ada <ada@home.example>",
    });
    expect(explain(world, "HEAD").stdout).toMatch(/could be given by: nobody on the roster/);
  });

  it("shows marks that are too weak to count", () => {
    using world = openPushWorld();
    world.dev.commit(`Say how agents mark commits\n\nLike this:\n\n    ${CLAUDE}\n\nThat is all.\n`);
    const { status, stdout } = explain(world, "HEAD");
    expect(status).toBe(0);
    expect(stdout).toContain("too weak to count");
  });

  it("is for another branch where one is named", () => {
    using world = openPushWorld();
    world.dev.commit(ASSISTED);
    world.dev.git(["branch", "topic"]);
    const { status, stdout } = explain(world, "HEAD", "--branch", "topic");
    expect(status).toBe(0);
    expect(stdout).toContain("topic, which the policy does not protect: anything may land");
  });

  it("under warn says what would be refused, and passes", () => {
    using world = openPushWorld({ policy: `${POLICY}mode: warn\n` });
    world.dev.commit(ASSISTED);
    const { status, stdout } = explain(world, "HEAD");
    expect(status).toBe(0);
    expect(stdout).toContain("would be refused (mode: warn)");
  });

  it("says which merge was co-signed in its place, before and after that landed", () => {
    const ada = makeSigner();
    using world = openPushWorld({ policy: signedPolicy({ ada: [ada.line] }, "proof: signed, coverage: merge") });
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "topic"]);
    const work = dev.commit(ASSISTED);
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--no-ff", "-m", "Merge\n\nReviewed-by: R <r@acme.example>", "topic"]);
    const merge = cosignHead(dev, ada);
    const expected = `co-sign   ada@acme.example for the merge ${merge.slice(0, 12)}, signed: counts\nverdict   may land\n`;
    expect(explain(world, work)).toEqual({ status: 0, stdout: expect.stringContaining(expected) });
    dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    expect(explain(world, work)).toEqual({ status: 0, stdout: expect.stringContaining(expected) });
    expect(explain(world, merge).status).toBe(0);
  });

  it("is for the range that it ends itself, where HEAD does not reach it", () => {
    using world = openPushWorld();
    const { dev } = world;
    const elsewhere = dev.commit(ASSISTED);
    dev.git(["reset", "-q", "--hard", "HEAD^"]);
    dev.commit("Work by hand\n");
    expect(explain(world, elsewhere).status).toBe(1);
    expect(explain(world, "HEAD").status).toBe(0);
  });

  it("takes any revision that names a commit", () => {
    using world = openPushWorld();
    const oid = world.dev.commit(ASSISTED);
    world.dev.git(["tag", "-a", "-m", "x", "v1"]);
    for (const revision of [oid, oid.slice(0, 8), "v1", "main", "main^0", ":/Retry"]) {
      expect(explain(world, revision).stdout).toContain(`commit    ${oid} "Retry uploads"`);
    }
  });

  it("escapes what others wrote", () => {
    using world = openPushWorld();
    world.dev.commit(`a\u001b[2K\u202e\r\n\n${CLAUDE}\nCo-signed-by: x\u200b <x@x>\n`, {
      author: "\u202eEve <e\u200b@x>",
    });
    expect(explain(world, "HEAD").stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});

describe("explain cannot tell", () => {
  it.each<[what: string, args: readonly string[], code: string]>([
    ["of no commit", [], "OPTION_INVALID"],
    ["of an unknown one", ["nothing"], "REVISION_UNKNOWN"],
    ["of a tree", ["HEAD^{tree}"], "REVISION_UNKNOWN"],
    ["of a range", ["HEAD^..HEAD"], "REVISION_UNKNOWN"],
  ])("%s", (_, args, code) => {
    using world = openPushWorld();
    expectFault(countersign(world.dev, ["explain", ...args]), code);
  });
});
