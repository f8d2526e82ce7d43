import { describe, expect, it } from "vitest";
import { attachNote, authorshipLog, recordersPolicy } from "../../rig/agents/records.ts";
import { countersign } from "../../rig/process/countersign.ts";
import { Repo } from "../../rig/repository/repo.ts";
import { attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { pushTo } from "../../rig/worlds/pre-push-hook.ts";
import { COSIGN, openPushWorld, POLICY, type PushWorld } from "../../rig/worlds/push-world.ts";

const policy = recordersPolicy("gitAiNotes");
const PLAIN = "Retry uploads\n";

function explain(world: PushWorld, commit: string): string {
  return countersign(world.dev, ["explain", commit]).stdout;
}

describe("a note of git-ai that attests lines to an agent", () => {
  it.each([0, 1, 2])("refuses a commit without a mark of its own, %i folders deep", (fanOut) => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, world.dev.oid("HEAD~"), authorshipLog("human"), { fanOut: 2 - fanOut });
    attachNote(world.dev, tip, authorshipLog("claude"), { fanOut });
    expectRefused(attempt(world, tip), "COSIGN_MISSING", "made with claude-code (refs/notes/ai)");
  });

  it("asks for no more than a co-sign", () => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(`${PLAIN}\n${COSIGN}\n`);
    attachNote(world.dev, tip, authorshipLog("claude"));
    expectAllowed(attempt(world, tip), "made with claude-code (refs/notes/ai); co-signed by ada@acme.example");
  });

  it("counts where it was fetched from a remote", () => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, tip, authorshipLog("claude"), { ref: "refs/notes/ai-remote/origin" });
    expectRefused(attempt(world, tip), "COSIGN_MISSING", "refs/notes/ai-remote/origin");
  });

  it("counts in a SHA-256 repository", () => {
    using world = openPushWorld({ policy, format: "sha256" });
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, tip, authorshipLog("claude"), { fanOut: 1 });
    expectRefused(attempt(world, tip), "COSIGN_MISSING");
  });

  it("tells explain and check the same", () => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, tip, authorshipLog("claude"));
    expect(explain(world, tip)).toContain(
      "claude-code, note in refs/notes/ai: src/a.ts: s_be3d6789a4739f::t_a1f7a658162ab1 1-4,9\n",
    );
    const { status, stdout } = countersign(world.dev, ["check", "--format", "json"]);
    const [commit] = JSON.parse(stdout).updates[0].judged;
    expect(status).toBe(1);
    expect(commit).toMatchObject({ commit: tip, state: "assisted", agents: ["claude-code"] });
    expect(commit.evidence[0]).toMatchObject({ kind: "note", where: "refs/notes/ai", model: "claude-opus-4-6" });
  });

  it("is found for each of many commits", () => {
    using world = openPushWorld({ policy });
    const commits = Array.from({ length: 60 }, (_, i) => world.dev.commit(`Step ${i}\n`));
    for (const i of [3, 30, 59])
      attachNote(world.dev, commits[i] as string, authorshipLog("claude"), { fanOut: i % 3 });
    const { stderr } = attempt(world, commits[59] as string);
    expect(stderr).toContain("60 new commits, 3 AI-assisted");
    for (const i of [3, 30, 59]) expect(stderr).toContain(`"Step ${i}"`);
  });
});

