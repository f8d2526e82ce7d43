import { afterAll, describe, it } from "vitest";
import {
  cosignHead,
  cosignTrailers,
  openKeyRing,
  reword,
  type Signing,
  signedPolicy,
} from "../../rig/keys/cosign-commit.ts";
import type { Repo } from "../../rig/repository/repo.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const FORMATS = ["sha1", "sha256"] as const;

const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const policy = signedPolicy({ ada: [ada.line] });

/** Makes a commit of its kind on top of the server's main, marked and without co-sign, and leaves HEAD there. */
type Kind = (dev: Repo, name: string) => void;

function branchOff(dev: Repo, name: string): void {
  dev.git(["checkout", "-q", "-B", name, "refs/remotes/origin/main"]);
  dev.commit("On the side\n", { files: { [`side-${name}`]: `${name}\n`, shared: `${name}\n` } });
  dev.git(["checkout", "-q", "-B", `on-${name}`, "refs/remotes/origin/main"]);
  dev.commit("Meanwhile\n", { files: { shared: "ours\n" } });
}

const merge =
  (...args: readonly string[]): Kind =>
  (dev, name) => {
    branchOff(dev, name);
    dev.git(["merge", "-q", "--no-ff", "-m", "Merge", ...args, name]);
    reword(dev, ASSISTED);
  };

const root: Kind = (dev, name) => {
  dev.git(["checkout", "-q", "--orphan", `root-${name}`]);
  dev.git(["rm", "-rqf", "."]);
  dev.commit(ASSISTED, { files: { [name]: `${name}\n` } });
};

const onMain =
  (files: (name: string) => Record<string, string>): Kind =>
  (dev, name) => {
    dev.git(["checkout", "-q", "-B", `on-${name}`, "refs/remotes/origin/main"]);
    dev.commit(ASSISTED, { files: files(name) });
  };

const empty = onMain(() => ({}));
const plain = onMain((name) => ({ [name]: `${name}\n` }));
const evil: Kind = (dev, name) => {
  merge("-s", "ours")(dev, name);
  dev.commit(ASSISTED, { files: { evil: `${name}\n` }, args: ["--amend"] });
};

/** Pushes what HEAD is; a history of its own goes in by a merge. */
function push(world: PushWorld): ReturnType<typeof attempt> {
  const { dev } = world;
  const main = "refs/remotes/origin/main";
  if (dev.try(["merge-base", "HEAD", main]).status !== 0) {
    const tip = dev.oid("HEAD");
    dev.git(["checkout", "-q", "-B", "joined", main]);
    dev.git(["merge", "-q", "--allow-unrelated-histories", "-m", "Join", tip]);
  }
  return attempt(world, dev.oid("HEAD"));
}

describe.each(FORMATS)("in a %s repository a signature of", (format) => {
  it.each<readonly [string, Kind, Kind]>([
    ["a root does not fit another root", root, root],
    ["a root does not fit a commit that adds the same file", root, (dev) => plain(dev, "one")],
    ["a commit does not fit a root that adds the same file", plain, (dev) => root(dev, "one")],
    ["an empty commit does not fit one with content", empty, plain],
    ["an empty commit does not fit a merge that changes nothing", empty, merge("-s", "ours")],
    ["an empty commit does not fit a merge", empty, merge("-X", "ours")],
    ["a merge that changes nothing does not fit another one", merge("-s", "ours"), merge("-s", "ours")],
    ["a merge that changes nothing does not fit an empty commit", merge("-s", "ours"), empty],
    ["a merge that changes nothing does not fit one that changes more than its parents", merge("-s", "ours"), evil],
    ["a merge does not fit another merge", merge("-X", "ours"), merge("-X", "ours")],
    ["a merge does not fit a merge of the same branch with more in it", merge("-X", "ours"), (dev) => evil(dev, "one")],
    [
      "a merge does not fit a commit that brings the same content",
      merge("-X", "ours"),
      (dev) => {
        merge("-X", "ours")(dev, "one");
        dev.git(["reset", "-q", "--soft", "HEAD^1"]);
        dev.commit(ASSISTED, { files: {} });
      },
    ],
    [
      "a merge does not fit an octopus merge of more branches",
      merge("-s", "ours"),
      (dev) => {
        dev.git(["checkout", "-q", "-B", "third", "refs/remotes/origin/main"]);
        dev.commit("Third\n");
        merge("-s", "ours")(dev, "one");
        dev.git(["reset", "-q", "--hard", "HEAD^1"]);
        dev.git(["merge", "-q", "-s", "ours", "-m", "Merge", "one", "third"]);
        reword(dev, ASSISTED);
      },
    ],
    [
      "a merge does not fit the merge with its parents exchanged",
      merge("-s", "ours"),
      (dev) => {
        branchOff(dev, "one");
        const [ours, theirs] = [dev.oid("on-one"), dev.oid("one")];
        const tree = dev.oid(`${theirs}^{tree}`);
        const made = dev.git(["commit-tree", tree, "-p", theirs, "-p", ours], { input: ASSISTED });
        dev.git(["reset", "-q", "--hard", made]);
      },
    ],
  ])("%s", (_, from, to) => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    from(dev, "one");
    const signed = cosignTrailers(dev, "HEAD", ada);
    to(dev, "two");
    const unsigned = dev.oid("HEAD");
    reword(dev, ASSISTED + signed);
    expectRefused(push(world), "COSIGN_MISMATCH", "does not cover this change");
    dev.git(["checkout", "-q", "-f", "-B", "again", unsigned]);
    cosignHead(dev, ada);
    expectAllowed(push(world), "co-signed by ada@acme.example (signed)");
  });

  it("a merge holds when only its first parent moves", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    merge("-X", "ours")(dev, "one");
    const signed = cosignTrailers(dev, "HEAD", ada);
    dev.git(["checkout", "-q", "-B", "later", "HEAD^1"]);
    dev.commit("Later\n");
    dev.git(["merge", "-q", "--no-ff", "-X", "ours", "-m", ASSISTED + signed, "one"]);
    expectAllowed(attempt(world, dev.oid("HEAD")), "co-signed by ada@acme.example (signed)");
  });
});

