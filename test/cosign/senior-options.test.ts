import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeSshKey } from "../rig/keys/ssh-keys.ts";
import { countersign, expectFault } from "../rig/process/countersign.ts";
import { attempt, expectAllowed, expectRefused } from "../rig/worlds/attempt.ts";
import { CLAUDE } from "../rig/worlds/push-world.ts";
import { cloneFor, LEDGER, NAMED, pushUpload } from "./clones.ts";
import { ADA, assist, expectScreen, openCosignWorld } from "./cosign-world.ts";
import { readRecords } from "./read-records.ts";
import { cosign, TerminalSession } from "./terminal-session.ts";

it("prints the record that it made for a comment, and the same again without a terminal, until it is pushed", async () => {
  using world = openCosignWorld({ rules: NAMED });
  const clone = cloneFor(world, "ada", ADA, world.key);
  pushUpload(world);
  const { status, screen } = await cosign(clone, ["upload", "--print"]);
  expectScreen(screen, "paste all of what follows into a comment on the pull request");
  // The remote is asked for the work once, whatever is found of it.
  const log = `${world.scratch.dir}/asked`;
  writeFileSync(`${world.scratch.dir}/ask`, `#!/bin/sh\necho >>'${log}'\nexec git-upload-pack "$@"\n`, { mode: 0o755 });
  clone.git(["config", "remote.origin.uploadpack", `${world.scratch.dir}/ask`]);
  const again = countersign(clone, ["cosign", "upload", "--print"]).stdout;
  const file = clone
    .git(["ls-tree", "-r", LEDGER])
    .split(/\s/)
    .find((_, at, all) => all[at + 1]?.endsWith("-1/record"));
  expect(again).toBe(`\`\`\`\n${clone.git(["cat-file", "blob", file ?? ""])}\n\`\`\`\n`);
  expect({ status, shown: screen.includes(again.trim()), there: world.server.ref(LEDGER) }).toEqual({
    status: 0,
    shown: true,
    there: undefined,
  });
  clone.git(["push", "-q", "origin", "countersign/ledger"]);
  const { stdout, stderr } = countersign(clone, ["cosign", "upload", "--print", "--dry-run"]);
  expectScreen(stdout + stderr, "nothing to sign");
  expect(readFileSync(log, "utf8")).toBe("\n\n");
  using plain = openCosignWorld();
  pushUpload(plain);
  expectFault(countersign(plain.ada, ["cosign", "--print"]), "OPTION_INVALID", "--print");
});

describe("a co-sign is taken back", () => {
  const withdraw = async (...[repo, args]: Parameters<typeof cosign>) => {
    const session = new TerminalSession(repo, ["cosign", "--withdraw", ...(args ?? [])]);
    await session.read("Type yes to withdraw");
    session.type("yes\r");
    return session.ended;
  };

  it("in the ledger, for all that was signed by it, and can be given again", async () => {
    using world = openCosignWorld({ rules: NAMED });
    const clone = cloneFor(world, "ada", ADA, world.key);
    const tip = pushUpload(world);
    await cosign(clone, ["upload"]);
    world.dev.git(["fetch", "-q"]);
    expectScreen(countersign(clone, ["cosign", "--withdraw", "--dry-run", "upload"]).stdout, "nothing was withdrawn");
    const { status, screen } = await withdraw(clone, ["upload"]);
    expectScreen(screen, "Retry uploads", "Wait longer", "in the ledger", "withdrew 1 signature for origin/upload");
    expect(status).toBe(0);
    world.dev.git(["fetch", "-q"]);
    expectRefused(attempt(world, tip), "COSIGN_WITHDRAWN");
    expectScreen(countersign(clone, ["cosign", "--withdraw", "upload"]).stderr, "TERMINAL_MISSING");
    expectScreen(countersign(clone, ["cosign", "--withdraw", "--dry-run", "upload"]).stdout, "nothing to withdraw");
    const again = await cosign(clone, ["upload"]);
    expectScreen(again.screen, "signed by ada@acme.example", "does not count: COSIGN_WITHDRAWN", "co-signed 2 commits");
    world.dev.git(["fetch", "-q"]);
    expectAllowed(attempt(world, tip), "3 new commits, 2 AI-assisted");
  });

  it("in a commit's message", async () => {
    using world = openCosignWorld({ rules: NAMED });
    pushUpload(world);
    await cosign(world.ada, ["--trailer"]);
    const tip = world.dev.oid("HEAD");
    expectScreen((await withdraw(world.ada)).screen, "of its message", "withdrew 2 signatures for upload");
    expectRefused(attempt(world, tip), "COSIGN_WITHDRAWN");
  });

  it("only where there is a ledger to say so", () => {
    using world = openCosignWorld();
    pushUpload(world);
    expectFault(countersign(world.ada, ["cosign", "--withdraw", "--dry-run"]), "OPTION_INVALID", "names no ledger");
  });
});

