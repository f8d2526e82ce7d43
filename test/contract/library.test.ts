import nodeFs, { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ObjectId, type OpenRepository, parseObjectId } from "@countersign/core";
import * as overGit from "@countersign/git";
import * as isomorphic from "@countersign/isomorphic";
import { describe, expect, it } from "vitest";
import { cosignHead, fromNow, makeSigner, signedPolicy } from "../rig/keys/cosign-commit.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { ASSISTED, VOUCHED } from "../rig/worlds/attempt.ts";
import { openPushWorld, POLICY, type PushWorld } from "../rig/worlds/push-world.ts";
import { collect, gitdirOf } from "./backends.ts";

const LIBRARIES = [
  { name: "git", open: ({ dir, env }: Repo) => overGit.openRepository({ path: dir, env }) },
  { name: "isomorphic", open: (repo: Repo) => isomorphic.openRepository({ fs: nodeFs, gitdir: gitdirOf(repo) }) },
];

async function judge(
  open: (repo: Repo) => Promise<OpenRepository>,
  repo: Repo,
  ...args: Parameters<OpenRepository["judge"]>
) {
  await using repository = await open(repo);
  return await repository.judge(...args);
}

describe.each(LIBRARIES)("openRepository of @countersign/$name", ({ open }) => {
  it("judges a range by the policy in force where the work lands, commit by commit", async () => {
    using world = openPushWorld();
    const { dev } = world;
    const vouched = dev.commit(VOUCHED);
    const alone = dev.commit(ASSISTED);
    dev.commit("By hand\n");
    for (const range of ["origin/main..HEAD", "HEAD"]) {
      const decision = await judge(open, dev, range);
      expect(decision).toMatchObject({ outcome: "deny", exitCode: 1, policy: { ref: "refs/remotes/origin/main" } });
      const found = decision.commits.map(({ commit, subject, agents, branch, missing }) => [
        commit,
        subject,
        agents,
        branch,
        missing,
      ]);
      const agents = ["claude-code"];
      expect(new Set(found)).toEqual(
        new Set([
          [vouched, "Retry uploads", agents, "main", undefined],
          [alone, "Retry uploads", agents, "main", "needs a co-sign from a person of level senior or higher"],
        ]),
      );
    }
    expect(await judge(open, dev, "HEAD~1")).toMatchObject({ exitCode: 1 });
    expect(await judge(open, dev, "HEAD~2")).toMatchObject({ outcome: "allow", exitCode: 0 });
  });

  it("says what else is missing, and what was found wrong", async () => {
    const denial = "rules:\n  - { name: never, paths: [prod/**], deny: An agent must not change production. }\n";
    using world = openPushWorld({ policy: POLICY + denial });
    world.dev.commit(ASSISTED, { files: { "prod/a": "1\n" } });
    world.dev.commit("Open\n", { files: { "countersign.config.yaml": POLICY } });
    const missing = (await judge(open, world.dev, "HEAD")).commits.map((commit) => commit.missing);
    expect(missing).toContainEqual(expect.stringContaining("which a rule forbids here"));
    expect(missing).toContainEqual(expect.stringMatching(/^needs a co-sign from a person of level senior or higher$/));
  });

  it("judges by the time of the clock: a new signature counts, and none that is too old", async () => {
    const ada = makeSigner();
    using world = openPushWorld({ policy: signedPolicy({ ada: [ada.line] }) });
    const { dev } = world;
    dev.commit(ASSISTED);
    cosignHead(dev, ada, { time: fromNow(-300 * 86_400) });
    const [commit] = (await judge(open, dev, "HEAD")).commits;
    expect(commit).toMatchObject({
      violations: [{ code: "COSIGN_STALE" }],
      missing: expect.stringContaining("needs a signed co-sign"),
    });
    dev.commit(ASSISTED, { files: {}, args: ["--amend"] });
    cosignHead(dev, ada);
    expect(await judge(open, dev, "HEAD")).toMatchObject({ exitCode: 0 });
  });

  it("judges for the branch and by the policy that are named", async () => {
    using world = openPushWorld();
    const { dev } = world;
    dev.git(["checkout", "-q", "-b", "strict"]);
    dev.commit("Stricter\n", { files: { "countersign.config.yaml": `${POLICY}  count: 2\n` } });
    dev.git(["checkout", "-q", "main"]);
    dev.commit(VOUCHED);
    expect(await judge(open, dev, "HEAD", { branch: "main", policy: "strict" })).toMatchObject({ exitCode: 1 });
    await expect(judge(open, dev, "HEAD", { branch: "mian" })).rejects.toMatchObject({ code: "BRANCH_NOT_FOUND" });
    await expect(judge(open, dev, "absent")).rejects.toMatchObject({ code: "REVISION_UNKNOWN" });
  });

  it("judges the updates of a push, on the server as in the clone", async () => {
    using world = openPushWorld();
    const { dev, server } = world;
    const old = parseObjectId(dev.oid("HEAD"));
    const update = (tip: string) => ({ ref: "refs/heads/main", old, new: parseObjectId(tip) });
    const tips = [dev.commit("By hand\n"), dev.commit(ASSISTED)];
    dev.git(["push", "-q", "--no-verify", "origin", "main:refs/heads/waiting"]);
    for (const repo of [dev, server]) {
      await using repository = await open(repo);
      const codes = await Promise.all(tips.map(async (tip) => (await repository.judgeUpdates([update(tip)])).exitCode));
      expect(codes).toEqual([0, 1]);
    }
  });

  it("decides nothing of a push where there is no policy", async () => {
    using scratch = openScratch();
    const repo = initRepo(scratch, "repo");
    const old = repo.commit("one") as ObjectId;
    const updates = [{ ref: "refs/heads/main", old, new: repo.commit(ASSISTED) as ObjectId }];
    await using repository = await open(repo);
    expect(await repository.judgeUpdates(updates)).toMatchObject({ outcome: "allow", commits: [] });
    await expect(repository.judge("HEAD")).rejects.toMatchObject({ code: "POLICY_MISSING" });
  });

  it("lists what the commits of a range say of their making", async () => {
    using world = openPushWorld();
    const { dev } = world;
    const [first, second] = [dev.commit("By hand\n"), dev.commit(ASSISTED)];
    await using repository = await open(dev);
    const logged = await collect(repository.log("origin/main..HEAD"));
    const told = new Map(logged.map(({ commit, provenance }) => [commit.oid as string, provenance.state]));
    expect(told).toEqual(
      new Map([
        [first, "undeclared"],
        [second, "assisted"],
      ]),
    );
    // A caller who has read enough stops, and everything else goes on.
    for await (const { subject } of repository.log("HEAD")) {
      expect(subject).toBe("Retry uploads");
      break;
    }
    expect((await collect(repository.log("HEAD~1"))).map(({ subject }) => subject)).toContain("By hand");
  });

  it("gives up when it is told to, and answers no more when it was disposed of", async () => {
    using world = openPushWorld();
    world.dev.commit(ASSISTED);
    const repository = await open(world.dev);
    const reason = new Error("enough");
    const stopped = AbortSignal.abort(reason);
    await expect(repository.judge("HEAD", { signal: stopped })).rejects.toBe(reason);
    await expect(collect(repository.log("HEAD", { signal: stopped }))).rejects.toBe(reason);
    const controller = new AbortController();
    const reading = async (): Promise<void> => {
      for await (const _ of repository.log("HEAD", { signal: controller.signal })) controller.abort(reason);
    };
    await expect(reading()).rejects.toBe(reason);
    expect(await repository.judge("HEAD")).toMatchObject({ exitCode: 1 });
    await repository[Symbol.asyncDispose]();
    await expect(repository.judge("HEAD")).rejects.toThrow("disposed");
  });
});

