import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cosignHead, messageOf, openKeyRing, reword, type Signer, signedPolicy } from "../../rig/keys/cosign-commit.ts";
import { makeSecurityKey, SECURITY_KEY_TYPES } from "../../rig/keys/software-authenticator.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { CLAUDE, openPushWorld, type PushWorld } from "../../rig/worlds/push-world.ts";

const FORMATS = ["sha1", "sha256"] as const;
const FILE = "countersign.config.yaml";

const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const grace = ring.make("grace");
const policy = signedPolicy({ ada: [ada.line], grace: [grace.line] });

describe("a signed co-sign passes by a key that is", () => {
  const KEYS: readonly (readonly [string, () => Signer, string])[] = [
    ["Ed25519", () => ring.make("ed25519", "-t", "ed25519"), "signed"],
    ["ECDSA over P-256", () => ring.make("p256", "-t", "ecdsa", "-b", "256"), "signed"],
    ["ECDSA over P-384", () => ring.make("p384", "-t", "ecdsa", "-b", "384"), "signed"],
    ["ECDSA over P-521", () => ring.make("p521", "-t", "ecdsa", "-b", "521"), "signed"],
    ["RSA of 3072 bits", () => ring.make("rsa3072", "-t", "rsa", "-b", "3072"), "signed"],
    ["RSA of 4096 bits", () => ring.make("rsa4096", "-t", "rsa", "-b", "4096"), "signed"],
    ["a touched security key with Ed25519", () => makeSecurityKey(SECURITY_KEY_TYPES[0]), "hardware"],
    ["a touched security key with ECDSA", () => makeSecurityKey(SECURITY_KEY_TYPES[1]), "hardware"],
  ];

  it.each(KEYS)("%s", (_, make, proof) => {
    const key = make();
    using world = openPushWorld({ policy: signedPolicy({ ada: [`${key.line} ada@laptop`] }, `proof: ${proof}`) });
    expectRefused(attempt(world, world.dev.commit(ASSISTED)), "COSIGN_MISSING");
    const work = cosignHead(world.dev, key);
    expect(messageOf(world.dev).split("\n").at(-2)).toMatch(/^ [A-Za-z0-9+/]*={0,2}$/);
    expectAllowed(attempt(world, work), `co-signed by ada@acme.example (${proof})`);
  });
});

/** Every kind of commit that some reading of a diff could get wrong. HEAD becomes that commit, marked and unsigned. */
const SHAPES: readonly (readonly [string, (world: PushWorld) => void])[] = [
  ["that changes nothing", ({ dev }) => void dev.commit(ASSISTED, { files: {} })],
  ["that deletes a file", ({ dev }) => void dev.commit(ASSISTED, { files: { "README.md": null } })],
  [
    "that moves a file",
    ({ dev }) => {
      dev.git(["mv", "README.md", "READ.md"]);
      dev.commit(ASSISTED, { files: {} });
    },
  ],
  [
    "that changes a mode and a type",
    ({ dev }) => {
      dev.commit("Prepare\n", { files: { run: "#!/bin/sh\n", link: "to\n" } });
      dev.git(["rm", "-q", "link"]);
      symlinkSync("run", join(dev.dir, "link"));
      dev.git(["add", "link"]);
      dev.git(["update-index", "--chmod=+x", "run"]);
      dev.commit(ASSISTED, { files: {} });
    },
  ],
  [
    "with paths of any bytes",
    ({ dev }) => {
      for (const bytes of [[0xff], [0xfe], [0x0a], [0x09, 0x22, 0x5c], [0xc3, 0xa9], [0x3a, 0x31, 0x20]]) {
        writeFileSync(Buffer.concat([Buffer.from(`${dev.dir}/`), Buffer.from(bytes)]), "x\n");
      }
      dev.git(["add", "-A"]);
      dev.commit(ASSISTED, { files: {} });
    },
  ],
  [
    "that moves a submodule which settings tell git to overlook",
    ({ dev }) => {
      dev.write({ ".gitmodules": '[submodule "module"]\n\tpath = module\n\turl = ./module\n\tignore = all\n' });
      dev.git(["update-index", "--add", "--cacheinfo", `160000,${dev.oid("HEAD")},module`]);
      dev.commit("Add a submodule\n", { files: {} });
      dev.git(["config", "diff.ignoreSubmodules", "all"]);
      dev.git(["update-index", "--cacheinfo", `160000,${dev.oid("HEAD")},module`]);
      dev.commit(ASSISTED, { files: {} });
    },
  ],
  [
    "that merges",
    ({ dev }) => {
      dev.git(["checkout", "-q", "-b", "feat"]);
      dev.commit("Theirs\n", { files: { shared: "theirs\n", feat: "x\n" } });
      dev.git(["checkout", "-q", "main"]);
      dev.commit("Ours\n", { files: { shared: "ours\n" } });
      dev.git(["merge", "-q", "--no-ff", "-X", "ours", "-m", ASSISTED, "feat"]);
    },
  ],
  [
    "that merges three branches",
    ({ dev }) => {
      for (const name of ["one", "two", "three"]) {
        dev.git(["checkout", "-q", "-b", name, "main"]);
        dev.commit(`Add ${name}\n`, { files: { [name]: "x\n" } });
      }
      dev.git(["checkout", "-q", "main"]);
      dev.git(["merge", "-q", "--no-ff", "-m", ASSISTED, "one", "two", "three"]);
      // A merge that does nothing itself needs nothing.
      dev.commit(ASSISTED, { files: { mended: "x\n" }, args: ["--amend"] });
    },
  ],
];

