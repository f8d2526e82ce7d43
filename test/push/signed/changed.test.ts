import { afterAll, describe, it } from "vitest";
import {
  cosignHead,
  cosignTrailers,
  messageOf,
  openKeyRing,
  reword,
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

/** The files that the signed commit changes, and one that it does not. */
const BEFORE = { "src/a.ts": "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "src/b.ts": "b\n", other: "o\n" };
const AFTER = { "src/a.ts": "1\n2\n3\n4\n5\n6\n7\n8\nNINE\n", "src/b.ts": "bee\n", "src/new.ts": "new\n" };

/** A push world in which HEAD is co-signed by signature and not pushed yet. */
function openSigned(format: (typeof FORMATS)[number]): PushWorld {
  const world = openPushWorld({ policy, format });
  world.dev.commit("Prepare\n", { files: BEFORE });
  world.dev.git(["push", "-q", "--no-verify", "origin", "main"]);
  world.dev.commit(ASSISTED, { files: AFTER });
  cosignHead(world.dev, ada);
  return world;
}

const amend = (dev: Repo, ...args: readonly string[]): void =>
  void dev.git(["commit", "-q", "--amend", "--no-edit", "--no-verify", ...args]);

/** Plays the signed commit again on top of another one. */
function rebaseOver(dev: Repo, files: Readonly<Record<string, string | null>>, ...args: readonly string[]): void {
  dev.git(["checkout", "-q", "-b", "upstream", "HEAD~1"]);
  dev.commit("Meanwhile\n", { files });
  dev.git(["checkout", "-q", "main"]);
  dev.git(["rebase", "-q", ...args, "upstream"]);
}

describe.each(FORMATS)("a signature in a %s repository does not hold", (format) => {
  it.each<readonly [string, (dev: Repo) => void]>([
    [
      "after one byte of a file was changed",
      (dev) => {
        dev.write({ "src/b.ts": "beE\n" });
        amend(dev);
      },
    ],
    [
      "after a line end was changed",
      (dev) => {
        dev.write({ "src/b.ts": "bee\r\n" });
        amend(dev);
      },
    ],
    [
      "after a mode was changed",
      (dev) => {
        dev.git(["update-index", "--chmod=+x", "src/b.ts"]);
        amend(dev);
      },
    ],
    [
      "after a path was changed",
      (dev) => {
        dev.git(["mv", "src/new.ts", "src/newer.ts"]);
        amend(dev);
      },
    ],
    [
      "after a letter of a path was made a capital",
      (dev) => {
        dev.git(["mv", "src/new.ts", "src/New.ts"]);
        amend(dev);
      },
    ],
    [
      "after a file was made a link",
      (dev) => {
        const blob = dev.oid("HEAD:src/new.ts");
        dev.git(["update-index", "--cacheinfo", `120000,${blob},src/new.ts`]);
        amend(dev);
      },
    ],
    [
      "with one more file in the commit",
      (dev) => {
        dev.write({ extra: "" });
        amend(dev);
      },
    ],
    [
      "with one file less in the commit",
      (dev) => {
        dev.write({ "src/new.ts": null });
        amend(dev);
      },
    ],
    [
      "with two files' contents exchanged",
      (dev) => {
        dev.write({ "src/b.ts": AFTER["src/new.ts"], "src/new.ts": AFTER["src/b.ts"] });
        amend(dev);
      },
    ],
    [
      "with a part of it moved to the commit before it",
      (dev) => {
        const message = messageOf(dev);
        dev.git(["reset", "-q", "--hard", "HEAD~1"]);
        dev.commit("First\n", { files: { "src/b.ts": AFTER["src/b.ts"] } });
        dev.commit(message, { files: AFTER });
      },
    ],
    [
      "when rebased over a change of the same file",
      (dev) => rebaseOver(dev, { "src/a.ts": `0\n${BEFORE["src/a.ts"]}` }),
    ],
    [
      "when rebased to where the same change means another file",
      (dev) => rebaseOver(dev, { "src/b.ts": null, "src/bb.ts": "b\n" }, "-X", "theirs", "-X", "find-renames=50"),
    ],
  ])("%s", (_, change) => {
    using world = openSigned(format);
    const { dev } = world;
    change(dev);
    expectRefused(
      attempt(world, dev.oid("HEAD")),
      "COSIGN_MISMATCH",
      "the signature of ada@acme.example does not cover this change (co-sign on line 4)",
      "the content changed after it was signed",
    );
    reword(dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(dev, ada)), "co-signed by ada@acme.example (signed)");
  });
});

describe.each(FORMATS)("a signature in a %s repository still holds", (format) => {
  it.each<readonly [string, (dev: Repo) => void]>([
    ["as it was made", () => {}],
    ["after the message was worded anew", (dev) => void reword(dev, messageOf(dev).replace("Retry", "Try again"))],
    ["with another trailer behind it", (dev) => void reword(dev, `${messageOf(dev)}Reviewed-by: R <r@acme.example>\n`)],
    ["with a new author date", (dev) => amend(dev, "--date", "2001-02-03T04:05:06+07:00")],
    ["with another author's name", (dev) => amend(dev, "--author", "Robert Builder <bob@acme.example>")],
    ["with another author's address", (dev) => amend(dev, "--author", "Bob Builder <bob@home.example>")],
    ["with an author without address", (dev) => amend(dev, "--author", "Bob Builder <>")],
    ["with the author's address in other letters", (dev) => amend(dev, "--author", "Bob <BOB@Acme.Example>")],
    [
      "with another committer, and a date long ago",
      (dev) =>
        void dev.commit(messageOf(dev), {
          files: {},
          committer: "Release Bot <bot@acme.example>",
          date: "2001-02-03T04:05:06Z",
          args: ["--amend"],
        }),
    ],
    ["after a rebase over other files", (dev) => rebaseOver(dev, { other: "else\n", "src/c.ts": "c\n" })],
    [
      "after a rebase that signs every commit off",
      (dev) => rebaseOver(dev, { other: "else\n" }, "--rebase-merges", "--force-rebase", "--signoff"),
    ],
    [
      "after it was cherry-picked with a reference, while it had not landed",
      (dev) => {
        const work = dev.oid("HEAD");
        dev.git(["reset", "-q", "--hard", "refs/remotes/origin/main"]);
        dev.commit("Meanwhile\n");
        dev.git(["cherry-pick", "-x", work]);
      },
    ],
    [
      "after it went round by mail",
      (dev) => {
        const patch = dev.git([
          "format-patch",
          "--stdout",
          "--binary",
          "--full-index",
          "--src-prefix=a/",
          "--dst-prefix=b/",
          "-1",
        ]);
        dev.git(["reset", "-q", "--hard", "HEAD~1"]);
        dev.git(["am", "-q", "--keep-cr"], { input: `${patch}\n` });
      },
    ],
    [
      "after it was taken back and done again before it landed",
      (dev) => {
        const message = messageOf(dev);
        dev.git(["reset", "-q", "--hard", "HEAD~1"]);
        dev.commit("Something else\n");
        dev.commit(message, { files: AFTER });
      },
    ],
  ])("%s", (_, change) => {
    using world = openSigned(format);
    change(world.dev);
    expectAllowed(attempt(world, world.dev.oid("HEAD")), "co-signed by ada@acme.example (signed)");
  });
});

describe("a co-sign whose signature fails", () => {
  it("does not count as a typed one where a typed one would do", () => {
    using world = openPushWorld({ policy: signedPolicy({ ada: [ada.line] }, "proof: declared") });
    world.dev.commit(ASSISTED);
    cosignHead(world.dev, ada);
    world.dev.write({ extra: "x\n" });
    amend(world.dev);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISMATCH");
    expectAllowed(attempt(world, reword(world.dev, `${ASSISTED}Co-signed-by: Ada <ada@acme.example>\n`)), "declared");
  });

  it("does not keep another person's from counting", () => {
    const grace = ring.make("grace");
    using world = openPushWorld({ policy: signedPolicy({ ada: [ada.line], grace: [grace.line] }) });
    const { dev } = world;
    dev.commit(ASSISTED);
    const old = cosignTrailers(dev, "HEAD", ada);
    dev.write({ extra: "x\n" });
    amend(dev);
    expectRefused(attempt(world, reword(dev, ASSISTED + old)), "COSIGN_MISMATCH");
    expectAllowed(
      attempt(world, cosignHead(dev, grace, { as: "grace@acme.example" })),
      "co-signed by grace@acme.example (signed)",
    );
  });

  it("and is another commit's is called so, and the other commit lands by itself", () => {
    using world = openSigned("sha1");
    const { dev } = world;
    const first = dev.oid("HEAD");
    const copied = dev.git(["log", "-1", "--format=%B"]);
    const second = dev.commit(`${copied}\n`, { files: { other: "another\n" } });
    expectRefused(attempt(world, second), "COSIGN_MISMATCH", `it was made for commit ${first.slice(0, 12)}`);
    expectAllowed(attempt(world, first), "co-signed by ada@acme.example (signed)");
    expectAllowed(attempt(world, cosignHead(dev, ada)), "co-signed by ada@acme.example (signed)");
  });
});
