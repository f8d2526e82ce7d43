import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GateWorld, openGateWorld } from "./gate-world.ts";
import { exampleReview, landedEvent, pullEvent } from "./payloads.ts";
import { ASSISTED, BY_HAND, CONTEXT, COSIGNED, nameAccount, openPull, proposeHead, TYPED } from "./pulls.ts";

const OTHER = "countersign (release/1)";
/** A squash by the button would lose what stands in messages. */
const NO_SQUASH = { allow_squash_merge: false };

describe("a verdict on a pull request", () => {
  let world: GateWorld;
  beforeAll(async () => {
    world = await openGateWorld(`  - branches: ["release/*"]\n${TYPED}`);
    Object.assign(world.github.settings, NO_SQUASH);
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:release/1", "main:docs"]);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  it("is for one branch: turned to another, the same head is judged again and the old verdict is not used", async () => {
    const { github, dev, server } = world;
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.commit(ASSISTED);
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:release/1"]);
    const pull = { number: 1, base: "release/1" };
    const head = openPull(world, 1, [BY_HAND], { base: pull.base, from: dev.oid("HEAD") });
    expect((await world.judge(1, "opened")).status).toBe(0);
    expect(github.verdictOn(head)).toEqual({ [OTHER]: "success" });

    const turned = github.pulls.get(1);
    if (turned) turned.base = "main";
    expect((await world.judge(1, "edited")).status).toBe(1);
    expect(github.verdictOn(head)).toEqual({ [OTHER]: "success", [CONTEXT]: "failure" });
    server.git(["update-ref", "refs/heads/release/1", server.oid("refs/heads/main")]);
  });

  it("is each pull request's own where two share a head", async () => {
    const { github } = world;
    const head = openPull(world, 2, [COSIGNED]);
    github.open(3, head, "release/1");
    for (const number of [2, 3]) expect((await world.judge(number)).status).toBe(0);
    expect(github.verdictOn(head)).toEqual({ [OTHER]: "success", [CONTEXT]: "success" });
  });

  it("is none where the policy does not protect the branch: no status, and no failure", async () => {
    const { github } = world;
    const head = openPull(world, 4, [ASSISTED], { base: "docs" });
    const ran = await world.judge(4, "opened");
    expect({ status: ran.status, stdout: ran.stdout }).toEqual({
      status: 0,
      stdout: "countersign: not judged: the policy does not protect docs\n",
    });
    expect(github.verdictOn(head)).toEqual({});
    expect(github.comments.get(4)).toBeUndefined();
  });

  it("stands on the commit that was judged, where another is pushed meanwhile", async () => {
    const { github, dev } = world;
    const first = openPull(world, 5, [COSIGNED]);
    let second = "";
    github.meanwhile = (asked) => {
      if (!asked.includes("/rules/") || second !== "") return undefined;
      dev.commit(ASSISTED);
      second = proposeHead(world, 5);
      return undefined;
    };
    expect((await world.judge(5)).status).toBe(1);
    github.meanwhile = () => undefined;
    expect(github.verdictOn(first)).toEqual({ [CONTEXT]: "pending" });
    expect(github.verdictOn(second)).toEqual({ [CONTEXT]: "failure" });
  });

  it("is a failure where something moves each time", async () => {
    const { github, dev } = world;
    openPull(world, 6, [COSIGNED]);
    github.meanwhile = (asked) => {
      if (!asked.includes("/rules/")) return undefined;
      dev.commit(COSIGNED);
      proposeHead(world, 6);
      return undefined;
    };
    const ran = await world.judge(6);
    github.meanwhile = () => undefined;
    expect(ran.status).toBe(2);
    expect(ran.stdout).toContain("title=REQUEST_RACED::");
    expect(github.verdictOn(github.headOf(6))).toEqual({ [CONTEXT]: "failure" });
  });

  it("is given again where the target moves meanwhile, and says so of what it has then", async () => {
    const { github, dev, server } = world;
    const before = server.oid("refs/heads/main");
    const head = openPull(world, 7, [COSIGNED], { files: { "retry.txt": "1\n" } });
    let moved = false;
    github.meanwhile = (asked) => {
      if (!asked.includes("/rules/") || moved) return undefined;
      moved = true;
      dev.git(["switch", "-q", "--detach", before]);
      dev.commit("Conflict\n", { files: { "retry.txt": "2\n" } });
      dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
      return undefined;
    };
    const ran = await world.judge(7);
    github.meanwhile = () => undefined;
    expect(ran.status).toBe(2);
    expect(ran.stdout).toContain("title=MERGE_CONFLICT::");
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
    server.git(["update-ref", "refs/heads/main", before]);
    dev.git(["fetch", "-q", "origin"]);
  });

  it.each([
    ["has no commits", []],
    ["has a person's commits alone", [BY_HAND]],
  ])("allows one that %s", async (_, messages) => {
    const head = openPull(world, 8, messages);
    expect((await world.judge(8)).status).toBe(0);
    expect(world.github.verdictOn(head)[CONTEXT]).toBe("success");
  });

  it("says nothing twice: judged again, it writes no status, no comment, and asks for no list of commits or files", async () => {
    const { github } = world;
    const head = openPull(world, 9, [ASSISTED, ...Array.from({ length: 30 }, () => BY_HAND)]);
    await world.judge(9, "opened");
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
    github.asked.length = 0;
    await world.dispatch({ pull: "9" });
    expect(github.asked.filter((asked) => !asked.startsWith("GET "))).toEqual([]);
    expect(github.asked.filter((asked) => /\/pulls\/\d+\/(?:commits|files)/.test(asked))).toEqual([]);
    expect(github.asked.length).toBeLessThanOrEqual(9);
  });

  it("is a closed pull request's no more", async () => {
    const head = openPull(world, 10, [ASSISTED]);
    world.github.open(10, head).state = "closed";
    const ran = await world.judge(10);
    expect({ status: ran.status, stdout: ran.stdout }).toEqual({
      status: 0,
      stdout: "countersign: pull request 10 is not open\n",
    });
    expect(world.github.verdictOn(head)).toEqual({});
  });

  it("is not of the event: what that says of ids and branches may be an hour old", async () => {
    const head = openPull(world, 11, [ASSISTED]);
    const stale = { number: 11, base: "docs", head: "3d".repeat(20), state: "open", title: "" };
    expect((await world.gate("pull_request_target", pullEvent("synchronize", stale))).status).toBe(1);
    expect(world.github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
    expect(world.github.verdictOn(stale.head)).toEqual({});
  });
});

it("a verdict on an open pull request is given again when the policy in force changes, and by nothing else that lands", async () => {
  await using world = await openGateWorld(TYPED);
  const { github, dev, server } = world;
  Object.assign(github.settings, NO_SQUASH);
  const head = openPull(world, 1, [COSIGNED]);
  expect((await world.judge(1)).status).toBe(0);
  const land = async (files: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
    const before = server.oid("refs/heads/main");
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    const after = dev.commit("Go on\n", { files });
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
    dev.git(["fetch", "-q", "origin"]);
    await world.gate("push", landedEvent("refs/heads/main", { before, after }));
    return [github.verdictOn(head), github.statuses.get(head)?.length];
  };
  const written = github.statuses.get(head)?.length;
  expect(await land({ "notes.txt": "n\n" })).toEqual([{ [CONTEXT]: "success" }, written]);
  const policy = server.git(["show", "main:countersign.config.yaml"]);
  const [verdict] = await land({
    "countersign.config.yaml": `${policy.replace("proof: declared", "proof: signed")}\n`,
  });
  expect(verdict).toEqual({ [CONTEXT]: "failure" });
});

describe("a pull request that the buttons would merge", () => {
  it("is judged by those that are there: a squash loses a co-sign in a message, and where nobody can squash it counts", async () => {
    await using world = await openGateWorld(TYPED);
    const { github } = world;
    const head = openPull(world, 1, [COSIGNED]);
    const lost = await world.judge(1);
    expect(lost.status).toBe(1);
    expect(lost.stdout).toContain("title=COSIGN_LOST::");
    github.rules = [{ type: "pull_request", parameters: { allowed_merge_methods: ["merge", "rebase"] } }];
    expect((await world.judge(1)).status).toBe(0);
    github.rules = [];
    Object.assign(github.settings, { allow_squash_merge: false });
    expect((await world.judge(1)).status).toBe(0);
    // What cannot be learned is judged for every way.
    github.meanwhile = (asked) => (asked.includes("/rules/") ? { status: 404 } : undefined);
    expect((await world.judge(1)).status).toBe(0);
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "success" });
  });
});

