import { afterAll, describe, it } from "vitest";
import {
  cosignHead,
  cosignTrailers,
  fromNow,
  messageOf,
  openKeyRing,
  reword,
  signedPolicy,
} from "../../rig/keys/cosign-commit.ts";
import { putTogether, splitStrings, sshNumber, sshStrings, takeApart } from "../../rig/keys/ssh-wire.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const FORMATS = ["sha1", "sha256"] as const;
const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const p256 = ring.make("p256", "-t", "ecdsa", "-b", "256");
const RELEASE = '  - branches: [main]\n  - branches: ["release/**"]\n';
const policy = signedPolicy({ ada: [ada.line, p256.line] }).replace("  - branches: [main]\n", RELEASE);

const FILES = { "src/a.ts": "a\n" };

/** Lands a signed commit, takes it back, and returns its message. */
function landAndRevert(world: PushWorld): string {
  world.dev.commit(ASSISTED, { files: FILES });
  const landed = cosignHead(world.dev, ada, { time: fromNow(-60) });
  expectAllowed(attempt(world, landed));
  world.dev.commit("Take it back\n", { files: { "src/a.ts": null } });
  expectAllowed(attempt(world, world.dev.oid("HEAD")));
  return messageOf(world.dev, landed);
}

describe.each(FORMATS)("a signature lands once on a branch of a %s repository", (format) => {
  it.each<readonly [string, (world: PushWorld, message: string) => void]>([
    ["and not again with its old message", ({ dev }, message) => void dev.commit(message, { files: FILES })],
    ["and not again by a cherry-pick", ({ dev }) => void dev.git(["cherry-pick", "HEAD~1"])],
    [
      "and not again by reverting the revert",
      ({ dev }, message) => {
        dev.git(["revert", "--no-edit", "HEAD"]);
        reword(dev, message);
      },
    ],
    [
      "and not again in other words, at another time, by an author of another name",
      ({ dev }, message) =>
        void dev.commit(message.replace("Retry", "Try again"), {
          files: FILES,
          author: "Robert <bob@acme.example>",
          date: "2001-02-03T04:05:06Z",
        }),
    ],
    [
      "and not again with its lines folded otherwise",
      ({ dev }, message) =>
        void dev.commit(message.replace(/\n (?=[A-Za-z0-9+/=]+\n$)/, "").replace("ada@", "ADA@"), { files: FILES }),
    ],
    [
      "and not again on a branch that is merged",
      ({ dev }, message) => {
        dev.git(["checkout", "-q", "-b", "feat"]);
        dev.commit(message, { files: FILES });
        dev.git(["checkout", "-q", "main"]);
        dev.git(["merge", "-q", "--no-ff", "-m", "Merge", "feat"]);
      },
    ],
  ])("%s", (_, again) => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    const message = landAndRevert(world);
    const before = dev.oid("HEAD");
    again(world, message);
    expectRefused(attempt(world, dev.oid("HEAD")), "COSIGN_SPENT");
    dev.git(["reset", "-q", "--hard", before]);
    dev.commit(ASSISTED, { files: FILES });
    expectAllowed(attempt(world, cosignHead(dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("and not twice in one push", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    dev.commit(ASSISTED, { files: FILES });
    const first = cosignHead(dev, ada);
    dev.commit("Take it back\n", { files: { "src/a.ts": null } });
    const again = dev.commit(messageOf(dev, first), { files: FILES });
    expectRefused(attempt(world, again), "COSIGN_SPENT");
    expectAllowed(attempt(world, first));
    expectAllowed(attempt(world, dev.oid("HEAD~1")));
    reword(dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(dev, ada, { time: fromNow(1) })), "(signed)");
  });
});

describe("a signature that was used is told", () => {
  it("though its bytes were made anew without the key", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    dev.commit(ASSISTED, { files: FILES });
    const landed = cosignHead(dev, p256);
    expectAllowed(attempt(world, landed));
    dev.commit("Take it back\n", { files: { "src/a.ts": null } });
    const message = messageOf(dev, landed);
    const other = message.replace(/(?<=> ?\n ).*/s, (text) => `${otherEcdsa(text.replace(/\s/g, ""))}\n`);
    expectRefused(attempt(world, dev.commit(other, { files: FILES })), "COSIGN_SPENT");
  });

  it("for a change of the policy", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    const strict = { "countersign.config.yaml": `${policy}disclosure: required\n` };
    const lax = { "countersign.config.yaml": policy };
    const message = "Change the policy\n\nAssisted-by: none\n";
    dev.commit(message, { files: strict });
    expectAllowed(attempt(world, cosignHead(dev, ada, { time: fromNow(-60) })));
    dev.commit(message, { files: lax });
    const lifted = cosignHead(dev, ada, { time: fromNow(-40) });
    expectAllowed(attempt(world, lifted));
    dev.commit(message, { files: strict });
    expectAllowed(attempt(world, cosignHead(dev, ada, { time: fromNow(-20) })));
    const replay = dev.commit(messageOf(dev, lifted), { files: lax });
    expectRefused(attempt(world, replay), "COSIGN_SPENT", "POLICY_CHANGED");
  });
});

