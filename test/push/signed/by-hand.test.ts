import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cosignHead, fromNow, messageOf, openKeyRing, reword, signedPolicy } from "../../rig/keys/cosign-commit.ts";
import { type Run, run } from "../../rig/process/run.ts";
import { ROOT } from "../../rig/suite/bins.ts";
import { ASSISTED, attempt, expectAllowed } from "../../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const FORMATS = ["sha1", "sha256"] as const;
const SCRIPT = join(ROOT, "examples/check-by-hand/check.sh");

const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const rsa = ring.make("rsa", "-t", "rsa", "-b", "4096");
const grace = ring.make("grace", "-t", "ecdsa", "-b", "521");
const policy = signedPolicy({ ada: [ada.line, rsa.line], grace: [grace.line] });
const SIGNERS = `ada@acme.example ${ada.line}\nada@acme.example ${rsa.line}\ngrace@acme.example ${grace.line}\n`;

/** What the script says of a commit, in the engineer's own clone. */
function check({ dev, scratch }: PushWorld, ...args: readonly string[]): Run {
  const signers = join(scratch.dir, "signers");
  writeFileSync(signers, SIGNERS);
  const [commit = "HEAD", branch = "main", project = "acme/payments", ...dispute] = args;
  return run("sh", [SCRIPT, commit, signers, branch, project, ...dispute], { cwd: dev.dir, env: dev.env });
}

/** Leaves HEAD at a commit of some kind, marked and without co-sign. */
const KINDS: readonly (readonly [string, (world: PushWorld) => void])[] = [
  ["a plain commit", ({ dev }) => void dev.commit(ASSISTED)],
  ["an empty commit", ({ dev }) => void dev.commit(ASSISTED, { files: {} })],
  ["an author in other letters", ({ dev }) => void dev.commit(ASSISTED, { author: "Bob <BOB@Acme.Example>" })],
  [
    "a merge of two branches",
    ({ dev }) => {
      for (const name of ["one", "two"]) {
        dev.git(["checkout", "-q", "-b", name, "refs/remotes/origin/main"]);
        dev.commit(`Add ${name}\n`);
      }
      dev.git(["checkout", "-q", "main"]);
      dev.git(["merge", "-q", "--no-ff", "-m", "Merge", "one", "two"]);
      reword(dev, ASSISTED);
    },
  ],
  [
    "a moved submodule, under settings that overlook it",
    ({ dev }) => {
      dev.git(["update-index", "--add", "--cacheinfo", `160000,${dev.oid("HEAD")},module`]);
      dev.commit("Add a submodule\n", { files: {} });
      dev.git(["config", "diff.ignoreSubmodules", "all"]);
      dev.git(["config", "diff.renames", "copies"]);
      dev.git(["config", "log.showSignature", "true"]);
      dev.git(["update-index", "--cacheinfo", `160000,${dev.oid("HEAD")},module`]);
      dev.git(["mv", "README.md", "READ ME\t.md"]);
      dev.commit(ASSISTED, { files: {} });
    },
  ],
];

