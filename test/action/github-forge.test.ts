import { parseObjectId } from "@countersign/core";
import recordedStatuses from "@octokit/fixtures/scenarios/api.github.com/create-status/normalized-fixture.json" with {
  type: "json",
};
import recordedRepository from "@octokit/fixtures/scenarios/api.github.com/get-repository/normalized-fixture.json" with {
  type: "json",
};
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Forge, github } from "../../packages/action/src/index.ts";
import { openPushWorld, type PushWorld } from "../rig/worlds/push-world.ts";
import { GithubServer, REPOSITORY, TOKEN } from "./github-server.ts";
import { examplePull, exampleReview } from "./payloads.ts";

const GIVEN = "2026-11-20T10:00:00Z";

/** How many things there are: more than one page of them. */
const MANY = 250;
const many = <Item>(make: (index: number) => Item): readonly Item[] =>
  Array.from({ length: MANY }, (_, at) => make(at));

describe("a repository on GitHub", () => {
  let world: PushWorld;
  let server: GithubServer;
  let forge: Forge;
  let head = "";
  beforeAll(async () => {
    world = openPushWorld();
    server = new GithubServer(world.server);
    await server.listen();
    head = world.dev.oid("HEAD");
    world.dev.git(["push", "-q", "--no-verify", "origin", "HEAD:refs/pull/12/head"]);
    server.open(12, head);
  });
  beforeEach(() => {
    const access = { api: `${server.url}/api/v3`, server: server.url, repository: REPOSITORY, token: TOKEN };
    forge = github(access);
    Object.assign(server, { activity: undefined, rules: [], meanwhile: () => undefined });
    server.reviews.clear();
    server.events.clear();
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    world[Symbol.dispose]();
  });

  const reviewsNow = async () => forge.reviews(await forge.request(12));

  describe("is read to the end: what stands on a later page", () => {
    it("is a review that takes an approval back", async () => {
      const comments = many((at) => ({ ...exampleReview("eve", head, GIVEN), id: at + 10, state: "COMMENTED" }));
      const approved = { ...exampleReview("ada-l", head, GIVEN), id: 1 };
      const refused = { ...exampleReview("ada-l", head, "2026-11-20T11:00:00Z"), id: 2, state: "CHANGES_REQUESTED" };
      server.reviews.set(12, [approved, ...comments, refused]);
      const { reviews } = await reviewsNow();
      expect(reviews).toHaveLength(MANY + 2);
      expect(reviews.at(-1)).toMatchObject({ state: "changes-requested", reviewer: { login: "ada-l" } });
    });

    it("is a turn to another branch", async () => {
      server.reviews.set(12, [exampleReview("ada-l", head, GIVEN)]);
      const labels = many(() => ({ event: "labeled", created_at: GIVEN }));
      server.events.set(12, [...labels, { event: "base_ref_changed", created_at: "2026-11-20T11:00:00Z" }]);
      expect((await reviewsNow()).reviews).toMatchObject([{ turned: true }]);
    });

    it("is a status", async () => {
      const statuses = many((at) => ({ context: `build ${at}`, state: "success", description: "" }));
      server.statuses.set(head, [...statuses, { context: "countersign (main)", state: "failure", description: "no" }]);
      const known = await forge.statuses(parseObjectId(head));
      expect(known.get("countersign (main)")).toMatchObject({ state: "failure", title: "no" });
    });

    it("is a rule", async () => {
      const queue = { type: "merge_queue", parameters: { merge_method: "REBASE" } };
      server.rules = [...many(() => ({ type: "deletion" })), queue];
      expect(await forge.waysOfMerging("main")).toEqual(["rebase"]);
    });

    it("is our comment, which is written again and not a second time", async () => {
      for (let times = 0; times < MANY; times += 1) server.comment(12, "Looks good", "eve");
      const own = server.comment(12, "<!-- countersign -->\nold", "github-actions[bot]");
      await forge.writeComment(12, { marker: "<!-- countersign -->", text: "new", onlyIfThere: false });
      expect(own.body).toBe("<!-- countersign -->\nnew");
      expect(server.comments.get(12)).toHaveLength(MANY + 1);
    });
  });

  it("is asked once for a pull request whose reviews are read", async () => {
    server.reviews.set(12, [exampleReview("ada-l", head, GIVEN)]);
    server.asked.length = 0;
    expect((await reviewsNow()).makers).not.toEqual([]);
    expect(server.asked.filter((asked) => asked.endsWith("/pulls/12"))).toHaveLength(1);
  });

  it("with more than can be read is a failure, and not what was read of it", async () => {
    const full = JSON.stringify(Array.from({ length: 100 }, () => exampleReview("eve", head, GIVEN)));
    server.meanwhile = (asked) => (asked.includes("/reviews?") ? { status: 200, body: full } : undefined);
    await expect(reviewsNow()).rejects.toMatchObject({ code: "FORGE_FAILED" });
    server.meanwhile = (asked) => (asked.includes("/reviews?") ? { status: 200, body: "" } : undefined);
    await expect(reviewsNow()).rejects.toMatchObject({ code: "FORGE_FAILED" });
  });

  describe("says who pushed the head last:", () => {
    const push = (login: string, after: string) => ({
      activity_type: "push",
      ref: "refs/heads/changes",
      before: "0".repeat(40),
      after,
      actor: { login, id: 7001, type: "User" },
    });
    const pushes = async () => {
      server.reviews.set(12, [exampleReview("ada-l", head, GIVEN)]);
      const { makers = [], isPusherUnknown } = await reviewsNow();
      return { makers: makers.map(({ login }) => login), isPusherUnknown };
    };
    const [OPENER, OTHER] = ["Codertocat", "3d".repeat(20)];

    it("whoever it was, though others pushed something else meanwhile", async () => {
      server.activity = [push("eve", OTHER), push("ada-l", head), push("bob-b", OTHER)];
      expect(await pushes()).toEqual({ makers: [OPENER, "ada-l"], isPusherUnknown: false });
    });

    it.each<[string, () => void]>([
      ["in a fork that the token may not see", () => refuse(404)],
      ["in a repository whose activity it may not read", () => refuse(403)],
      ["of a head that nothing is told of", () => void Object.assign(server, { activity: [push("eve", OTHER)] })],
      [
        "by an account that is gone",
        () => void Object.assign(server, { activity: [{ ...push("", head), actor: null }] }),
      ],
      [
        "in a fork that is gone",
        () => {
          const pull = examplePull({ number: 12, base: "main", head, state: "open", title: "" });
          const body = JSON.stringify({ ...pull, head: { ...pull.head, repo: null } });
          server.meanwhile = (asked) => (asked.endsWith("/pulls/12") ? { status: 200, body } : undefined);
        },
      ],
    ])("nobody knows %s", async (_, arrange) => {
      arrange();
      expect(await pushes()).toEqual({ makers: [OPENER], isPusherUnknown: true });
    });

    it("and is asked again where it limits requests", async () => {
      let limited = 0;
      server.meanwhile = (asked) =>
        asked.includes("/activity") && limited++ === 0
          ? { status: 403, headers: { "retry-after": "0", "x-ratelimit-remaining": "0" } }
          : undefined;
      expect(await pushes()).toEqual({ makers: [OPENER, OPENER], isPusherUnknown: false });
    });

    const refuse = (status: number): void => {
      server.meanwhile = (asked) => (asked.includes("/activity") ? { status, body: '{"message":"x"}' } : undefined);
    };
  });

  it("answers as it was recorded to", async () => {
    const answers = new Map(recordedStatuses.map(({ method, path, response }) => [`${method} ${path}`, response]));
    const [commit] = /[0-9a-f]{40}/.exec(recordedStatuses[0]?.path ?? "") ?? [""];
    const recorded = answers.get(`get /repos/octokit-fixture-org/create-status/commits/${commit}/status`);
    server.meanwhile = (asked) =>
      asked.includes("/status?") ? { status: 200, body: JSON.stringify(recorded) } : undefined;
    const known = await forge.statuses(parseObjectId(commit));
    expect([...known].map(([context, { state, title }]) => [context, state, title])).toEqual([
      ["example/1", "failure", "create-status failure test"],
      ["example/2", "success", "create-status success test"],
    ]);
    // A repository's own page has what a pull request says of its base.
    const repository = recordedRepository[0]?.response;
    const pull = examplePull({ number: 12, base: "main", head, state: "open", title: "" });
    const body = JSON.stringify({ ...pull, base: { ...pull.base, repo: repository } });
    server.meanwhile = (asked) => (asked.endsWith("/pulls/12") ? { status: 200, body } : undefined);
    expect(await forge.request(12)).toMatchObject({ defaultBranch: repository?.default_branch, head });
  });
});