describe("a signature counts only for", () => {
  const release = policy.replace("branches: [main]", 'branches: [main]\n  - branches: ["release/**"]');

  it.each<readonly [string, Signing]>([
    ["the branch that it names", { branch: "release/1" }],
    ["the branch's whole name", { lines: (lines) => lines.replace("refs/heads/main", "main") }],
    ["the branch in its very letters", { branch: "Main" }],
    ["the project that it names", { project: "acme/ledger" }],
    ["a project, if the policy names one", { project: "-" }],
    ["a co-sign: not one that was made for a commit", { namespace: "git" }],
    ["a co-sign: not one that was made for a file", { namespace: "file" }],
    ["a co-sign of this version", { namespace: "countersign@v2" }],
    ["lines of this version", { lines: (lines) => lines.replace("countersign v1", "countersign v2") }],
    ["these lines and no more", { lines: (lines) => `${lines}note reviewed in a hurry\n` }],
    ["lines that all end", { lines: (lines) => lines.slice(0, -1) }],
    ["the address that it stands under", { lines: (lines) => lines.replace("cosigner ada@acme", "cosigner ada@home") }],
    ["the time that it stands beside", { lines: (lines) => lines.replace(/time ..../, "time 2024") }],
  ])("%s", (_, signing) => {
    using world = openPushWorld({ policy: release });
    world.dev.commit(ASSISTED);
    expectRefused(attempt(world, cosignHead(world.dev, ada, signing)), "COSIGN_MISMATCH", "does not cover this change");
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("each of the branches that one was made for", () => {
    using world = openPushWorld({ policy: release });
    world.dev.commit(ASSISTED);
    const one = cosignHead(world.dev, ada);
    expectRefused(attempt(world, one, { branch: "release/1" }), "COSIGN_MISMATCH");
    const both = cosignHead(world.dev, ada, { branch: "release/1" });
    expectAllowed(attempt(world, both));
    expectAllowed(attempt(world, both, { branch: "release/1" }), "co-signed by ada@acme.example (signed)");
  });

  it("a policy without project, if it names none", () => {
    using world = openPushWorld({ policy: policy.replace("project: acme/payments\n", "") });
    world.dev.commit(ASSISTED);
    expectRefused(attempt(world, cosignHead(world.dev, ada)), "COSIGN_MISMATCH");
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada, { project: "-" })));
  });
});

describe("names beyond ASCII", () => {
  it("can be signed for where they are UTF-8", () => {
    using world = openPushWorld({ policy: policy.replace("branches: [main]", 'branches: [main, "größe/**"]') });
    const { dev } = world;
    dev.commit(ASSISTED, { author: "Böb <böb@bücher.example>" });
    const branch = "größe/1";
    expectAllowed(attempt(world, cosignHead(dev, ada, { branch }), { branch }), "(signed)");
    dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
    dev.commit(ASSISTED, { author: "Böb <böb@bücher.example>" });
    expectAllowed(attempt(world, cosignHead(dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it.each([0xff, 0xfe])("cannot where they are bytes that look like others once decoded: %i", (byte) => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    dev.commit(ASSISTED);
    const message = ASSISTED + cosignTrailers(dev, "HEAD", ada, { authors: ["b\ufffdb@acme.example"] });
    const raw = `${dev.git(["cat-file", "commit", reword(dev, message)])}\n`;
    const bytes = Buffer.from(raw.replace("author Bob Builder <bob@", "author Bob Builder <b\x01b@"));
    bytes[bytes.indexOf(0x01)] = byte;
    expectRefused(attempt(world, dev.writeCommit(bytes)), "COSIGN_MISMATCH", "an author's address holds control");
    reword(dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(dev, ada)));
  });
});
