import { afterAll, describe, expect, it } from "vitest";
import {
  cosignHead,
  fromNow,
  messageOf,
  openKeyRing,
  reword,
  type Signing,
  signedPolicy,
} from "../../rig/keys/cosign-commit.ts";
import { makeSecurityKey, SECURITY_KEY_TYPES } from "../../rig/keys/software-authenticator.ts";
import { sshKeygen } from "../../rig/keys/ssh-keys.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused, expectUndecided } from "../../rig/worlds/attempt.ts";
import { openPushWorld } from "../../rig/worlds/push-world.ts";

const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const second = ring.make("ada-at-home");
const grace = ring.make("grace");
const eve = ring.make("eve");
const print = (path: string): string => sshKeygen(ring.scratch, ["-l", "-f", path]).split(" ")[1] as string;

describe("a signature counts only by a key of the person whose address it stands under", () => {
  const policy = signedPolicy({ ada: [ada.line, second.line], grace: [grace.line] });

  it.each<readonly [string, typeof ada, Signing, string]>([
    ["and not by one that nobody has", eve, {}, "ada@acme.example"],
    ["and not by another person's, who would be entitled", grace, {}, "ada@acme.example"],
    [
      "and not by another person's, signed as that person",
      grace,
      { lines: (lines) => lines.replace("cosigner ada", "cosigner grace") },
      "ada@acme.example",
    ],
    ["and not by one of a person who has none", ada, { as: "bob@acme.example" }, "bob@acme.example"],
  ])("%s", (_, key, signing, email) => {
    using world = openPushWorld({ policy: policy.replace("level: mid", "level: senior") });
    world.dev.commit(ASSISTED, { author: "Jim Junior <jim@acme.example>" });
    expectRefused(
      attempt(world, cosignHead(world.dev, key, signing)),
      "COSIGN_KEY_UNKNOWN",
      `the key ${print(key.path)} does not belong to ${email}`,
    );
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("be it any of this person's keys and addresses", () => {
    using world = openPushWorld({ policy });
    for (const key of [ada, second]) {
      for (const as of ["ada@acme.example", "ada@home.example", "ADA@Acme.Example"]) {
        world.dev.commit(ASSISTED);
        expectAllowed(attempt(world, cosignHead(world.dev, key, { as })), `co-signed by ${as.toLowerCase()} (signed)`);
      }
    }
  });
});

describe("a key that is revoked proves nothing", () => {
  it.each([
    ["by its line", ada.line],
    ["by its line with a comment", `${ada.line} lost in a train`],
    ["by its fingerprint", print(ada.path)],
  ])("%s, whatever date the commit bears", (_, revoked) => {
    const policy = signedPolicy({ ada: [ada.line, second.line] }, "proof: signed", `revoked:\n  - ${revoked}\n`);
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED, { date: "2001-02-03T04:05:06Z" });
    expectRefused(
      attempt(world, cosignHead(world.dev, ada)),
      "COSIGN_KEY_REVOKED",
      `the key ${print(ada.path)} of ada@acme.example is revoked`,
    );
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, second)), "co-signed by ada@acme.example (signed)");
  });

  it("from the next push on, while what it signed before stays", () => {
    const policy = signedPolicy({ ada: [ada.line], grace: [grace.line] });
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada)));
    world.dev.commit("Revoke a key\n\n", {
      files: { "countersign.config.yaml": `${policy}revoked:\n  - ${ada.line}\n` },
    });
    expectAllowed(attempt(world, cosignHead(world.dev, grace, { as: "grace@acme.example" })));
    world.dev.commit(ASSISTED);
    expectRefused(attempt(world, cosignHead(world.dev, ada)), "COSIGN_KEY_REVOKED", "(1 new commit, 1 AI-assisted)");
    reword(world.dev, "Retry uploads\n");
    expectAllowed(attempt(world, world.dev.oid("HEAD")));
  });
});