describe("a note of git-ai lets a commit pass", () => {
  it.each<[what: string, note: string, told: RegExp]>([
    ["that attests lines to people alone", authorshipLog("human"), /state +undeclared\nverdict/],
    ["that is an empty skeleton", authorshipLog("nobody"), /state +undeclared\nverdict/],
    [
      "that names a session without lines",
      authorshipLog("unused"),
      /claude-code, note in refs\/notes\/ai, too weak to count: s_/,
    ],
    [
      "of a later schema",
      authorshipLog("claude", "authorship/4.0.0"),
      /too weak to count: not read: its schema_version is authorship\/4/,
    ],
    ["that is damaged", authorshipLog("claude").slice(0, -9), /too weak to count: not read: .*not a JSON object/],
    ["that is none of git-ai's", "Reviewed by Grace\n", /too weak to count: not read: it has no line ---/],
  ])("%s", (_, note, told) => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, tip, note);
    expectAllowed(attempt(world, tip));
    expect(explain(world, tip)).toMatch(told);
  });

  it("where the policy does not have notes read", () => {
    for (const other of [
      POLICY,
      recordersPolicy("entireCheckpoints", "agentTrace"),
      `${POLICY}evidence: { gitAiNotes: false }\n`,
    ]) {
      using world = openPushWorld({ policy: other });
      const tip = world.dev.commit(PLAIN);
      attachNote(world.dev, tip, authorshipLog("claude"));
      expectAllowed(attempt(world, tip));
    }
  });

  it("where it is another commit's", () => {
    using world = openPushWorld({ policy });
    const other = world.dev.commit(PLAIN, { args: ["--amend"] });
    world.dev.git(["reset", "-q", "--hard", "origin/main"]);
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, other, authorshipLog("claude"));
    expectAllowed(attempt(world, tip));
  });

  it("where it is under another ref", () => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(PLAIN);
    for (const ref of ["refs/notes/commits", "refs/notes/ai2", "refs/notes/ai-remotes/x", "refs/heads/notes/ai"]) {
      attachNote(world.dev, tip, authorshipLog("claude"), { ref });
    }
    expectAllowed(attempt(world, tip));
  });

  it("where it is too long, and says so", () => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, tip, authorshipLog("claude") + " ".repeat(17 * 1024 * 1024));
    expectAllowed(attempt(world, tip));
    expect(explain(world, tip)).toMatch(
      /too weak to count: not read: .*no more than|too weak to count: not read: the file with id/,
    );
  });
});

describe("a note that travels", () => {
  it("before its commit refuses it", () => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, tip, authorshipLog("claude"));
    expect(pushTo(world, ["origin", "refs/notes/ai"], { to: "refs/notes/ai" }).status).toBe(0);
    expectRefused(attempt(world, tip), "COSIGN_MISSING");
  });

  it("with its commit refuses both", () => {
    using world = openPushWorld({ policy });
    attachNote(world.dev, world.dev.commit(PLAIN), authorshipLog("claude"));
    expectRefused(pushTo(world, ["--atomic", "origin", "main", "refs/notes/ai"]), "COSIGN_MISSING");
    expect(world.server.ref("refs/notes/ai")).toBeUndefined();
  });

  it("with its commit under another name here refuses it", () => {
    using world = openPushWorld({ policy });
    attachNote(world.dev, world.dev.commit(PLAIN), authorshipLog("claude"), { ref: "refs/heads/hidden" });
    expectRefused(pushTo(world, ["--atomic", "origin", "main", "hidden:refs/notes/ai"]), "COSIGN_MISSING");
  });

  it("counts still in the push that removes it", () => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, tip, authorshipLog("claude"));
    pushTo(world, ["origin", "refs/notes/ai"], { to: "refs/notes/ai" });
    world.dev.git(["update-ref", "-d", "refs/notes/ai"]);
    expectRefused(pushTo(world, ["--atomic", "origin", "main", ":refs/notes/ai"]), "COSIGN_MISSING");
  });

  it("after its commit comes too late for the push, and is found by whoever has it", () => {
    using world = openPushWorld({ policy });
    const start = world.dev.oid("origin/main");
    const tip = world.dev.commit(PLAIN);
    expectAllowed(attempt(world, tip));
    const other = new Repo(world.scratch, `${world.scratch.dir}/other`);
    world.dev.git(["clone", "-q", world.server.dir, other.dir]);
    expect(countersign(other, ["check", `${start}..HEAD`]).status).toBe(0);
    attachNote(world.dev, tip, authorshipLog("claude"));
    world.dev.git(["push", "-q", "--no-verify", "origin", "refs/notes/ai"]);
    other.git(["fetch", "-q", "origin", "refs/notes/ai:refs/notes/ai"]);
    expect(countersign(other, ["check", `${start}..HEAD`]).status).toBe(1);
  });

  it("proves nothing where it was removed", () => {
    using world = openPushWorld({ policy });
    const tip = world.dev.commit(PLAIN);
    attachNote(world.dev, tip, authorshipLog("claude"));
    expectRefused(attempt(world, tip), "COSIGN_MISSING");
    world.dev.git(["update-ref", "-d", "refs/notes/ai"]);
    expectAllowed(attempt(world, tip));
  });
});
