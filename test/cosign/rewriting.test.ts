import { describe, expect, it } from "vitest";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { run } from "../rig/process/run.ts";
import { Repo } from "../rig/repository/repo.ts";
import { attempt, expectAllowed } from "../rig/worlds/attempt.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import {
  assist,
  type CosignWorld,
  expectScreen,
  messageOf,
  openCosignWorld,
  policyWith,
  stateOf,
} from "./cosign-world.ts";
import { expectCosigned, keptParts, verifyByHand } from "./oracle.ts";
import { cosign, QUESTION, TerminalSession } from "./terminal-session.ts";

/** Has an agent merge a branch and change something itself by that: such a merge is co-signed too. */
function mergeAndMend({ dev }: CosignWorld, side: string): void {
  dev.git(["merge", "-q", "--no-ff", "--no-commit", side]);
  dev.commit(`Merge ${side}\n\n${CLAUDE}\n`, { files: { [`${side}-mended.txt`]: "mended\n" } });
}

describe.each(["sha1", "sha256"] as const)("in a %s repository a co-sign keeps", (format) => {
  it("merges, whichever side was signed", async () => {
    using world = openCosignWorld({ format });
    world.dev.git(["switch", "-q", "-c", "side"]);
    assist(world, "On the side");
    world.dev.git(["switch", "-q", "main"]);
    const left = world.dev.commit("By hand\n");
    mergeAndMend(world, "side");
    world.dev.commit("After\n");
    const parts = keptParts(world.dev, "origin/main..HEAD");
    expect((await cosign(world.ada)).status).toBe(0);
    expect(keptParts(world.dev, "origin/main..HEAD")).toBe(parts);
    expect(world.dev.oid("HEAD^^1")).toBe(left);
    expectCosigned(world.dev, "HEAD^^2", world.key);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "2 AI-assisted");
  });

  it("a merge's signature valid: it is over the other parents as they are now", async () => {
    using world = openCosignWorld({ format });
    world.dev.git(["switch", "-q", "-c", "side"]);
    world.dev.commit("On the side\n");
    world.dev.git(["switch", "-q", "main"]);
    world.dev.commit("By hand\n");
    mergeAndMend(world, "side");
    expect((await cosign(world.ada)).status).toBe(0);
    expectCosigned(world.dev, "HEAD", world.key);
  });

  it("merges of merges, each signed over the new ids of its parents", async () => {
    using world = openCosignWorld({ format });
    for (const side of ["one", "two"]) {
      world.dev.git(["switch", "-q", "-c", side, "main"]);
      assist(world, `On ${side}`);
      world.dev.git(["switch", "-q", "main"]);
      mergeAndMend(world, side);
    }
    world.dev.git(["switch", "-q", "-c", "all", "origin/main"]);
    mergeAndMend(world, "main");
    expect((await cosign(world.ada)).status).toBe(0);
    expectCosigned(world.dev, "all", world.key);
    expectCosigned(world.dev, "all^2", world.key);
    expectCosigned(world.dev, "all^2^2", world.key);
    expectAllowed(attempt(world, world.dev.oid("all")), "5 AI-assisted");
  });

  it("one's own signature on a merge, by making it again, and tells whose others are lost", async () => {
    using world = openCosignWorld({ format });
    world.dev.git(["switch", "-q", "-c", "side"]);
    const side = assist(world, "On the side");
    world.dev.git(["switch", "-q", "main"]);
    mergeAndMend(world, "side");
    await cosign(world.ada, [`${side}..main`]);
    expectCosigned(world.dev, "main", world.key);
    const { status, screen } = await cosign(world.ada);
    expectScreen(screen, "2/2 commit");
    expect(screen).not.toContain("voids");
    expect(status).toBe(0);
    expectAllowed(attempt(world, world.dev.oid("main")), "2 AI-assisted");
  });

  it("no signature of others on a merge whose side gets new ids, and says so before it asks", async () => {
    using world = openCosignWorld({ format });
    world.dev.git(["switch", "-q", "-c", "side"]);
    const side = assist(world, "On the side");
    world.dev.git(["switch", "-q", "main"]);
    mergeAndMend(world, "side");
    const grace = makeSshKey(world.scratch, "grace-key", ["-t", "ed25519"]);
    const policy = policyWith(world.key.line).replace(
      "level: principal",
      `level: principal\n    keys: ["${grace.line}"]`,
    );
    const main = world.dev.oid("main");
    world.dev.git(["switch", "-q", "--detach", "origin/main"]);
    const base = world.dev.commit("Policy\n", { files: { "countersign.config.yaml": policy } });
    world.dev.git(["push", "-q", "--no-verify", "origin", `${base}:main`]);
    world.dev.git(["switch", "-q", "main"]);
    expect(world.dev.oid("main")).toBe(main);
    const asGrace = new Repo(world.scratch, world.dev.dir, "Grace Hopper <grace@acme.example>");
    expect((await cosign(asGrace, [`${side}..main`, "--key", grace.path])).status).toBe(0);
    const { screen } = await cosign(world.ada, [], { answer: "no" });
    expectScreen(screen, "voids", "others co-signed this merge");
  });

  it("roots", async () => {
    using world = openCosignWorld({ format });
    world.dev.git(["switch", "-q", "--orphan", "new"]);
    assist(world, "A root");
    world.dev.commit("After\n");
    expect((await cosign(world.ada)).status).toBe(0);
    expect(world.dev.git(["log", "-1", "--format=%P", "HEAD^"])).toBe("");
    expectCosigned(world.dev, "HEAD^", world.key);
  });

  it("headers that it does not know, to the byte, and drops the signature over the commit", async () => {
    using world = openCosignWorld({ format });
    const plain = world.dev.git(["cat-file", "commit", assist(world)]);
    const extra = "mergetag object 0000\n type commit\n \n tagged\nx-odd \t value  \n";
    const head = plain.slice(0, plain.indexOf("\n\n") + 1).replace(/^author Bob Builder/m, "author  B\u00f6b ");
    const message = `${plain.slice(plain.indexOf("\n\n") + 2)}\n`;
    const signature = "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n";
    world.dev.git(["reset", "-q", world.dev.writeCommit(`${head}${signature}${extra}\n${message}`)]);
    const session = new TerminalSession(world.ada, ["cosign"]);
    await session.read("committed by Bob Builder <bob@acme.example>");
    await session.read("Type yes to drop it");
    session.type("yes\r");
    await session.read(QUESTION);
    session.type("yes\r");
    expect((await session.ended).status).toBe(0);
    const after = world.dev.git(["cat-file", "commit", "HEAD"]);
    expect(after.slice(0, after.indexOf("\n\n") + 1).replace(/^committer .*/m, "committer")).toBe(
      `${head}${extra}`.replace(/^committer .*/m, "committer"),
    );
  });
});