describe("a key proves something only while it is valid, by the clock of the machine that judges", () => {
  const [past, future] = ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"];
  const entry = (fields: string): string => `{ key: "${ada.line}", ${fields} }`;

  it.each([
    ["has expired", `validUntil: ${past}`, "2019-06-01T00:00:00Z", "not valid any more"],
    ["expired a moment ago", `validUntil: ${fromNow(-2)}`, fromNow(-3600), "not valid any more"],
    ["is for later", `validFrom: ${future}`, "2099-06-01T00:00:00Z", "not valid yet"],
    ["is for later than the next hour", `validFrom: ${fromNow(3600)}`, fromNow(7200), "not valid yet"],
  ])("and not when it %s, though the commit is dated as if", (_, fields, date, phrase) => {
    using world = openPushWorld({ policy: signedPolicy({ ada: [entry(fields), second.line] }) });
    for (const time of [fromNow(0), date]) {
      world.dev.commit(ASSISTED, { date });
      const signed = reword(world.dev, messageOf(world.dev, cosignHead(world.dev, ada, { time })));
      expectRefused(
        attempt(world, signed),
        "COSIGN_KEY_EXPIRED",
        `the key ${print(ada.path)} of ada@acme.example is ${phrase}`,
      );
      world.dev.git(["reset", "-q", "--hard", "HEAD~1"]);
    }
    world.dev.commit(ASSISTED, { date });
    expectAllowed(attempt(world, cosignHead(world.dev, second)), "co-signed by ada@acme.example (signed)");
  });

  it.each(["UTC", "Pacific/Kiritimati", "Pacific/Niue"])("which is the same in the time zone %s", (zone) => {
    const fields = `validFrom: ${fromNow(-60)}, validUntil: ${fromNow(3600)}`;
    using world = openPushWorld({ policy: signedPolicy({ ada: [entry(fields)] }) });
    world.dev.env["TZ"] = zone;
    world.dev.commit(ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });
});

describe.each(SECURITY_KEY_TYPES)("a security key of type %s", (type) => {
  const key = makeSecurityKey(type);
  const untouched = (flags: number): typeof key => ({
    ...key,
    sign: (namespace, message) => key.sign(namespace, message, { flags }),
  });

  it.each([
    ["without a touch", untouched(0x00)],
    ["with a PIN and without a touch", untouched(0x04)],
  ])("that signs %s is not enough where a hardware key is asked for", (_, signer) => {
    using world = openPushWorld({ policy: signedPolicy({ ada: [key.line] }, "proof: hardware") });
    world.dev.commit(ASSISTED);
    expectRefused(
      attempt(world, cosignHead(world.dev, signer)),
      "COSIGN_NO_TOUCH",
      "is signed, but not by a key that was touched",
      "a co-sign by hardware key from a person",
    );
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, key)), "co-signed by ada@acme.example (hardware)");
  });

  it("that signs without a touch is a key like others", () => {
    using world = openPushWorld({ policy: signedPolicy({ ada: [key.line] }) });
    world.dev.commit(ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, untouched(0))), "co-signed by ada@acme.example (signed)");
  });

  it("whose flags were set afterwards did not sign", () => {
    using world = openPushWorld({ policy: signedPolicy({ ada: [key.line] }, "proof: hardware") });
    world.dev.commit(ASSISTED);
    const forged: typeof key = {
      ...key,
      sign(namespace, message) {
        const blob = key.sign(namespace, message, { flags: 0 });
        blob[blob.length - 5] = 0x01;
        return blob;
      },
    };
    expectRefused(
      attempt(world, cosignHead(world.dev, forged)),
      "COSIGN_MISMATCH",
      "does not verify against what had to be signed",
    );
  });
});

it("a key in a file is not enough where a rule asks for hardware", () => {
  const key = makeSecurityKey(SECURITY_KEY_TYPES[0]);
  const rest = 'rules:\n  - { name: infrastructure, paths: ["infra/**"], cosign: { proof: hardware } }\n';
  using world = openPushWorld({ policy: signedPolicy({ ada: [ada.line, key.line] }, "proof: signed", rest) });
  world.dev.commit(ASSISTED, { files: { "infra/main.tf": "x\n" } });
  expectRefused(attempt(world, cosignHead(world.dev, ada)), "COSIGN_NO_TOUCH", "by hardware key");
  expect(messageOf(world.dev)).toContain("Co-signature: ");
  reword(world.dev, ASSISTED);
  expectAllowed(attempt(world, cosignHead(world.dev, key)), "(hardware)");
  world.dev.commit(ASSISTED, { files: { "src/main.ts": "x\n" } });
  expectAllowed(attempt(world, cosignHead(world.dev, ada)), "(signed)");
});

describe("no decision is reached by a roster", () => {
  const weak = ring.make("weak", "-t", "rsa", "-b", "1024");
  const at = (address: string): string => signedPolicy({ ada: [ada.line] }).replace("ada@acme.example", address);

  it.each([
    ["with one key for two people", signedPolicy({ ada: [ada.line], grace: [`${ada.line} g`] }), "the key"],
    ["with one key twice for one person", signedPolicy({ ada: [ada.line, `${ada.line} again`] }), "the key"],
    ["with a weak key", signedPolicy({ ada: [weak.line] }), "RSA key of 1024 bits"],
    ["with a pattern for an address", at('"*@acme.example"'), "emails"],
    ["with several addresses in one", at('"ada@acme.example,grace@acme.example"'), "emails"],
    ["with a line end in an address", at('"ada@acme.example\\neve@acme.example"'), "emails"],
  ])("%s", (_, policy, phrase) => {
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED);
    expectUndecided(attempt(world, cosignHead(world.dev, ada)), "POLICY_MALFORMED", phrase);
  });
});
