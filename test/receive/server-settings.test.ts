import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  ASSISTED,
  attempt,
  attemptCommit,
  expectAllowed,
  expectRefused,
  expectUndecided,
  VOUCHED,
} from "../rig/worlds/attempt.ts";
import { POLICY, type PushWorld } from "../rig/worlds/push-world.ts";
import { openReceiveWorld } from "../rig/worlds/receive-world.ts";

const FILE = "countersign.config.yaml";

function set({ server }: PushWorld, settings: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(settings)) server.git(["config", `countersign.${name}`, value]);
}

function logOf(path: string): readonly Record<string, unknown>[] {
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("a server that requires a policy and has none", () => {
  it("refuses every ref, and takes the first policy by the commit that is named, alone and once", () => {
    using world = openReceiveWorld({ policy: null });
    const { dev, server } = world;
    set(world, { required: "true" });
    expectUndecided(attemptCommit(world, "By hand\n"), "POLICY_REQUIRED");
    expect(world.push("origin", "HEAD:refs/tags/v1").hook).toBe(2);
    dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
    const tip = dev.commit("Adopt\n", { files: { [FILE]: POLICY } });
    const unnamed = attempt(world, tip);
    expectUndecided(unnamed, "POLICY_REQUIRED");
    // The command that is printed, as who administers the server runs it.
    const [, command = ""] =
      /`git (config countersign\.adopt [0-9a-f]+)`/.exec(unnamed.stderr.replaceAll(/\s+/g, " ")) ?? [];
    server.git(command.split(" "));
    const mixed = world.push("origin", `${tip}:main`, `${tip}:refs/heads/topic`);
    expect({ hook: mixed.hook, said: mixed.stderr.includes("push that one ref by itself") }).toEqual({
      hook: 2,
      said: true,
    });
    expectUndecided(attempt(world, dev.commit("More\n")), "POLICY_REQUIRED");
    expectAllowed(attempt(world, tip), "brings the first policy");
    dev.git(["reset", "-q", "--hard", tip]);
    expectRefused(attempt(world, dev.commit(ASSISTED)), "COSIGN_MISSING");
    // Were the policy gone again, the commit would count for nothing.
    dev.git(["reset", "-q", "--hard", tip]);
    const without = dev.commit("Leave\n", { files: { [FILE]: null } });
    server.git(["fetch", "-q", dev.dir, `+${without}:refs/heads/main`]);
    expectUndecided(attempt(world, tip, { push: ["--force"] }), "POLICY_REQUIRED", "counts once");
  });

  it("may be new, and takes the first policy with the first push", () => {
    using world = openReceiveWorld({ policy: null });
    const { dev, server } = world;
    server.git(["update-ref", "-d", "refs/heads/main"]);
    const tip = dev.commit("Adopt\n", { files: { [FILE]: POLICY } });
    set(world, { required: "yes", adopt: tip });
    expectAllowed(attempt(world, tip), "brings the first policy");
    expectAllowed(attemptCommit(world, VOUCHED));
  });

  it.each(["", "true", "maybe"])("is one that is set to %j", (value) => {
    using world = openReceiveWorld({ policy: null });
    const config = join(world.server.dir, "config");
    const line = value === "" ? "\trequired\n" : `\trequired = ${value}\n`;
    writeFileSync(config, `${readFileSync(config, "utf8")}[countersign]\n${line}`);
    expectUndecided(attemptCommit(world, "By hand\n"), "POLICY_REQUIRED");
  });

  it.each(["false", "no", "0"])("is none that is set to %j", (value) => {
    using world = openReceiveWorld({ policy: null });
    set(world, { required: value });
    expectAllowed(attemptCommit(world, ASSISTED));
  });
});

describe("a floor under every repository of a server", () => {
  const FLOOR = "version: 1\nprotect:\n  - branches: [main, trunk]\ncosign: { proof: declared }\n";

  function withFloor(world: PushWorld, text: string | undefined): string {
    const path = join(world.scratch.dir, "floor.yaml");
    if (text !== undefined) writeFileSync(path, text);
    set(world, { floor: path });
    return path;
  }

  it("is met besides the repository's own policy, by the people whom that one names", () => {
    using world = openReceiveWorld();
    withFloor(world, `${FLOOR}rules:\n  - { name: two, paths: ["**"], cosign: { count: 2 } }\n`);
    const refused = attemptCommit(world, VOUCHED);
    expectRefused(refused, "it has 1 of 2 co-signs", "by the server's own policy", "floor.yaml");
    expectAllowed(attemptCommit(world, `${VOUCHED.trimEnd()}\nCo-signed-by: Grace Hopper <grace@acme.example>\n`));
    expectAllowed(attemptCommit(world, "By hand\n"));
  });

  it("does not make up for what the repository's own policy asks for", () => {
    using world = openReceiveWorld({ policy: POLICY.replace("cosign:\n", "cosign:\n  count: 2\n") });
    withFloor(world, FLOOR);
    const refused = attemptCommit(world, VOUCHED);
    expectRefused(refused, "it has 1 of 2 co-signs");
    expect(refused.stderr).not.toContain("floor.yaml");
  });

  it("holds where the repository has no policy, or one that does not protect the branch", () => {
    using world = openReceiveWorld({ policy: null });
    withFloor(world, FLOOR);
    expectRefused(attemptCommit(world, ASSISTED), "COSIGN_MISSING", "floor.yaml");
    expectAllowed(attemptCommit(world, "By hand\n"));
    using other = openReceiveWorld();
    withFloor(other, FLOOR);
    expectRefused(attempt(other, other.dev.commit(ASSISTED), { branch: "trunk" }), "COSIGN_MISSING", "floor.yaml");
  });

  it.each<[what: string, text: string | undefined]>([
    ["is missing", undefined],
    ["is damaged", "version: 1\nprotekt: []\n"],
  ])("refuses everything where it %s", (_, text) => {
    using world = openReceiveWorld();
    const path = withFloor(world, text);
    expectUndecided(attemptCommit(world, "By hand\n"), "FLOOR_UNREADABLE");
    expect(world.push("origin", "HEAD:refs/tags/v1").hook).toBe(2);
    writeFileSync(path, FLOOR);
    expectAllowed(attemptCommit(world, "By hand\n"));
  });
});

describe("the log of a server", () => {
  it("has a line for each ref of each push, whatever became of it", () => {
    using world = openReceiveWorld();
    const log = join(world.scratch.dir, "decisions.jsonl");
    set(world, { log });
    const policy = world.dev.oid("HEAD");
    const tip = world.dev.commit(ASSISTED);
    world.push("origin", `${tip}:main`, `${tip}:refs/heads/topic`);
    expectAllowed(attempt(world, tip, { branch: "topic" }));
    const zero = "0".repeat(40);
    const common = { time: expect.stringMatching(/^\d{4}-.*Z$/), new: tip, policy, adopted: false };
    expect(logOf(log)).toEqual([
      { ...common, ref: "refs/heads/main", old: policy, verdict: "deny", push: "deny", codes: ["COSIGN_MISSING"] },
      { ...common, ref: "refs/heads/topic", old: zero, verdict: "allow", push: "deny", codes: [] },
      { ...common, ref: "refs/heads/topic", old: zero, verdict: "allow", push: "allow", codes: [] },
    ]);
  });

  it("says when a push could not be judged, and which one brought the first policy", () => {
    using world = openReceiveWorld({ policy: null });
    const log = join(world.scratch.dir, "decisions.jsonl");
    const tip = world.dev.commit("Adopt\n", { files: { [FILE]: POLICY } });
    set(world, { log, required: "true" });
    attempt(world, tip);
    set(world, { adopt: tip });
    attempt(world, tip);
    expect(logOf(log)).toMatchObject([
      { verdict: "undecided", codes: ["POLICY_REQUIRED"], adopted: false },
      { verdict: "allow", codes: [], adopted: true },
    ]);
  });

  it("that cannot be written keeps every push back", () => {
    using world = openReceiveWorld();
    set(world, { log: join(world.scratch.dir, "absent/decisions.jsonl") });
    expectUndecided(attemptCommit(world, "By hand\n"), "DECISION_UNLOGGED");
    expect(existsSync(join(world.scratch.dir, "absent"))).toBe(false);
  });
});