describe.each(FORMATS)("a signed co-sign passes in a %s repository for a commit", (format) => {
  it.each(SHAPES)("%s", (_, make) => {
    using world = openPushWorld({ policy, format });
    make(world);
    if (!messageOf(world.dev).endsWith("\n")) reword(world.dev, `${messageOf(world.dev)}\n`);
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING");
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("that is a root, merged from a history of its own", () => {
    using world = openPushWorld({ policy, format });
    const { dev } = world;
    dev.git(["checkout", "-q", "--orphan", "other"]);
    dev.commit(ASSISTED, { files: { other: "x\n" } });
    const merge = (): string => {
      dev.git(["checkout", "-q", "-B", "main", "refs/remotes/origin/main"]);
      dev.git(["merge", "-q", "--allow-unrelated-histories", "-X", "ours", "-m", "Merge other", "other"]);
      return dev.oid("HEAD");
    };
    expectRefused(attempt(world, merge()), "COSIGN_MISSING", dev.oid("other").slice(0, 12));
    dev.git(["checkout", "-q", "other"]);
    cosignHead(dev, ada);
    expectAllowed(attempt(world, merge()), "co-signed by ada@acme.example (signed)");
  });
});

describe("two signed co-signs", () => {
  it("by two people are two", () => {
    using world = openPushWorld({ policy: policy.replace("{ proof: signed }", "{ proof: signed, count: 2 }") });
    world.dev.commit(ASSISTED);
    const one = cosignHead(world.dev, ada);
    expectRefused(attempt(world, one), "COSIGN_MISSING", "it has 1 of 2 co-signs");
    const two = cosignHead(world.dev, grace, { as: "grace@acme.example" });
    expectAllowed(attempt(world, two), "ada@acme.example (signed), grace@acme.example (signed)");
  });

  it("may stand in any order, with other trailers between them", () => {
    using world = openPushWorld({ policy: policy.replace("{ proof: signed }", "{ proof: signed, count: 2 }") });
    world.dev.commit("Retry uploads\n\nReviewed-by: R <r@acme.example>\n");
    cosignHead(world.dev, grace, { as: "grace@acme.example" });
    reword(world.dev, `${messageOf(world.dev)}${CLAUDE}\n`);
    const work = cosignHead(world.dev, ada);
    expectAllowed(attempt(world, work), "grace@acme.example (signed), ada@acme.example (signed)");
  });
});

describe("a change of the policy", () => {
  it("passes by a person's signed co-sign, and not by a typed one", () => {
    using world = openPushWorld({ policy });
    const files = { [FILE]: `${policy}mode: enforce\n` };
    const typed = world.dev.commit("Say the mode\n\nCo-signed-by: Ada <ada@acme.example>\n", { files });
    expectRefused(
      attempt(world, typed),
      "COSIGN_DECLARED_ONLY",
      "POLICY_CHANGED",
      `changes the policy itself (${FILE})`,
    );
    reword(world.dev, "Say the mode\n\n");
    expectAllowed(attempt(world, cosignHead(world.dev, ada)));
  });

  it("is not carried by the key that it brings itself", () => {
    using world = openPushWorld({ policy });
    const eve = ring.make("eve");
    const files = { [FILE]: signedPolicy({ ada: [ada.line, eve.line], grace: [grace.line] }) };
    world.dev.commit("Add a key\n\n", { files });
    expectRefused(attempt(world, cosignHead(world.dev, eve)), "COSIGN_KEY_UNKNOWN", "POLICY_CHANGED");
    reword(world.dev, "Add a key\n\n");
    expectAllowed(attempt(world, cosignHead(world.dev, grace, { as: "grace@acme.example" })));
    world.dev.commit(ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, eve)), "co-signed by ada@acme.example (signed)");
  });
});
