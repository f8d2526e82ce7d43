import { afterAll, describe, expect, it } from "vitest";
import {
  ASSISTED,
  attemptCommit,
  expectAllowed,
  expectRefused,
  expectUndecided,
  VOUCHED,
} from "../../rig/worlds/attempt.ts";
import { COSIGN, openPushWorld, POLICY } from "../../rig/worlds/push-world.ts";

const GRACE = "Co-signed-by: Grace Hopper <grace@acme.example>";
const ADA_AT_HOME = "Co-signed-by: Ada Lovelace <ada@home.example>";

describe("a typed co-sign", () => {
  it("passes where the policy takes claims, and is told to be one", () => {
    using world = openPushWorld();
    expectAllowed(attemptCommit(world, VOUCHED), "co-signed by ada@acme.example (declared, not proven)");
  });

  it.each([
    ["by default", "cosign: {}\n", "a signed co-sign from a person"],
    ["with proof: signed", "cosign:\n  proof: signed\n", "a signed co-sign from a person"],
    ["with proof: hardware", "cosign:\n  proof: hardware\n", "a co-sign by hardware key from a person"],
  ])("is refused %s, whoever typed it", (_, cosign, needs) => {
    using world = openPushWorld({ policy: POLICY.replace("cosign:\n  proof: declared\n", cosign) });
    for (const author of [
      "Jim Junior <jim@acme.example>",
      "Claude <noreply@anthropic.com>",
      "Grace Hopper <grace@acme.example>",
    ]) {
      const result = attemptCommit(world, VOUCHED, { author });
      expectRefused(
        result,
        "COSIGN_DECLARED_ONLY",
        "ada@acme.example on line 4 is declared, not proven",
        needs,
        "an AI agent must stop here and ask",
      );
    }
    expectRefused(attemptCommit(world, ASSISTED), "COSIGN_MISSING", needs);
    expectAllowed(attemptCommit(world, `Retry\n\n${COSIGN}\n`));
  });
});

describe("only a second person's co-sign counts", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  it.each([
    ["the author", { author: "Ada Lovelace <ada@acme.example>" }, COSIGN, "as its author"],
    ["the author under a second address", { author: "Ada Lovelace <ada@home.example>" }, COSIGN, "as its author"],
    [
      "the author who signs with a second address",
      { author: "Ada Lovelace <ada@acme.example>" },
      ADA_AT_HOME,
      "as its author",
    ],
    ["the author in other letters", { author: "Ada Lovelace <ADA@Acme.Example>" }, COSIGN, "as its author"],
    ["the author under another name", { author: "A. Nonymous <ada@home.example>" }, COSIGN, "as its author"],
    ["a co-author", {}, `Co-authored-by: Ada Lovelace <ada@acme.example>\n${COSIGN}`, "as its co-author"],
    ["a co-author under a second address", {}, `Co-authored-by: A <ADA@home.example>\n${COSIGN}`, "as its co-author"],
    [
      "a co-author behind the co-sign",
      {},
      `${COSIGN}\nCO-AUTHORED-BY: Ada Lovelace <ada@acme.example>`,
      "as its co-author",
    ],
    [
      "a co-author with a folded line",
      {},
      `Co-authored-by: Ada Lovelace\n <ada@acme.example>\n${COSIGN}`,
      "as its co-author",
    ],
    [
      "a co-author in a paragraph of its own",
      {},
      `Co-authored-by: Ada Lovelace <ada@acme.example>\n\n${COSIGN}`,
      "as its co-author",
    ],
  ])("so that of %s does not", (_, people, lines, role) => {
    expectRefused(attemptCommit(world, `${ASSISTED}${lines}\n`, people), "COSIGN_SELF", role);
    expectAllowed(attemptCommit(world, `${ASSISTED}${lines}\n${GRACE}\n`, people), "co-signed by grace@acme.example");
  });

  it.each([
    ["the committer", { committer: "Ada Lovelace <ada@acme.example>" }, COSIGN],
    [
      "the committer of what an agent authored",
      { author: "Claude <noreply@anthropic.com>", committer: "Ada Lovelace <ada@acme.example>" },
      COSIGN,
    ],
    ["somebody with another address of the author's form", { author: "Ada Lovelace <ada+work@acme.example>" }, COSIGN],
    ["the author's namesake", { author: "Ada Lovelace <ada@other.example>" }, COSIGN],
    [
      "somebody who reviewed and tested it",
      {},
      `Reviewed-by: Ada Lovelace <ada@acme.example>\nTested-by: Ada Lovelace <ada@acme.example>\n${COSIGN}`,
    ],
    [
      "somebody whom the author only claims in the name",
      { author: "Ada Lovelace ada@acme.example <bob@acme.example>" },
      COSIGN,
    ],
  ])("and that of %s does", (_, people, lines) => {
    expectAllowed(attemptCommit(world, `${ASSISTED}${lines}\n`, people), "co-signed by ada@acme.example");
    expectRefused(attemptCommit(world, ASSISTED, people), "COSIGN_MISSING");
  });
});