describe.each(FORMATS)("a co-sign in a %s repository can be checked by hand", (format) => {
  it.each(KINDS)("for %s", (_, make) => {
    using world = openPushWorld({ policy, format });
    make(world);
    const time = fromNow(0);
    const work = cosignHead(world.dev, ada, { time });
    expectAllowed(attempt(world, work));
    expect(check(world)).toEqual({ status: 0, stdout: `good ada@acme.example ${time}\n`, stderr: "" });
    expect(check(world, work, "release/1")).toMatchObject({ status: 1, stdout: `bad ada@acme.example ${time}\n` });
    expect(check(world, work, "main", "-")).toMatchObject({ status: 1, stdout: `bad ada@acme.example ${time}\n` });
  });

  it("for a root", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "other"]);
    dev.commit(ASSISTED, { files: { other: "x\n" } });
    const time = fromNow(0);
    const root = cosignHead(dev, ada, { time });
    dev.git(["checkout", "-q", "main"]);
    dev.git(["merge", "-q", "--allow-unrelated-histories", "-X", "ours", "-m", "Join", "other"]);
    expectAllowed(attempt(world, dev.oid("HEAD")));
    expect(check(world, root)).toMatchObject({ status: 0, stdout: `good ada@acme.example ${time}\n` });
  });

  it("for a dispute, with its reason", () => {
    const dispute = "the editor added the line";
    using world = openPushWorld({ policy: `${policy}disputes: { level: senior }\n`, format });
    world.dev.commit(`${ASSISTED}Assisted-by: none (${dispute})\n`, { author: "Ada <ada@acme.example>" });
    const time = fromNow(0);
    const tip = cosignHead(world.dev, ada, { time, dispute });
    expectAllowed(attempt(world, tip), "disputed by ada@acme.example (signed)");
    expect(check(world)).toMatchObject({ status: 1, stdout: `bad ada@acme.example ${time}\n` });
    const told = check(world, "HEAD", "main", "acme/payments", dispute);
    expect(told).toEqual({ status: 0, stdout: `good ada@acme.example ${time}\n`, stderr: "" });
  });

  it("for several people and long signatures", () => {
    using world = openPushWorld({ policy: policy.replace("proof: signed", "proof: signed, count: 2"), format });
    const { dev } = world;
    const time = fromNow(0);
    dev.commit(ASSISTED);
    cosignHead(dev, rsa, { time });
    cosignHead(dev, grace, { as: "grace@acme.example", time });
    expectAllowed(attempt(world, dev.oid("HEAD")));
    expect(check(world)).toMatchObject({
      status: 0,
      stdout: `good ada@acme.example ${time}\ngood grace@acme.example ${time}\n`,
    });
  });
});

describe("a check by hand finds", () => {
  it.each<readonly [string, (world: PushWorld, time: string) => void]>([
    [
      "that the content changed",
      ({ dev }, time) => {
        cosignHead(dev, ada, { time });
        dev.write({ extra: "x\n" });
        dev.git(["commit", "-q", "--amend", "--no-edit"]);
      },
    ],
    [
      "that another author is named",
      ({ dev }, time) => {
        cosignHead(dev, ada, { time });
        reword(dev, messageOf(dev).replace("<bob@acme.example>", "<eve@acme.example>"));
      },
    ],
    ["that another person's key signed", ({ dev }, time) => void cosignHead(dev, grace, { time })],
    ["that it was signed for something else", ({ dev }, time) => void cosignHead(dev, ada, { time, namespace: "git" })],
  ])("%s", (_, make) => {
    using world = openPushWorld({ policy });
    const time = fromNow(0);
    world.dev.commit(ASSISTED);
    make(world, time);
    expect(check(world)).toMatchObject({ status: 1, stdout: `bad ada@acme.example ${time}\n` });
  });

  it.each([
    ["a line that fakes the answer", "Co-signature: x\\ngood ada@acme.example now AAAA"],
    ["an escape sequence", "Co-signature: x\u001b[1K\rgood ada@acme.example AAAA"],
    ["an option", "Co-signature: -h now AAAA"],
    ["nothing", "Co-signature:"],
  ])("%s in place of a signature", (_, line) => {
    using world = openPushWorld({ policy });
    world.dev.commit(`${ASSISTED}Co-signed-by: Ada <ada@acme.example>\n${line}\n`);
    const { status, stdout } = check(world);
    expect(status).toBe(1);
    expect(stdout).not.toMatch(/^good/m);
    expect(stdout).toMatch(/^[ -~\n]*$/);
  });

  it("that there is no signature, or no such commit", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(`${ASSISTED}Co-signed-by: Ada <ada@acme.example>\n`);
    expect(check(world)).toMatchObject({ status: 1, stdout: "" });
    expect(check(world, "nowhere")).toMatchObject({ status: 128, stdout: "" });
  });
});
