import { describe, expect, it } from "vitest";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { countersign } from "../rig/process/countersign.ts";
import { attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { cloneFor, LEDGER, NAMED, pushUpload } from "./clones.ts";
import { ADA, expectScreen, openCosignWorld, policyWith, stateOf } from "./cosign-world.ts";
import { readRecords } from "./read-records.ts";
import { cosign, QUESTION, TerminalSession } from "./terminal-session.ts";

const TRACKING = "refs/remotes/origin/countersign/ledger";

describe("a co-sign in the ledger", () => {
  it("is one command and a yes for the senior, and nothing for the author", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const clone = cloneFor(world, "ada", ADA, world.key);
    const tip = pushUpload(world);
    const before = world.dev.git(["for-each-ref"]);
    const main = clone.oid("HEAD");
    const { status, screen } = await cosign(clone, ["upload"]);
    expectScreen(
      screen,
      "1/2 commit",
      "origin/upload as one change: 3 commits",
      "Say so",
      "1 new, 1 changed; +4 -0 lines",
      "push the record in countersign/ledger to origin",
      "co-signed 2 commits of origin/upload for main as ada@acme.example (signed with SHA256:",
      "no commit has changed, and the author has nothing to do",
    );
    expect(status).toBe(0);
    expect(world.server.ref("refs/heads/upload")).toBe(tip);
    expect(world.dev.git(["for-each-ref"])).toBe(before);
    expect({ head: clone.oid("HEAD"), files: clone.git(["status", "--porcelain"]) }).toEqual({ head: main, files: "" });
    const block = { cosigner: "ada@acme.example", branch: `refs/heads/main ${main}` };
    const authors = ["bob@acme.example"];
    const assisted = { authors: [...authors, "noreply@anthropic.com"], agents: "claude-code" };
    expect(readRecords(world.server, LEDGER, world.key)).toEqual([
      { ...block, ...assisted, paths: ["retry.txt"] },
      { ...block, authors, paths: ["README.md"] },
      { ...block, ...assisted, paths: ["retry.txt"] },
      { ...block, ...assisted, paths: ["README.md", "retry.txt"], commits: "3" },
    ]);
  });

  it("speaks for the branch as it is and squashed, and for nothing more than was seen", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const clone = cloneFor(world, "ada", ADA, world.key);
    const tip = pushUpload(world);
    const refused = attempt(world, tip);
    expectRefused(refused, "COSIGN_MISSING");
    expect((await cosign(clone, ["upload"])).screen).not.toContain("still open");
    expectScreen((await cosign(clone, ["upload"])).screen, "nothing to sign");
    const { dev, server } = world;
    dev.git(["fetch", "-q"]);
    const main = dev.oid("refs/remotes/origin/main");
    const squash = (files: Record<string, string>): string => {
      dev.git(["switch", "-q", "--detach", main]);
      dev.git(["merge", "-q", "--squash", "upload"]);
      return dev.commit(`Retry uploads (#1)\n\n${CLAUDE}\n`, { files });
    };
    expectRefused(attempt(world, squash({ "more.txt": "more\n" })), "COSIGN_M");
    expectAllowed(attempt(world, squash({})), "co-signed by ada@acme.example (signed)");
    server.git(["update-ref", "refs/heads/main", main]);
    dev.git(["fetch", "-q"]);
    expectAllowed(attempt(world, tip), "3 new commits, 2 AI-assisted");
  });

  it("also says what landing the branch changes on a target that moved on", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const clone = cloneFor(world, "ada", ADA, world.key);
    world.dev.commit("Start\n", { files: { "list.txt": "a\nb\nc\nd\ne\nf\ng\n" } });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    world.dev.git(["switch", "-q", "-c", "upload"]);
    world.dev.commit(`Last\n\n${CLAUDE}\n`, { files: { "list.txt": "a\nb\nc\nd\ne\nf\nG\n" } });
    world.dev.git(["push", "-q", "--no-verify", "origin", "upload"]);
    world.dev.git(["switch", "-q", "main"]);
    world.dev.commit("First\n", { files: { "list.txt": "A\nb\nc\nd\ne\nf\ng\n" } });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    const { status, screen } = await cosign(clone, ["origin/upload"]);
    expectScreen(screen, "1 changed; +1 -1 lines against main as it stands, where it would be merged now");
    expect(status).toBe(0);
    const [, whole, landing] = readRecords(world.server, LEDGER, world.key);
    expect(landing).toEqual({ ...whole, branch: `refs/heads/main ${world.dev.oid("main")}` });
  });

  it("loses nothing where two seniors co-sign at the same time", async () => {
    using world = openCosignWorld();
    const key = makeSshKey(world.scratch, "grace-key", ["-t", "ed25519"]);
    const policy = policyWith(world.key.line, `cosign: { count: 2 }\n${NAMED}`).replace(
      "level: principal",
      `level: principal\n    keys: ["${key.line}"]`,
    );
    world.dev.commit("Policy\n", { files: { "countersign.config.yaml": policy } });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
    pushUpload(world);
    const clones = [
      cloneFor(world, "ada", ADA, world.key),
      cloneFor(world, "grace", "Grace Hopper <grace@acme.example>", key),
    ];
    // Each has fetched before the other has pushed.
    const sessions = clones.map((clone) => new TerminalSession(clone, ["cosign", "upload"]));
    for (const session of sessions) await session.read(QUESTION);
    for (const session of sessions) session.type("yes\r");
    const screens = [];
    for (const session of sessions) {
      const { status, screen } = await session.ended;
      expect(status).toBe(0);
      screens.push(screen);
    }
    // The first to push cannot know of the second.
    expect(screens.filter((screen) => screen.includes("still open"))).toHaveLength(1);
    const cosigners = readRecords(world.server, LEDGER, world.key, key).map(({ cosigner }) => cosigner);
    expect(cosigners.sort()).toEqual([...Array(4).fill("ada@acme.example"), ...Array(4).fill("grace@acme.example")]);
  });

  it("stays here with --no-push, and the printed command brings it there", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const clone = cloneFor(world, "ada", ADA, world.key);
    pushUpload(world);
    const { screen } = await cosign(clone, ["upload", "--no-push"]);
    expect(world.server.ref(LEDGER)).toBeUndefined();
    const push = /counts once it is on origin: git (push \S+ \S+)/.exec(screen.replace(/\n */g, " "))?.[1] ?? "";
    clone.git(push.split(" "));
    expect(readRecords(world.server, LEDGER, world.key)).toHaveLength(4);
  });

  it("is kept where the remote refuses it, and the printed command brings it there later", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const clone = cloneFor(world, "ada", ADA, world.key);
    pushUpload(world);
    world.server.git(["config", "receive.denyCreates", "true"]);
    world.server.git(["config", "transfer.hideRefs", LEDGER]);
    const { status, screen } = await cosign(clone, ["upload"]);
    expectScreen(screen, "origin did not take the ledger countersign/ledger", "kept in your own branch of that name");
    expect({ status, there: world.server.ref(LEDGER), known: clone.ref(TRACKING) }).toEqual({
      status: 2,
      there: undefined,
      known: undefined,
    });
    const print = /`countersign (cosign --print \S+)`/.exec(screen.replace(/\n */g, " "))?.[1] ?? "";
    const printed = countersign(clone, print.split(" ")).stdout.split("\n");
    expect([printed[0], printed[1], ...printed.slice(-3)]).toEqual([
      "```",
      "countersign v1",
      "-----END SSH SIGNATURE-----",
      "```",
      "",
    ]);
    world.server.git(["config", "--unset", "transfer.hideRefs"]);
    const push = /git (push origin [^\s;]+)/.exec(screen)?.[1] ?? "";
    clone.git(push.split(" "));
    expect(readRecords(world.server, LEDGER, world.key)).toHaveLength(4);
  });

  it("shows everything with --dry-run, without a terminal, and changes nothing", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const clone = cloneFor(world, "ada", ADA, world.key);
    pushUpload(world);
    clone.git(["fetch", "-q"]);
    const before = stateOf(clone);
    const { status, screen } = await new TerminalSession(clone, ["cosign", "--dry-run", "upload"], {
      env: { CI: "true" },
    }).ended;
    expectScreen(screen, "origin/upload as one change: 3 commits", "a dry run; nothing was signed");
    expect({ status, after: stateOf(clone) }).toEqual({ status: 0, after: before });
  });

  it("goes into the messages with --trailer, and is asked for in vain where the policy names no ledger", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const tip = pushUpload(world);
    expectScreen((await cosign(world.ada, ["--trailer"])).screen, "co-signed 2 commits on upload");
    expect(world.dev.oid("HEAD")).not.toBe(tip);
    expect(world.server.ref(LEDGER)).toBeUndefined();
    using plain = openCosignWorld();
    pushUpload(plain);
    const { status, screen } = await cosign(plain.ada, ["--ledger"]);
    expectScreen(screen, "the policy in force names no ledger");
    expect(status).toBe(2);
  });

  it("is not asked for where the remote cannot be reached, unless nothing is to be fetched", async () => {
    using world = openCosignWorld({ rules: NAMED });
    pushUpload(world);
    world.ada.git(["remote", "set-url", "origin", `${world.scratch.dir}/nowhere.git`]);
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "origin could not be fetched", "countersign cosign --no-fetch");
    expect(status).toBe(2);
    expectScreen(
      (await cosign(world.ada, ["--no-fetch", "--no-push"])).screen,
      "the record is in your own countersign/ledger",
    );
  });
});