/** A git that waits, once `closed` is made, for `opened`, and says by `begun` that it waits. */
function gateGit({ scratch, dev }: PushWorld) {
  const folder = join(scratch.dir, "gated");
  const [closed, begun, opened] = ["closed", "begun", "opened"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  nodeFs.mkdirSync(folder);
  const real = dev.git(["--exec-path"]);
  const wait = `[ ! -e '${closed}' ] || { : >'${begun}'; while [ ! -e '${opened}' ]; do sleep 0.02; done; }`;
  writeFileSync(join(folder, "git"), `#!/bin/sh\n${wait}\nexec '${real}/git' "$@"\n`);
  chmodSync(join(folder, "git"), 0o755);
  return {
    env: { ...dev.env, PATH: `${folder}:${dev.env["PATH"]}` },
    close: () => writeFileSync(closed, ""),
    open: () => writeFileSync(opened, ""),
    isWaiting: async () => {
      while (!existsSync(begun)) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}

describe("a program that asks many questions", () => {
  // Were a question to stop the program, the gate that git waits at would never be opened.
  it.each<[what: string, question: (repository: OpenRepository) => Promise<unknown>]>([
    ["refs", (repository) => repository.use((port) => port.refs("refs/heads"))],
    ["a symbolic ref", (repository) => repository.use((port) => port.symbolicRef("HEAD"))],
    [
      "ancestors",
      (repository) =>
        repository
          .use((port) => port.isAncestor("0".repeat(40) as ObjectId, "0".repeat(40) as ObjectId))
          .catch(() => {}),
    ],
    ["a verdict", (repository) => repository.judge("HEAD")],
    ["a log", (repository) => collect(repository.log("HEAD"))],
  ])("goes on while git looks for %s", async (_, question) => {
    using world = openPushWorld();
    const gate = gateGit(world);
    await using repository = await overGit.openRepository({ path: world.dev.dir, env: gate.env });
    gate.close();
    const answer = question(repository);
    await gate.isWaiting();
    gate.open();
    await answer;
  });

  it("ends a git that does not answer", async () => {
    using world = openPushWorld();
    const gate = gateGit(world);
    await using repository = await overGit.openRepository({ path: world.dev.dir, env: gate.env });
    gate.close();
    const controller = new AbortController();
    const answer = repository.judge("HEAD", { signal: controller.signal });
    await gate.isWaiting();
    controller.abort(new Error("enough"));
    await expect(answer).rejects.toThrow("enough");
  });
});

describe.each(LIBRARIES)("a question to @countersign/$name", ({ open }) => {
  it("takes for judged what the branch has, and neither a start that is named nor a branch beside it", async () => {
    using world = openPushWorld({ policy: POLICY.replace("branches: [main]", 'branches: ["**"]') });
    const { dev } = world;
    const work = dev.commit(ASSISTED);
    dev.git(["push", "-q", "--no-verify", "origin", `${work}:refs/heads/topic`, `${work}:refs/tags/origin/main`]);
    dev.git(["fetch", "-q", "--tags"]);
    for (const range of ["HEAD", `${work}..HEAD`, "refs/remotes/origin/topic", "refs/tags/origin/main..HEAD"]) {
      expect(await judge(open, dev, range, { branch: "main" }), range).toMatchObject({ exitCode: 1 });
    }
    await expect(judge(open, dev, "origin/main..HEAD")).rejects.toMatchObject({ code: "REVISION_AMBIGUOUS" });
    await expect(judge(open, dev, "refs/tags/v1")).rejects.toMatchObject({ code: "REVISION_UNKNOWN" });
  });

  it("merges the policies of both lines", async () => {
    using world = openPushWorld();
    const { dev } = world;
    const [file, before] = ["countersign.config.yaml", dev.oid("HEAD")];
    const vouched = `Warn\n\nCo-signed-by: Ada Lovelace <ada@acme.example>\n`;
    const [signed, unsigned] = [vouched, "Warn\n"].map((message) => {
      dev.git(["switch", "-q", "--detach", before]);
      return dev.commit(message, { files: { [file]: `${POLICY}mode: warn\n` } });
    });
    dev.git(["switch", "-q", "--detach", before]);
    const moved = dev.commit(vouched, { files: { [file]: `# ours\n${POLICY}` } });
    dev.git(["push", "-q", "--no-verify", "origin", `${moved}:refs/heads/main`]);
    expect(await judge(open, dev, signed ?? "")).toMatchObject({ exitCode: 0 });
    expect(await judge(open, dev, unsigned ?? "")).toMatchObject({ exitCode: 1 });
  });
});
