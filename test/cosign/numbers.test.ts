import { mkdirSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { makeSecurityKey, SECURITY_KEY_TYPES } from "../rig/keys/software-authenticator.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { cloneFor, LEDGER, NAMED, pushUpload } from "./clones.ts";
import { ADA, expectScreen, openCosignWorld, policyWith } from "./cosign-world.ts";
import { readRecords } from "./read-records.ts";
import { cosign } from "./terminal-session.ts";

it("takes the number of a pull or merge request that has no branch here or there", async () => {
  using world = openCosignWorld({ rules: NAMED });
  const tip = pushUpload(world);
  const { server } = world;
  server.git(["update-ref", "refs/pull/12/head", tip]);
  server.git(["update-ref", "refs/merge-requests/7/head", tip]);
  server.git(["update-ref", "-d", "refs/heads/upload"]);
  const clone = cloneFor(world, "ada", ADA, world.key);
  const before = clone.git(["for-each-ref"]);
  const show = (...args: string[]) => countersign(clone, ["cosign", "--dry-run", ...args]);
  expectScreen(show("7").stdout, "merge request 7 as one change: 3 commits");
  expectScreen(show("!7").stdout, "merge request 7 as one change");
  expectScreen(show("#12").stdout, "pull request 12 as one change");
  expectScreen(show("main..12").stdout, "pull request 12 as one change");
  expectFault(show("#7"), "REQUEST_UNKNOWN", "origin has no pull request 7");
  expectFault(show("13"), "REQUEST_UNKNOWN", "no pull or merge request 13");
  expectFault(show("13", "--no-fetch"), "REQUEST_UNKNOWN", "is not asked", "`countersign cosign 13`");
  expectFault(show("12", "--trailer"), "BRANCH_NEEDED");
  expect(clone.git(["for-each-ref"])).toBe(before);
  expectRefused(attempt(world, tip), "COSIGN_MISSING");
  expectScreen((await cosign(clone, ["12"])).screen, "co-signed 2 commits of pull request 12 for main as ada@");
  world.dev.git(["fetch", "-q"]);
  expectAllowed(attempt(world, tip), "3 new commits, 2 AI-assisted");
});

it("takes a branch, a tag and a commit that are named by digits for what they are", () => {
  using world = openCosignWorld({ rules: NAMED });
  pushUpload(world);
  world.server.git(["update-ref", "refs/pull/12/head", world.server.oid("main")]);
  const show = (name: string) => countersign(world.ada, ["cosign", "--dry-run", name]).stdout;
  world.dev.git(["branch", "12"]);
  expectScreen(show("12"), "12 as one change: 3 commits");
  world.dev.git(["push", "-q", "--no-verify", "origin", "12"]);
  world.dev.git(["branch", "-D", "12"]);
  expectScreen(show("12"), "origin/12 as one change: 3 commits");
  world.dev.git(["tag", "2026"]);
  expectScreen(show("2026"), "2026 as one change: 3 commits");
});

it("signs once for several branches, and each of them takes it", async () => {
  using world = openCosignWorld({ rules: NAMED });
  const { dev, server } = world;
  const policy = server.git(["cat-file", "blob", "main:countersign.config.yaml"]);
  dev.commit("Protect releases\n", {
    files: { "countersign.config.yaml": `${policy.replace("[main]", '[main, "release/*"]')}\n` },
  });
  dev.git(["push", "-q", "--no-verify", "origin", "main", "main:release/1"]);
  dev.commit("Go on\n");
  dev.git(["push", "-q", "--no-verify", "origin", "main"]);
  dev.git(["switch", "-q", "--detach", "HEAD~1"]);
  const tip = pushUpload(world);
  const clone = cloneFor(world, "ada", ADA, world.key);
  const both = ["--branch", "main", "--branch", "release/1", "--branch", "main"];
  const { screen } = await cosign(clone, ["upload", ...both]);
  expectScreen(screen, "on refs/heads/main and refs/heads/release/1", "for main and release/1 as ada@acme.example");
  const heads = new Set(readRecords(server, LEDGER, world.key).map(({ branch }) => branch));
  const bases = ["main", "release/1"].map((name) => `refs/heads/${name} ${clone.oid(`origin/${name}`)}`);
  expect([...heads]).toEqual([bases.join()]);
  dev.git(["fetch", "-q"]);
  dev.git(["switch", "-q", "--detach", "origin/main"]);
  dev.git(["merge", "-q", "--no-verify", "--no-edit", tip]);
  const merged = dev.oid("HEAD");
  const pushed = world.push("origin", `${tip}:refs/heads/release/1`, `${merged}:refs/heads/main`);
  expect({ status: pushed.status, refs: [server.ref("refs/heads/release/1"), server.ref("refs/heads/main")] }).toEqual({
    status: 0,
    refs: [tip, merged],
  });
});

it("has one branch in a commit's message, and says what to do for more", () => {
  using world = openCosignWorld({ rules: NAMED });
  pushUpload(world);
  const both = ["cosign", "--dry-run", "--branch", "main", "--branch", "upload"];
  expectFault(countersign(world.ada, [...both, "--trailer"]), "OPTION_INVALID", "leave out --trailer");
  const { stdout, stderr } = countersign(world.ada, both);
  expect(stderr).toBe("");
  expectScreen(stdout, "on refs/heads/main and refs/heads/upload");
  using plain = openCosignWorld();
  pushUpload(plain);
  expectFault(countersign(plain.ada, both), "OPTION_INVALID", "co-sign for one at a time");
});

it("signs for several branches by the one key that counts for each of them", () => {
  using world = openCosignWorld({ rules: NAMED });
  const { dev, key } = world;
  const security = makeSecurityKey(SECURITY_KEY_TYPES[0]);
  const policy = policyWith(`${key.line}", "${security.line}`, NAMED).replace(
    "protect:\n",
    'protect:\n  - { branches: ["release/*"], cosign: { proof: hardware } }\n',
  );
  dev.commit("Protect releases\n", { files: { "countersign.config.yaml": policy } });
  dev.git(["push", "-q", "--no-verify", "origin", "main", "main:release/1"]);
  pushUpload(world);
  const clone = cloneFor(world, "ada", ADA, key);
  clone.git(["config", "--unset", "user.signingKey"]);
  const home = `${world.scratch.dir}/.ssh`;
  mkdirSync(home);
  for (const [name, { line }] of Object.entries({ plain: key, security })) {
    writeFileSync(`${home}/${name}`, "");
    writeFileSync(`${home}/${name}.pub`, `${line}\n`);
  }
  const show = (...branches: readonly string[]): string => {
    const named = branches.flatMap((branch) => ["--branch", branch]);
    const { stdout, stderr } = countersign(clone, ["cosign", "--dry-run", "upload", ...named]);
    expect(stderr).toBe("");
    return stdout;
  };
  expectScreen(show("main"), "key       ssh-ed25519 ");
  expectScreen(show("main", "release/1"), "key       sk-ssh-ed25519@openssh.com ");
  expectScreen(show("release/1", "main"), "key       sk-ssh-ed25519@openssh.com ");
});
