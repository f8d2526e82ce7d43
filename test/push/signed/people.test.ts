import { afterAll, describe, it } from "vitest";
import { cosignHead, cosignTrailers, openKeyRing, reword, signedPolicy } from "../../rig/keys/cosign-commit.ts";
import { ASSISTED, attempt, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { openPushWorld } from "../../rig/worlds/push-world.ts";

const ring = openKeyRing();
afterAll(() => ring[Symbol.dispose]());
const ada = ring.make("ada");
const adaAtHome = ring.make("ada-at-home");
const grace = ring.make("grace");
const jim = ring.make("jim");
const keys = { ada: [ada.line, adaAtHome.line], grace: [grace.line], jim: [jim.line] };
const AS_GRACE = { as: "grace@acme.example" };

describe("a signature does not make a co-sign out of", () => {
  const policy = signedPolicy(keys);

  it.each([
    ["the author's own", "Ada Lovelace <ada@acme.example>", ASSISTED, "as its author"],
    ["the author's own under a second address", "Ada Lovelace <ada@home.example>", ASSISTED, "as its author"],
    ["the author's own in other letters", "Ada <ADA@Home.Example>", ASSISTED, "as its author"],
    [
      "a co-author's",
      "Bob Builder <bob@acme.example>",
      `${ASSISTED}Co-authored-by: A <ada@home.example>\n`,
      "as its co-author",
    ],
  ])("%s", (_, author, message, role) => {
    using world = openPushWorld({ policy });
    world.dev.commit(message, { author });
    expectRefused(
      attempt(world, cosignHead(world.dev, ada)),
      "COSIGN_SELF",
      `ada@acme.example co-signed their own work, ${role}`,
    );
    expectAllowed(attempt(world, cosignHead(world.dev, grace, AS_GRACE)), "co-signed by grace@acme.example (signed)");
  });

  it("a junior's", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED);
    expectRefused(
      attempt(world, cosignHead(world.dev, jim, { as: "jim@acme.example" })),
      "COSIGN_LEVEL",
      "jim@acme.example has level junior",
    );
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("that of somebody who is not on the roster", () => {
    using world = openPushWorld({ policy });
    const eve = ring.make("eve");
    world.dev.commit(ASSISTED);
    expectRefused(attempt(world, cosignHead(world.dev, eve, { as: "eve@acme.example" })), "COSIGN_UNKNOWN_SIGNER");
    expectAllowed(attempt(world, cosignHead(world.dev, ada)));
  });

  it("somebody's whom a committer's name stands for", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED, { committer: "Ada Lovelace <ada@acme.example>" });
    expectRefused(attempt(world, world.dev.oid("HEAD")), "COSIGN_MISSING");
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });
});

describe("an author's own signature counts where a rule takes it", () => {
  const rest = "rules:\n  - { name: own work, authors: { level: senior }, cosign: { self: true } }\n";
  const policy = signedPolicy(keys, "proof: signed", rest);

  it("and proves that it is the author who says so", () => {
    using world = openPushWorld({ policy });
    const own = { author: "Ada Lovelace <ada@acme.example>" };
    const typed = `${ASSISTED}Co-signed-by: Ada <ada@acme.example>\n`;
    expectRefused(attempt(world, world.dev.commit(typed, own)), "COSIGN_DECLARED_ONLY");
    reword(world.dev, ASSISTED);
    expectRefused(attempt(world, cosignHead(world.dev, jim)), "COSIGN_KEY_UNKNOWN");
    reword(world.dev, ASSISTED);
    expectAllowed(attempt(world, cosignHead(world.dev, ada)), "co-signed by ada@acme.example (signed)");
  });

  it("and not that of an author of too low a level", () => {
    using world = openPushWorld({ policy });
    world.dev.commit(ASSISTED, { author: "Jim Junior <jim@acme.example>" });
    expectRefused(attempt(world, cosignHead(world.dev, jim, { as: "jim@acme.example" })), "COSIGN_SELF");
    expectAllowed(attempt(world, cosignHead(world.dev, ada)));
  });
});

describe("two signatures are not two people's", () => {
  const policy = signedPolicy(keys, "proof: signed, count: 2");

  it.each([
    ["by two keys under one address", "ada@acme.example"],
    ["by two keys under two addresses", "ada@home.example"],
    ["by two keys under one address in two spellings", "ADA@acme.example"],
  ])("%s of one person", (_, as) => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    dev.commit(ASSISTED);
    const twice = cosignTrailers(dev, "HEAD", ada) + cosignTrailers(dev, "HEAD", adaAtHome, { as });
    expectRefused(attempt(world, reword(dev, ASSISTED + twice)), "COSIGN_MISSING", "it has 1 of 2 co-signs");
    expectAllowed(
      attempt(world, cosignHead(dev, grace, AS_GRACE)),
      "ada@acme.example (signed)",
      "grace@acme.example (signed)",
    );
  });

  it("where the second is typed only", () => {
    using world = openPushWorld({ policy });
    const { dev } = world;
    dev.commit(`${ASSISTED}Co-signed-by: Grace Hopper <grace@acme.example>\n`);
    const signed = cosignHead(dev, ada);
    expectRefused(
      attempt(world, signed),
      "COSIGN_DECLARED_ONLY",
      "grace@acme.example on line 4 is declared, not proven",
      "2 signed co-signs from people",
    );
    expectAllowed(attempt(world, cosignHead(dev, grace, AS_GRACE)));
  });
});
