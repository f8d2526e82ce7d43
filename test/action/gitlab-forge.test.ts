import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Forge, gitlab } from "../../packages/action/src/index.ts";
import { type CosignWorld, openCosignWorld } from "../cosign/cosign-world.ts";
import { API_TOKEN, GitlabServer, PROJECT } from "./gitlab-server.ts";

describe("a project on GitLab that a service asks for days", () => {
  let world: CosignWorld;
  let server: GitlabServer;
  let forge: Forge;
  beforeAll(async () => {
    world = openCosignWorld();
    server = new GitlabServer(world.server);
    await server.listen();
    server.open(12, world.dev.oid("HEAD"));
    forge = gitlab({ server: server.url, project: PROJECT, token: API_TOKEN });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    world[Symbol.dispose]();
  });

  it("is seen as it is set up when a request is judged, not as it was at the first", async () => {
    await forge.request(12);
    expect(await forge.waysOfMerging("main")).toEqual(["merge", "squash"]);
    Object.assign(server.settings, { merge_method: "ff", squash_option: "never" });
    await forge.request(12);
    expect(await forge.waysOfMerging("main")).toEqual(["rebase"]);
  });

  it("is asked again after it did not answer", async () => {
    const fresh = gitlab({ server: server.url, project: PROJECT, token: API_TOKEN });
    const project = `GET /projects/${encodeURIComponent(PROJECT)}`;
    server.meanwhile = (asked) => (asked === project ? { status: 403 } : undefined);
    await expect(fresh.request(12)).rejects.toMatchObject({ code: "FORGE_FAILED" });
    server.meanwhile = () => undefined;
    expect(await fresh.request(12)).toMatchObject({ number: 12, defaultBranch: "main" });
  });

  it("is not waited for after a comment failed that is not written again", async () => {
    server.meanwhile = (asked) =>
      asked.startsWith("POST ") ? { status: 502, headers: { "retry-after": "60" } } : undefined;
    const writing = forge.writeComment(12, { marker: "<!-- countersign -->", text: "no", onlyIfThere: false });
    await expect(writing).rejects.toMatchObject({ code: "FORGE_FAILED" });
    expect(server.asked.filter((asked) => asked.startsWith("POST "))).toHaveLength(1);
    server.meanwhile = () => undefined;
  }, 10_000);

  it("is asked once for a merge request whose approvals are read", async () => {
    server.open(14, world.dev.oid("HEAD"), { approvals: [{ user: { id: 9, username: "ada" } }] });
    server.asked.length = 0;
    expect((await forge.reviews(await forge.request(14))).makers).toEqual([{ login: "bob", id: 8 }]);
    expect(server.asked.filter((asked) => asked.endsWith("/merge_requests/14"))).toHaveLength(1);
  });

  it.each(["approvals", "versions", "notes"])(
    "has the fault name what was asked where its %s are not as they should be",
    async (kind) => {
      server.open(13, world.dev.oid("HEAD"), { approvals: [{ user: { id: 9, username: "ada" } }] });
      const request = await forge.request(13);
      server.meanwhile = (asked) =>
        asked.includes(`/merge_requests/13/${kind}`) ? { status: 200, body: "[3]" } : undefined;
      const asked = expect.stringContaining(`/merge_requests/13/${kind}`);
      await expect(forge.reviews(request)).rejects.toMatchObject({ code: "FORGE_FAILED", what: asked });
      server.meanwhile = () => undefined;
    },
  );
});