describe("an address that a forge gives in place of its owner's is theirs where the roster names the account", () => {
  const accounts = "level: senior\n    github: { login: Ada-L, id: 12345 }\n    gitlab: 007-ada";
  const policy = POLICY.replace("level: senior", accounts);
  const world = openPushWorld({ policy });
  afterAll(() => world[Symbol.dispose]());

  it.each([
    ["an author's", { author: "Ada <12345+ada-l@users.noreply.github.com>" }, ""],
    ["an author's after the login changed", { author: "Ada <12345+ADA-2@users.noreply.github.com>" }, ""],
    ["an author's without a number", { author: "Ada <ada-l@users.noreply.github.acme.example>" }, ""],
    ["an author's whose login begins with digits", { author: "Ada <007-ada@users.noreply.gitlab.com>" }, ""],
    [
      "that of the person for whom an agent works",
      { author: "Copilot <198982749+Copilot@users.noreply.github.com>" },
      "Co-authored-by: ada-l <12345+ada-l@users.noreply.github.com>\n",
    ],
  ])("so that a co-sign of the own work by %s does not count", (_, people, lines) => {
    expectRefused(attemptCommit(world, `${ASSISTED}${lines}${COSIGN}\n`, people), "COSIGN_SELF");
    expectAllowed(attemptCommit(world, `${ASSISTED}${lines}${GRACE}\n`, people), "co-signed by grace@acme.example");
  });

  it.each([
    "Ada <54321+ada-l@users.noreply.github.com>",
    "Ada <12345+ada-l@acme.example>",
    "GitHub <noreply@github.com>",
  ])("and that of the work of %s does", (author) => {
    expectAllowed(attemptCommit(world, `${ASSISTED}${COSIGN}\n`, { author }), "co-signed by ada@acme.example");
  });

  it("and a rule that lets people of a level sign their own work holds for it", () => {
    const rules = "rules:\n  - { name: own work, authors: { level: senior }, cosign: { self: true } }\n";
    using other = openPushWorld({ policy: `${policy}${rules}` });
    const author = "Ada <12345+ada-l@users.noreply.github.com>";
    expectAllowed(attemptCommit(other, `${ASSISTED}${COSIGN}\n`, { author }), "co-signed by ada@acme.example");
  });
});

describe("two co-signs are those of two people", () => {
  const world = openPushWorld({ policy: `${POLICY}  count: 2\n` });
  afterAll(() => world[Symbol.dispose]());

  it.each([
    ["one line", COSIGN],
    ["the same line twice", `${COSIGN}\n${COSIGN}`],
    ["two addresses of one person", `${COSIGN}\n${ADA_AT_HOME}`],
    ["one address in two spellings", `${COSIGN}\nCo-signed-by: Ada <ADA@ACME.EXAMPLE>`],
    ["one address under two names", `${COSIGN}\nCo-signed-by: Grace Hopper <ada@acme.example>`],
  ])("and not %s", (_, lines) => {
    expectRefused(attemptCommit(world, `${ASSISTED}${lines}\n`), "COSIGN_MISSING", "it has 1 of 2 co-signs");
    expectAllowed(attemptCommit(world, `${ASSISTED}${lines}\n${GRACE}\n`), "ada@acme.example", "grace@acme.example");
  });

  it("and not one of the author's beside one that counts", () => {
    const result = attemptCommit(world, `${ASSISTED}${COSIGN}\n${GRACE}\n`, {
      author: "Grace Hopper <grace@acme.example>",
    });
    expectRefused(result, "COSIGN_SELF", "grace@acme.example co-signed their own work");
    expect(result.stderr).not.toContain("ada@acme.example co-signs");
  });
});

