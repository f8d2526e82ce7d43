import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LEDGER, pushUpload } from "../cosign/clones.ts";
import { cosign } from "../cosign/terminal-session.ts";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { land, merge, squash, squashedMessage } from "./buttons.ts";
import { type GateRun, openGateWorld } from "./gate-world.ts";
import { commentEvent, example, exampleReview, landedEvent, queueEvent, reviewedEvent } from "./payloads.ts";
import { ASSISTED, BY_HAND, CONTEXT, nameAccount, openPull } from "./pulls.ts";
import { recordsIn } from "./records-in.ts";

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

  it("with an approval on the forge, where the policy has it count: nobody needs a key", async () => {
    await using world = await openGateWorld("cosign: { proof: reviewed }\n");
    const { github, server, scratch } = world;
    const key = makeSshKey(scratch, "witness", ["-t", "ed25519"]);
    nameAccount(world, `ledger: ${LEDGER}\nwitnesses: [{ name: gate, keys: ["${key.line}"] }]\n`);

    const head = openPull(world, 14, [ASSISTED, BY_HAND]);
    const red = await world.judge(14, "opened");
    expect(red.status).toBe(1);
    expect(red.stdout).toContain("an approving review or signed co-sign");
    github.reviews.set(14, [exampleReview("ada-l", head, "2026-11-28T10:00:00Z")]);
    const green = await world.dispatch({ pull: "14" });
    expect({ status: green.status, witness: green.outputs["witness"] }).toEqual({ status: 0, witness: "true" });
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "success" });

    // A review starts a workflow of its own, and that one the gate: nobody has to.
    const approval = exampleReview("ada-l", head, "2026-11-28T10:00:00Z");
    for (const [state, verdict] of [
      ["DISMISSED", "failure"],
      ["APPROVED", "success"],
    ] as const) {
      github.reviews.set(14, [{ ...approval, state }]);
      expect((await world.gate("workflow_run", reviewedEvent(head))).status).toBe(0);
      expect(github.verdictOn(head)).toEqual({ [CONTEXT]: verdict });
    }

    // The workflow's job that has the witness's key writes down what the forge may forget.
    const dispatched = { ...example("workflow_dispatch"), inputs: { pull: "14" } };
    const without = await world.gate("workflow_dispatch", dispatched, "witness");
    expect({ status: without.status, stdout: without.stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining("no witness key"),
    });
    const env = { INPUT_WITNESS_KEY: readFileSync(key.path, "utf8") };
    const written = await world.gate("workflow_dispatch", dispatched, "witness", env);
    expect({ status: written.status, stdout: written.stdout }).toEqual({
      status: 0,
      stdout: "countersign: pull request 14: approvals in the ledger: 1; withdrawn: 0\n",
    });

    const main = server.oid("refs/heads/main");
    const landed = land(server, "main", squash(server, main, head, `Retry uploads (#14)\n\n${CLAUDE}\n`));
    github.open(14, head).state = "closed";
    github.reviews.delete(14);
    const audited = await world.gate("push", landedEvent("refs/heads/main", landed));
    expect({ status: audited.status, stdout: audited.stdout }).toEqual({
      status: 0,
      stdout: "countersign: may land: 1 new commit, 1 AI-assisted\n",
    });

    // An approval that is taken back while the request is open is taken back in the ledger too.
    const again = openPull(world, 16, [ASSISTED]);
    const witnessNow = async () =>
      (await world.gate("workflow_dispatch", { ...dispatched, inputs: { pull: "16" } }, "witness", env)).stdout;
    const given = exampleReview("ada-l", again, "2026-11-28T10:00:00Z");
    github.reviews.set(16, [given]);
    expect(await witnessNow()).toContain("approvals in the ledger: 1; withdrawn: 0\n");
    github.reviews.set(16, [{ ...given, state: "DISMISSED" }]);
    expect(await witnessNow()).toContain("approvals in the ledger: 0; withdrawn: 1\n");

    // Pushed to afterwards, the branch needs another approval.
    const later = openPull(world, 15, [ASSISTED]);
    github.reviews.set(15, [exampleReview("ada-l", head, "2026-11-28T10:00:00Z")]);
    expect((await world.judge(15)).status).toBe(1);
    expect(github.verdictOn(later)).toEqual({ [CONTEXT]: "failure" });
  });

  it("with an approval on the forge that merges it at once: what landed is written down then", async () => {
    await using world = await openGateWorld("cosign: { proof: reviewed }\n");
    const { github, server, scratch, dev } = world;
    const key = makeSshKey(scratch, "witness", ["-t", "ed25519"]);
    nameAccount(world, `ledger: ${LEDGER}\nwitnesses: [{ name: gate, keys: ["${key.line}"] }]\n`);
    const env = { INPUT_WITNESS_KEY: readFileSync(key.path, "utf8") };

    const head = openPull(world, 14, [ASSISTED]);
    github.reviews.set(14, [exampleReview("ada-l", head, "2026-11-28T10:00:00Z")]);
    expect((await world.judge(14)).outputs["witness"]).toBe("true");
    const main = server.oid("refs/heads/main");
    const landed = land(server, "main", squash(server, main, head, `Retry uploads (#14)\n\n${CLAUDE}\n`));
    github.open(14, head).state = "closed";
    github.landed.set(landed.after, [14]);
    const pushed = landedEvent("refs/heads/main", landed);
    const before = github.asked.length;
    const audited = await world.gate("push", pushed);
    expect({ status: audited.status, witness: audited.outputs["witness"] }).toEqual({ status: 0, witness: "true" });
    expect(github.asked.slice(before).filter((asked) => /\/commits\/\w+\/pulls/.test(asked))).toHaveLength(1);
    // One of them that GitHub cannot show keeps the other from nothing.
    github.landed.set(landed.after, [9, 14]);
    const written = await world.gate("push", pushed, "witness", env);
    expect(written.status).toBe(2);
    expect(written.stdout).toContain("/pulls/9");
    expect(written.stdout).toContain("countersign: pull request 14: approvals in the ledger: 1; withdrawn: 0\n");
    // Without what GitHub says, by the record alone.
    github.landed.clear();
    const clean = await world.gate("push", pushed);
    expect({ status: clean.status, stdout: clean.stdout }).toEqual({
      status: 0,
      stdout: "countersign: may land: 1 new commit, 1 AI-assisted\n",
    });

    // What came by no pull request starts nothing.
    dev.git(["fetch", "-q", "origin"]);
    dev.git(["switch", "-q", "--detach", "origin/main"]);
    dev.commit(BY_HAND);
    dev.git(["push", "-q", "--no-verify", "origin", "HEAD:main"]);
    const direct = landedEvent("refs/heads/main", { before: landed.after, after: dev.oid("HEAD") });
    const plain = await world.gate("push", direct);
    expect({ status: plain.status, witness: plain.outputs["witness"] }).toEqual({ status: 0, witness: undefined });
  });

  it("from a fork, whose senior may not push: the co-sign comes in a comment", async () => {
    await using world = await openGateWorld();
    const { github, server, senior } = world;
    const head = openPull(world, 13, [ASSISTED, BY_HAND]);
    expect((await world.judge(13, "opened")).status).toBe(1);
    expect(github.comments.get(13)?.[0]?.body).toContain("add `--print`");

    const { status, screen } = await cosign(senior, ["13", "--print"]);
    expect(status).toBe(0);
    const record = recordsIn(screen);
    const kept = await world.gate("issue_comment", commentEvent(13, `Here it is:\r\n\r\n${record}`), "records");
    expect({ status: kept.status, stdout: kept.stdout }).toEqual({
      status: 0,
      stdout: "countersign: 1 of 1 records kept in the ledger\n",
    });
    expect((await world.dispatch({ pull: "13" })).status).toBe(0);
    expect(github.verdictOn(head)).toEqual({ [CONTEXT]: "success" });

    const landed = land(
      server,
      "main",
      squash(server, server.oid("refs/heads/main"), head, `Retry uploads (#13)\n\n${CLAUDE}\n`),
    );
    expect((await world.gate("push", landedEvent("refs/heads/main", landed))).status).toBe(0);
  });

  it("through a merge queue with three entries, of which each stands on those before it", async () => {
    await using world = await openGateWorld();
    const { github, server, senior } = world;
    const heads = [1, 2, 3].map((number) =>
      openPull(world, number, [ASSISTED, BY_HAND], { files: { [`file-${number}.txt`]: `${number}\n` } }),
    );
    for (const number of ["1", "3"]) expect((await cosign(senior, [number])).status).toBe(0);
    const stack = (entries: readonly number[]): string =>
      entries.reduce(
        (below, number) => squash(server, below, heads[number - 1] ?? "", `Retry uploads (#${number})\n\n${CLAUDE}\n`),
        server.oid("refs/heads/main"),
      );
    const judge = (group: string, number: number): Promise<GateRun> =>
      world.gate("merge_group", queueEvent(server, group, number));

    const blocked = stack([1, 2, 3]);
    const refused = await judge(blocked, 3);
    expect(refused.status).toBe(1);
    expect(github.verdictOn(blocked)).toEqual({ [CONTEXT]: "failure" });
    expect(refused.stdout.match(/"Retry uploads \(#\d\)"/g)).toEqual(['"Retry uploads (#2)"']);

    // The queue drops the second entry, and the third stands on another parent.
    const smaller = stack([1, 3]);
    expect((await judge(smaller, 3)).status).toBe(0);
    expect(github.verdictOn(smaller)).toEqual({ [CONTEXT]: "success" });

    expect((await cosign(senior, ["2"])).status).toBe(0);
    expect((await judge(blocked, 3)).status).toBe(0);
    const landed = land(server, "main", blocked);
    const audited = await world.gate("push", landedEvent("refs/heads/main", landed));
    expect(audited.stdout).toBe("countersign: may land: 3 new commits, 3 AI-assisted\n");
  });
});
