import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushUpload } from "../cosign/clones.ts";
import { cosign } from "../cosign/terminal-session.ts";
import { land, merge, squash } from "./buttons.ts";
import { API_TOKEN } from "./gitlab-server.ts";
import { type GitlabWorld, openGitlabWorld } from "./gitlab-world.ts";

describe("the gate in a job of GitLab", () => {
  it("turns red by git alone, green by a co-sign and a run again, and finds clean what was squashed", async () => {
    await using world = await openGitlabWorld();
    const { gitlab, server, senior } = world;
    const head = pushUpload(world);
    gitlab.open(12, head);

    const red = await world.judge(12);
    expect(red).toMatchObject({ status: 1, stderr: "" });
    expect(red.stdout).toContain("COSIGN_MISSING");
    expect(red.stdout).toContain("countersign: COSIGN_MISSING: a senior can run countersign cosign '!'12\n");
    expect(red.reports["countersign-junit.xml"]).toContain("<failure");
    expect(JSON.parse(red.reports["countersign-quality.json"] ?? "")[0]).toMatchObject({
      check_name: "COSIGN_MISSING",
      location: { path: "retry.txt" },
    });
    // A job's own token may not use the API.
    expect(gitlab.asked).toEqual([]);

    const signed = await cosign(senior, ["!12"]);
    expect({ status: signed.status, screen: signed.screen }).toMatchObject({ status: 0 });
    const green = await world.judge(12);
    expect({ status: green.status, stderr: green.stderr }).toEqual({ status: 0, stderr: "" });
    expect(green.stdout).toContain("countersign: may land: 3 new commits, 2 AI-assisted\n");
    expect(green.reports["countersign-quality.json"]).toBe("[]\n");

    const landed = land(server, "main", squash(server, server.oid("refs/heads/main"), head, "Retry uploads\n"));
    const audited = await world.job({
      CI_PIPELINE_SOURCE: "push",
      CI_COMMIT_BRANCH: "main",
      CI_COMMIT_BEFORE_SHA: landed.before,
      CI_COMMIT_SHA: landed.after,
    });
    expect({ status: audited.status, stderr: audited.stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("with a token of the project writes one note, and asks how the project merges", async () => {
    await using world = await openGitlabWorld();
    const { gitlab, senior } = world;
    gitlab.note(12, "<!-- countersign -->\nAll is well.", { id: 9, username: "eve" });
    gitlab.open(12, pushUpload(world));
    expect((await world.judge(12, { COUNTERSIGN_TOKEN: API_TOKEN })).status).toBe(1);
    const [, note] = gitlab.notes.get(12) ?? [];
    expect(note?.body).toContain("```sh\ncountersign cosign '!'12\n```\n\nThen run the job again");
    expect((await cosign(senior, ["!12"])).status).toBe(0);
    expect((await world.judge(12, { COUNTERSIGN_TOKEN: API_TOKEN })).status).toBe(0);
    expect(gitlab.notes.get(12)).toHaveLength(2);
    expect(note?.body).toContain("### countersign: allowed");
    expect(gitlab.notes.get(12)?.[0]?.body).toBe("<!-- countersign -->\nAll is well.");
  });

  it("judges the source branch in a merged-result pipeline and in a train, not the commit that GitLab made of it", async () => {
    await using world = await openGitlabWorld();
    const { gitlab, server, senior } = world;
    const head = pushUpload(world);
    gitlab.open(12, head, { source: 8 });
    const made = merge(server, server.oid("refs/heads/main"), head, 12);
    const variables = (type: string): NodeJS.ProcessEnv => ({
      CI_MERGE_REQUEST_EVENT_TYPE: type,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: head,
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: server.oid("refs/heads/main"),
      CI_COMMIT_SHA: made,
    });
    expect((await world.judge(12, variables("merged_result"))).status).toBe(1);
    expect((await cosign(senior, ["!12"])).status).toBe(0);
    expect((await world.judge(12, variables("merge_train"))).status).toBe(0);
    // A fork's own pipeline asks the project that it is to be merged into.
    expect((await world.judge(12, { CI_PROJECT_PATH: "bob/payments" })).status).toBe(0);
  });
});

describe("the gate in a job of GitLab whose variables name", () => {
  let world: GitlabWorld;
  beforeAll(async () => {
    world = await openGitlabWorld();
    world.gitlab.open(12, world.dev.oid("HEAD"));
    world.server.git(["update-ref", "refs/heads/topic", "refs/heads/main"]);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  it.each([
    ["no number", { CI_MERGE_REQUEST_IID: "" }],
    ["what is no number", { CI_MERGE_REQUEST_IID: "12; exit 0" }],
    ["no commit", { CI_COMMIT_SHA: "" }],
    ["no target", { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "" }],
    ["no merge request and no branch", { CI_PIPELINE_SOURCE: "web", CI_MERGE_REQUEST_IID: "" }],
    ["a commit that is not the head any more", { CI_COMMIT_SHA: "1f".repeat(20) }],
    ["a merge request that there is not", { CI_MERGE_REQUEST_IID: "13" }],
    ["a target that there is not", { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main\u202e" }],
    ["a target that is not protected", { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "topic" }],
    ["other ways of merging than there are", { COUNTERSIGN_MERGE: "merge fast-forward" }],
    ["a token that is not the forge's", { COUNTERSIGN_TOKEN: "glpat-old" }],
  ])("%s decides nothing, and does not pass", async (_, variables) => {
    const { status, stdout } = await world.judge(12, variables);
    const [said] = stdout.split("\n");
    expect({ status, said }).toEqual({ status: 2, said: "countersign: cannot decide, so refused" });
  });

  it("what is there lets pass what nobody has to look at", async () => {
    expect((await world.judge(12)).status).toBe(0);
  });
});