describe("a co-sign counts by the signer's level", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  it.each([
    ["junior", "Jim Junior <jim@acme.example>"],
    ["mid", "Bob Builder <bob@acme.example>"],
  ])("and is refused for %s", (level, person) => {
    const author = "Eve External <eve@other.example>";
    expectRefused(
      attemptCommit(world, `${ASSISTED}Co-signed-by: ${person}\n`, { author }),
      "COSIGN_LEVEL",
      `has level ${level}`,
      "of level senior or higher",
    );
  });

  it.each([
    ["senior", COSIGN],
    ["principal", GRACE],
  ])("and counts for %s", (_, line) => {
    expectAllowed(attemptCommit(world, `${ASSISTED}${line}\n`), "co-signed by");
  });

  it.each([
    "eve@other.example",
    "ada@acme.example.evil.example",
    "xada@acme.example",
    "ada+x@acme.example",
    "@acme.example",
    "ada",
  ])("and is refused for %s, who is not on the roster", (address) => {
    expectRefused(
      attemptCommit(world, `${ASSISTED}Co-signed-by: Ada Lovelace <${address}>\n`),
      "COSIGN_UNKNOWN_SIGNER",
      `${address} on line 4 is not on the roster`,
    );
  });

  it("in the policy's own order", () => {
    const policy = POLICY.replace("people:", "levels: [principal, senior, mid, junior]\npeople:").replace(
      "proof: declared",
      "proof: declared\n  level: mid",
    );
    using other = openPushWorld({ policy });
    expectRefused(
      attemptCommit(other, `${ASSISTED}${GRACE}\n`),
      "COSIGN_LEVEL",
      "has level principal",
      "of level mid or higher",
    );
    expectAllowed(attemptCommit(other, `${ASSISTED}Co-signed-by: Jim Junior <jim@acme.example>\n`));
  });

  it.each(["Senior", '"senior "', '"3"', "expert"])("and a policy that names %s for one decides nothing", (level) => {
    using other = openPushWorld({ policy: POLICY.replace("level: senior", `level: ${level}`) });
    expectUndecided(attemptCommit(other, VOUCHED), "POLICY_MALFORMED", "line 6: people[0].level");
  });
});

describe("names that every object has are names of nobody", () => {
  const NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  it.each(NAMES)("as a co-signer (%s)", (name) => {
    expectRefused(
      attemptCommit(world, `${ASSISTED}Co-signed-by: ${name} <${name}>\n`),
      "COSIGN_UNKNOWN_SIGNER",
      `${name.toLowerCase()} on line 4`,
    );
  });

  it.each(NAMES)("as an author or a co-author (%s)", (name) => {
    const person = `${name} <${name}>`;
    expectAllowed(
      attemptCommit(world, `Retry\n\nCo-authored-by: ${person}\n${name}: x\n`, { author: person, committer: person }),
    );
    expectAllowed(attemptCommit(world, `${ASSISTED}Co-authored-by: ${person}\n${COSIGN}\n`, { author: person }));
  });

  it.each(NAMES.filter((name) => /^[a-z]/i.test(name)))(
    "and as an agent, which is one that nobody knows (%s)",
    (name) => {
      expectRefused(
        attemptCommit(world, `Retry\n\nAssisted-by: ${name}:${name}\n`),
        "COSIGN_MISSING",
        "made with unknown (line 3)",
      );
    },
  );

  it("and are names like others where the policy uses them", () => {
    const people =
      "  - { name: toString, emails: [tostring@acme.example], level: __proto__ }\n  - { name: x, emails: [constructor@acme.example], level: toString }\n";
    const policy = `version: 1\nlevels: [constructor, __proto__, toString]\npeople:\n${people}protect:\n  - branches: [main, constructor, __proto__]\ncosign: { proof: declared, level: toString }\n`;
    using other = openPushWorld({ policy });
    expectRefused(
      attemptCommit(other, `${ASSISTED}Co-signed-by: x <tostring@acme.example>\n`),
      "COSIGN_LEVEL",
      "has level __proto__",
      "of level toString",
    );
    expectAllowed(
      attemptCommit(other, `${ASSISTED}Co-signed-by: x <constructor@acme.example>\n`),
      "constructor@acme.example",
    );
  });
});