it("asks before it drops a signature over a commit, and takes no other answer than yes", async () => {
  using world = openCosignWorld();
  assist(world);
  world.dev.git([
    "-c",
    "gpg.format=ssh",
    "-c",
    `user.signingKey=${world.key.path}`,
    "commit",
    "-q",
    "-S",
    "--amend",
    "--no-edit",
  ]);
  const before = stateOf(world.dev);
  const session = new TerminalSession(world.ada, ["cosign"]);
  await session.read("Type yes to drop it");
  session.type("y\r");
  const { status, screen } = await session.ended;
  expectScreen(screen, "stopped; nothing was changed");
  expect({ status, state: stateOf(world.dev) }).toEqual({ status: 1, state: before });
});

it("keeps a committer who is an agent, so that nothing looks less assisted than it was", async () => {
  using world = openCosignWorld();
  const agent = "Claude <noreply@anthropic.com>";
  world.dev.commit("Quiet\n\nbody\n", { committer: agent });
  world.dev.commit(`Own\n\n${CLAUDE}\n`, { author: "Ada Lovelace <ada@acme.example>", committer: agent });
  const { status, screen } = await cosign(world.ada);
  expectScreen(screen, "left out", "you are its author");
  expect(status).toBe(0);
  expect(world.dev.git(["log", "-2", "--format=%cn <%ce>"]).split("\n")).toEqual([agent, agent]);
  expectCosigned(world.dev, "HEAD^", world.key);
});

it("keeps a message and its author in Latin-1 byte for byte, and writes the new name in it", async () => {
  using world = openCosignWorld();
  const latin1 = Buffer.from(`R\u00e9essayer\n\n${CLAUDE}\n`, "latin1");
  world.dev.git(["config", "i18n.commitEncoding", "ISO-8859-1"]);
  world.dev.commit(latin1);
  const env = { GIT_COMMITTER_NAME: "Ad\u00e0 Lovelace" };
  expect((await cosign(world.ada, [], { env })).status).toBe(0);
  const raw = run("git", ["cat-file", "commit", "HEAD"], { cwd: world.dev.dir, env: world.dev.env });
  expect(raw.stdout).toContain("encoding ISO-8859-1\n");
  expect(world.dev.git(["log", "-1", "--format=%cn %s", "--encoding=UTF-8"])).toBe("Ad\u00e0 Lovelace R\u00e9essayer");
  expect(verifyByHand(world.dev, "HEAD", world.key)).toBe(true);
});

it("signs 200 commits at once", async () => {
  using world = openCosignWorld();
  let tip = world.dev.oid("HEAD");
  const stream = ["reset refs/heads/main", `from ${tip}`, ""];
  for (let i = 0; i < 200; i += 1) {
    const message = `Commit ${i}\n\n${CLAUDE}\n`;
    stream.push(
      "commit refs/heads/main",
      `committer Bob Builder <bob@acme.example> ${1700000000 + i} +0000`,
      `data ${message.length}`,
      message,
      `M 100644 inline f${i}`,
      "data 2",
      `${i % 10}`,
      "",
    );
  }
  world.dev.git(["fast-import", "--quiet", "--force"], { input: stream.join("\n") });
  tip = world.dev.oid("main");
  const { status, screen } = await cosign(world.ada);
  expectScreen(screen, "co-signed 200 commits on main");
  expect(status).toBe(0);
  expect(world.dev.git(["rev-list", "--count", "origin/main..main"])).toBe("200");
  expect(world.dev.git(["diff", "--stat", tip, "main"])).toBe("");
  for (const revision of ["main", "main~100", "main~199"]) expectCosigned(world.dev, revision, world.key);
  world.dev.git(["reset", "-q", "--hard"]);
  expectAllowed(attempt(world, world.dev.oid("main")), "200 AI-assisted");
});

it("leaves the objects of a refused rewriting out of every branch", async () => {
  using world = openCosignWorld();
  assist(world);
  const before = stateOf(world.dev);
  await cosign(world.ada, [], { answer: "no" });
  expect(stateOf(world.dev)).toBe(before);
  expect(messageOf(world.dev, "HEAD")).not.toContain("Co-sign");
});