it("signs each commit by itself with --each, so that one may land without the others", async () => {
  using world = openCosignWorld({ rules: NAMED });
  const clone = cloneFor(world, "ada", ADA, world.key);
  const tip = pushUpload(world);
  expectScreen((await cosign(clone, ["upload", "--each"])).screen, "2 commits, each by itself, as", "may land without");
  expect(readRecords(world.server, LEDGER, world.key).map(({ commits }) => commits)).toEqual([undefined, undefined]);
  world.dev.git(["fetch", "-q"]);
  const first = world.dev.oid("HEAD~2");
  world.dev.git(["branch", "-f", "first", first]);
  expectAllowed(attempt(world, first), "1 new commit");
  // What is left to sign is the whole: a squash of it is asked for a co-sign too.
  const { screen } = await cosign(clone, ["upload"]);
  expectScreen(
    screen,
    "the branch as one change, as a squash would land it, has none",
    "co-signed the whole of origin/upload",
  );
  expectScreen(countersign(clone, ["cosign", "--dry-run", "upload"]).stdout, "nothing to sign");
  expect(world.server.ref("refs/heads/upload")).toBe(tip);
});

it("says what is different since I signed it, and who has signed", async () => {
  using world = openCosignWorld({ rules: `cosign: { reapply: never }\n${NAMED}` });
  const { dev, server } = world;
  const clone = cloneFor(world, "ada", ADA, world.key);
  // What stands first in the paragraph of the changed line stays.
  const lines = "a\nb\nc\nd\n\ne\nf\ng\n";
  dev.commit("Start\n", { files: { "list.txt": lines } });
  dev.git(["push", "-q", "--no-verify", "origin", "main"]);
  dev.git(["switch", "-q", "-c", "upload"]);
  dev.commit(`Last\n\n${CLAUDE}\n`, { files: { "list.txt": lines.replace("g", "G"), "new.txt": "1\n" } });
  dev.git(["push", "-q", "--no-verify", "origin", "upload"]);
  const first = await cosign(clone, ["upload"]);
  expect(first.screen).not.toContain("you co-signed");
  // The target moves under it, and it is rebased without a conflict.
  dev.git(["switch", "-q", "main"]);
  dev.commit("First\n", { files: { "list.txt": lines.replace("a", "A") } });
  dev.git(["push", "-q", "--no-verify", "origin", "main"]);
  dev.git(["switch", "-q", "upload"]);
  dev.git(["rebase", "-q", "main"]);
  dev.git(["push", "-q", "--no-verify", "-f", "origin", "upload"]);
  const rebased = await cosign(clone, ["upload"]);
  expectScreen(rebased.screen, "nothing is different since then, but that others changed these files too: list.txt");
  expectScreen(rebased.screen, "you co-signed this change at");
  expect({ status: rebased.status, ledger: server.ref(LEDGER) }).toEqual({ status: 0, ledger: clone.ref(LEDGER) });
  dev.commit(`More\n\n${CLAUDE}\n`, { files: { "new.txt": "2\n", "more.txt": "1\n" } });
  dev.git(["push", "-q", "--no-verify", "origin", "upload"]);
  const session = new TerminalSession(clone, ["cosign", "upload"], { env: { GIT_PAGER: "cat" } });
  await session.read("what is different since then");
  await session.read("new      more.txt");
  await session.read("changed  new.txt");
  await session.read("n what is different since you signed");
  session.type("n\r");
  await session.read("+++ new.txt now: ");
  await session.read("-1");
  await session.read("+2");
  await session.read("Type yes to co-sign");
  session.type("yes\r");
  expectScreen((await session.ended).screen, "co-signed 1 commit of origin/upload");
});

describe("the key is found", () => {
  it("by countersign.signingKey before git's own", async () => {
    using world = openCosignWorld();
    const other = makeSshKey(world.scratch, "other", ["-t", "ed25519"]);
    world.dev.git(["config", "user.signingKey", other.path]);
    world.dev.git(["config", "countersign.signingKey", world.key.path]);
    assist(world);
    expectScreen((await cosign(world.ada)).screen, "co-signed 1 commit");
  });

  it.each(["none", "another one"])("in ~/.ssh, where it is one of the roster and git's own is %s", async (set) => {
    using world = openCosignWorld();
    const home = join(world.scratch.dir, ".ssh");
    mkdirSync(home);
    for (const end of ["", ".pub"]) renameSync(`${world.key.path}${end}`, join(home, `work${end}`));
    makeSshKey({ dir: home, env: world.scratch.env }, "id_ed25519", ["-t", "ed25519"]);
    if (set === "none") world.dev.git(["config", "--unset", "user.signingKey"]);
    else world.dev.git(["config", "user.signingKey", join(home, "id_ed25519")]);
    assist(world);
    expectScreen((await cosign(world.ada)).screen, "co-signed 1 commit");
  });
});