it("a verdict on an approved pull request stands where nobody reviews meanwhile, and is given again where a review is dismissed", async () => {
  await using world = await openGateWorld("cosign: { proof: reviewed }\n");
  const { github } = world;
  nameAccount(world);
  const head = openPull(world, 1, [ASSISTED]);
  const review = exampleReview("ada-l", head, "2026-11-28T10:00:00Z");
  github.reviews.set(1, [review]);
  expect((await world.judge(1)).status).toBe(0);
  // It is asked after the reviews.
  github.meanwhile = (asked) => {
    if (asked.includes("/activity")) github.reviews.set(1, [{ ...review, state: "DISMISSED" }]);
    return undefined;
  };
  const ran = await world.judge(1);
  expect({ status: ran.status, stdout: ran.stdout }).toEqual({
    status: 1,
    stdout: expect.stringContaining("title=COSIGN_MISSING::"),
  });
  expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
  let asked = 0;
  github.meanwhile = (path) => {
    const state = path.includes("/reviews") && ++asked % 2 === 0 ? "DISMISSED" : "APPROVED";
    github.reviews.set(1, [{ ...review, state }]);
    return undefined;
  };
  const raced = await world.judge(1);
  expect(raced.status).toBe(2);
  expect(raced.stdout).toContain("title=REQUEST_RACED::");
});
