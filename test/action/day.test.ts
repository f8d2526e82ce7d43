import { describe, expect, it } from "vitest";
import { pushUpload } from "../cosign/clones.ts";
import { cosign } from "../cosign/terminal-session.ts";
import { CLAUDE } from "../rig/push-world.ts";
import { land, merge, squash, squashedMessage } from "./buttons.ts";
import { openGateWorld } from "./gate-world.ts";
import { landedEvent } from "./payloads.ts";

const CONTEXT = "countersign (main)";

describe("the day of a team", () => {
  it("an agent's pull request turns red, one command of a senior turns it green, and what lands is clean", async () => {
    await using world = await openGateWorld();
    const { github, server, senior } = world;
    const head = pushUpload(world);
    github.open(12, head);

    const red = await world.judge(12, "opened");
    expect(red.status).toBe(1);
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "failure" });
    expect(github.statuses.get(head)?.[0]?.description).toBe("COSIGN_MISSING: a senior can run countersign cosign 12");
    const [comment] = github.comments.get(12) ?? [];
    expect(comment?.body).toContain("Ada Lovelace");
    expect(comment?.body).toContain("```sh\ncountersign cosign 12\n```");
    expect(red.stdout).toContain("::error file=retry.txt,line=1,title=COSIGN_MISSING::");
    expect(red.summary).toContain("### countersign: refused");

    const signed = await cosign(senior, ["12"]);
    expect({ status: signed.status, screen: signed.screen }).toMatchObject({ status: 0 });
    const refs = server.git(["for-each-ref", "refs/pull", "refs/heads/upload"]);
    expect((await world.dispatch({ branches: "main" })).status).toBe(0);
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "success" });
    expect(server.git(["for-each-ref", "refs/pull", "refs/heads/upload"])).toBe(refs);
    expect(github.comments.get(12)).toHaveLength(1);
    expect(comment?.body).toContain("### countersign: allowed");

    const main = server.oid("refs/heads/main");
    const messages = [`Retry uploads\n\n${CLAUDE}`, "Say so", `Wait longer\n\n${CLAUDE}`];
    const landed = land(server, "main", squash(server, main, head, squashedMessage("Retry uploads", 12, messages)));
    const audited = await world.gate("push", landedEvent("refs/heads/main", landed));
    expect({ status: audited.status, stdout: audited.stdout }).toEqual({
      status: 0,
      stdout: "countersign: may land: 1 new commit, 1 AI-assisted\n",
    });
  });

  it("the same by the merge button, and a commit that came in without a co-sign shows afterwards", async () => {
    await using world = await openGateWorld();
    const { github, server, senior, dev } = world;
    const head = pushUpload(world);
    github.open(12, head);
    expect((await cosign(senior, ["12"])).status).toBe(0);
    expect((await world.judge(12)).status).toBe(0);
    const merged = land(server, "main", merge(server, server.oid("refs/heads/main"), head, 12));
    expect((await world.gate("push", landedEvent("refs/heads/main", merged))).status).toBe(0);

    dev.commit(`Past the gate\n\n${CLAUDE}\n`);
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:past"]);
    const past = land(server, "main", squash(server, merged.after, dev.oid("HEAD"), `Past the gate\n\n${CLAUDE}\n`));
    const audited = await world.gate("push", landedEvent("refs/heads/main", past));
    expect(audited.status).toBe(1);
    expect(audited.stdout).toContain("title=COSIGN_MISSING::");
  });
});
