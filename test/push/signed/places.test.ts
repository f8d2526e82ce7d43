import { afterAll, describe, expect, it } from "vitest";
import { cosignHead, cosignTrailers, openKeyRing, reword, signedPolicy } from "../../rig/keys/cosign-commit.ts";
import { ASSISTED, type Attempt, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { pushTo } from "../../rig/worlds/pre-push-hook.ts";
import { openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const FORMATS = ["sha1", "sha256"] as const;
const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const grace = ring.make("grace");
const keys = { ada: [ada.line], grace: [grace.line] };
const policy = signedPolicy(keys);
const AS_GRACE = { as: "grace@acme.example" };

describe.each(FORMATS)("a good signature in a %s repository vouches for nothing", (format) => {
  it.each<readonly [string, (world: PushWorld, trailers: string) => Attempt]>([
    [
      "in the message of a tag",
      (world, trailers) => {
        world.dev.git(["tag", "-a", "-F", "-", "v1"], { input: `v1\n\n${trailers}` });
        return attempt(world, world.dev.oid("HEAD"), { push: ["--follow-tags"] });
      },
    ],
    [
      "in the message of the tag that is pushed to the branch",
      (world, trailers) => {
        world.dev.git(["tag", "-a", "-F", "-", "v1"], { input: `v1\n\n${trailers}` });
        return attempt(world, world.dev.oid("v1^{}"));
      },
    ],
    [
      "in a note",
      ({ dev, ...world }, trailers) => {
        dev.git(["notes", "add", "-F", "-"], { input: trailers });
        dev.git(["push", "-q", "--no-verify", "origin", "refs/notes/commits"]);
        return attempt({ dev, ...world }, dev.oid("HEAD"));
      },
    ],
    [
      "in a later empty commit",
      (world, trailers) => attempt(world, world.dev.commit(`Approve\n\n${trailers}`, { files: {} })),
    ],
    [
      "in an empty commit before it",
      (world, trailers) => {
        const { dev } = world;
        dev.git(["reset", "-q", "--soft", "HEAD~1"]);
        const tree = dev.git(["write-tree"]);
        const before = dev.git(["commit-tree", "HEAD^{tree}", "-p", "HEAD"], { input: `Approve\n\n${trailers}` });
        return attempt(world, dev.git(["commit-tree", tree, "-p", before], { input: ASSISTED }));
      },
    ],
    [
      "in the message of the merge that brings it in",
      (world, trailers) => {
        const { dev } = world;
        const work = dev.oid("HEAD");
        dev.git(["reset", "-q", "--hard", "HEAD~1"]);
        dev.git(["merge", "-q", "--no-ff", "-m", `Merge\n\n${trailers}`, work]);
        return attempt(world, dev.oid("HEAD"));
      },
    ],
    [
      "in a header of the commit",
      (world, trailers) => {
        const { dev } = world;
        const raw = `${dev.git(["cat-file", "commit", "HEAD"])}\n`;
        const header = `approval ${trailers.trim().replaceAll("\n", "\n ")}\n`;
        return attempt(world, dev.writeCommit(raw.replace("\n\n", `\n${header}\n`)));
      },
    ],
    [
      "in a file of the commit",
      (world, trailers) =>
        attempt(world, world.dev.commit(ASSISTED, { files: { COSIGNS: trailers }, args: ["--amend"] })),
    ],
  ])("%s", (_, place) => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    const work = dev.commit(ASSISTED);
    expectRefused(place(world, cosignTrailers(dev, work, ada)), "COSIGN_MISSING", '"Retry uploads"', "1 AI-assisted");
    dev.git(["reset", "-q", "--hard", work]);
    expectAllowed(attempt(world, cosignHead(dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("quoted in the body of its own message", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    const trailers = cosignTrailers(dev, dev.commit(ASSISTED), ada);
    const quoted = ASSISTED.replace("\n\n", `\n\n${trailers}\nAs said above.\n\n`);
    expectRefused(attempt(world, reword(dev, quoted)), "COSIGN_MISSING", "COSIGN_MISPLACED");
    expectAllowed(attempt(world, reword(dev, ASSISTED + trailers)), "co-signed by ada@acme.example (signed)");
  });
});

describe.each(FORMATS)("a stricter branch of a %s repository", (format) => {
  const strict = '  - branches: [main]\n  - branches: ["release/**"]\n    cosign: { count: 2 }\n';
  const two = policy.replace("  - branches: [main]\n", strict);
  const accepting = two.replace("count: 2 }\n", "count: 2 }\n    accepts: [main]\n");
  const RELEASE = { branch: "release/1" };

  function openReleaseWorld(text: string): PushWorld {
    const world = openPushWorld({ format, policy: text });
    world.dev.git(["push", "-q", "--no-verify", "origin", "main:release/1"]);
    return world;
  }

  it("takes what landed on a weaker one if the policy says that it accepts it", () => {
    using world = openReleaseWorld(accepting);
    world.dev.commit(ASSISTED);
    const work = cosignHead(world.dev, ada);
    expectRefused(attempt(world, work, RELEASE), "COSIGN_MISMATCH", "was signed for another branch");
    expectAllowed(attempt(world, work));
    expectAllowed(attempt(world, work, RELEASE));
  });

  it("takes by that nothing that has not landed, though it is signed for the weaker one", () => {
    using world = openReleaseWorld(accepting);
    const { dev } = world;
    dev.commit(ASSISTED);
    expectAllowed(attempt(world, cosignHead(dev, ada)));
    dev.commit(ASSISTED);
    const ahead = cosignHead(dev, ada);
    const refused = attempt(world, ahead, RELEASE);
    expectRefused(refused, "COSIGN_MISMATCH", ahead.slice(0, 12), "(1 new commit, 1 AI-assisted)");
    expect(refused.refs.get("refs/heads/release/1")).not.toBe(ahead);
  });

  it("takes it in the same push as the weaker one, if that takes it", () => {
    using world = openReleaseWorld(accepting);
    world.dev.commit(ASSISTED);
    const both = ["--atomic", "origin", "main:main", "main:release/1"];
    const refused = pushTo(world, both, { to: "release/1" });
    expectRefused(refused, "COSIGN_MISSING", world.dev.oid("main").slice(0, 12));
    cosignHead(world.dev, ada);
    expectAllowed(pushTo(world, both, { to: "release/1" }));
  });

  it("wants signatures for itself of as many people as it asks for where it accepts nothing", () => {
    using world = openReleaseWorld(two);
    const { dev } = world;
    dev.commit(ASSISTED);
    expectAllowed(attempt(world, cosignHead(dev, ada)));
    expectRefused(attempt(world, dev.oid("HEAD"), RELEASE), "COSIGN_MISMATCH", "COSIGN_MISSING");
    dev.git(["checkout", "-q", "-b", "release", "refs/remotes/origin/release/1"]);
    dev.git(["cherry-pick", "main"]);
    expectRefused(attempt(world, cosignHead(dev, ada, RELEASE), RELEASE), "COSIGN_MISSING", "it has 1 of 2 co-signs");
    const signed = cosignHead(dev, grace, { ...AS_GRACE, ...RELEASE });
    expectAllowed(attempt(world, signed, RELEASE), "ada@acme.example (signed), grace@acme.example (signed)");
  });
});