describe("a signature is not used up", () => {
  it("by another line of history that makes the same change", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    dev.commit(ASSISTED, { files: FILES });
    const first = cosignHead(dev, ada);
    dev.git(["checkout", "-q", "-b", "twin", "HEAD~1"]);
    dev.commit("On the side\n");
    dev.commit(messageOf(dev, first), { files: FILES });
    dev.git(["merge", "-q", "--no-ff", "-m", "Merge", "main"]);
    expectAllowed(attempt(world, dev.oid("HEAD")), "4 new commits, 2 AI-assisted");
  });

  it("by trying, undoing and trying again, where all of it was signed at once", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    const time = fromNow(0);
    dev.commit(ASSISTED, { files: FILES });
    cosignHead(dev, ada, { time });
    dev.commit("Take it back\n\nAssisted-by: none\n", { files: { "src/a.ts": null } });
    cosignHead(dev, ada, { time });
    dev.commit(ASSISTED, { files: FILES });
    expectAllowed(attempt(world, cosignHead(dev, ada, { time })), "3 new commits, 2 AI-assisted");
  });

  it("by the same change on another branch, which has one of its own", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    dev.commit(ASSISTED, { files: FILES });
    const both = cosignTrailers(dev, "HEAD", ada) + cosignTrailers(dev, "HEAD", ada, { branch: "release/1" });
    const work = reword(dev, ASSISTED + both);
    expectAllowed(attempt(world, work));
    dev.git(["checkout", "-q", "-b", "release", "refs/remotes/origin/release/1"]);
    dev.commit("Only here\n");
    dev.git(["cherry-pick", work]);
    expectAllowed(attempt(world, dev.oid("HEAD"), { branch: "release/1" }), "co-signed by ada@acme.example (signed)");
    dev.commit("Take it back\n", { files: { "src/a.ts": null } });
    dev.git(["cherry-pick", work]);
    expectRefused(attempt(world, dev.oid("HEAD"), { branch: "release/1" }), "COSIGN_SPENT");
  });

  it("by a push that was refused, or that never reached the server", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    dev.commit(ASSISTED, { files: FILES });
    const work = cosignHead(dev, ada);
    expectRefused(attempt(world, dev.commit(ASSISTED)), "COSIGN_MISSING", "(2 new commits, 2 AI-assisted)");
    dev.git(["push", "-q", "--no-verify", "origin", `${work}:refs/heads/backup`]);
    dev.git(["fetch", "-q"]);
    dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
    dev.commit("Meanwhile\n");
    dev.git(["cherry-pick", work]);
    expectAllowed(attempt(world, dev.oid("HEAD")), "co-signed by ada@acme.example (signed)");
  });
});

/** The other ECDSA signature that follows from one: r and the curve's order minus s. */
function otherEcdsa(base64: string): string {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const parts = takeApart(Buffer.from(base64, "base64"));
  const [algorithm, raw] = splitStrings(parts.signature, 2).strings as [Buffer, Buffer];
  const [r, s] = splitStrings(raw, 2).strings as [Buffer, Buffer];
  const rest = (order - BigInt(`0x${s.toString("hex")}`)).toString(16).padStart(64, "0");
  const numbers = Buffer.concat([sshNumber(r), sshNumber(Buffer.from(rest, "hex"))]);
  return putTogether({ ...parts, signature: sshStrings(algorithm, numbers) }).toString("base64");
}
