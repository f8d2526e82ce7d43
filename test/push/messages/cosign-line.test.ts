import { afterAll, describe, it } from "vitest";
import { attempt, attemptCommit, expectAllowed, expectRefused } from "../../rig/worlds/attempt.ts";
import { COSIGN, openPushWorld } from "../../rig/worlds/push-world.ts";

const MARK = "Assisted-by: Claude:claude-opus-5";
const ADA = "Ada Lovelace <ada@acme.example>";
const withLine = (line: string): string => `Retry\n\n${MARK}\n${line}\n`;

describe("the key of a co-sign", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  it.each([
    ["in lower case", `co-signed-by: ${ADA}`],
    ["in upper case", `CO-SIGNED-BY: ${ADA}`],
    ["with a blank before the colon", `Co-signed-by : ${ADA}`],
    ["with a tab before the colon", `Co-signed-by\t: ${ADA}`],
    ["without a blank behind the colon", `Co-signed-by:${ADA}`],
    ["with many blanks behind the colon", `Co-signed-by: \t  ${ADA} \t`],
  ])("counts %s", (_, line) => {
    expectAllowed(attemptCommit(world, withLine(line)), "co-signed by ada@acme.example");
  });

  const NEAR_MISSES = [
    ["without its first hyphen", `Cosigned-by: ${ADA}`],
    ["as a sign-off", `Co-Signed-Off-by: ${ADA}`],
    ["as a countersignature", `Countersigned-by: ${ADA}`],
    ["with underscores", `Co_signed_by: ${ADA}`],
    ["with blanks", `Co signed by: ${ADA}`],
    ["with an equals sign", `Co-signed-by= ${ADA}`],
    ["with a full-width colon", `Co-signed-by： ${ADA}`],
    ["with a blank in front", ` Co-signed-by: ${ADA}`],
    ["as a list item", `- Co-signed-by: ${ADA}`],
    ["as a quotation", `> Co-signed-by: ${ADA}`],
    ["with a no-break space before the colon", `Co-signed-by\u00a0: ${ADA}`],
    ["with a byte order mark in front", `\ufeffCo-signed-by: ${ADA}`],
    ["with a zero-width space in it", `Co-\u200bsigned-by: ${ADA}`],
    ["with a Cyrillic С", `\u0421o-signed-by: ${ADA}`],
    ["with a Cyrillic о", `C\u043e-signed-by: ${ADA}`],
    ["with a Cyrillic ѕ and і", `Co-\u0455\u0456gned-by: ${ADA}`],
    ["in full-width letters", `Ｃｏ-ｓｉｇｎｅｄ-ｂｙ: ${ADA}`],
    ["with a typographic hyphen", `Co\u2011signed\u2011by: ${ADA}`],
  ] as const;

  it.each(NEAR_MISSES)("is pointed out %s", (_, line) => {
    const result = attemptCommit(world, withLine(line));
    expectRefused(
      result,
      "COSIGN_MISPLACED",
      "line 4 looks like a co-sign but is not one",
      'must be "Co-signed-by:"',
      "COSIGN_MISSING",
    );
  });

  it("does no harm to human commits, however it is written", () => {
    world.dev.git(["reset", "-q", "--hard", "origin/main"]);
    for (const [, line] of NEAR_MISSES.slice(1)) world.dev.commit(`Retry\n\n${line}\n`);
    expectAllowed(attempt(world, world.dev.commit(`Retry\n\n${NEAR_MISSES[0][1]}\n`)));
  });

  it("that is no trailer takes its whole paragraph with it", () => {
    const result = attemptCommit(world, withLine(`${COSIGN}\nCo_signed_by: ${ADA}`));
    expectRefused(result, "COSIGN_MISPLACED", "line 4 looks like", "line 5 looks like", "COSIGN_MISSING");
  });

  it("that is another trailer takes nothing with it", () => {
    expectAllowed(attemptCommit(world, withLine(`Cosigned-by: ${ADA}\n${COSIGN}`)), "co-signed by ada@acme.example");
  });
});

describe("the value of a co-sign", () => {
  const world = openPushWorld();
  afterAll(() => world[Symbol.dispose]());

  it.each([
    ["nothing", "", "one name and one address"],
    ["blanks", " \t ", "one name and one address"],
    ["a name alone", "Ada Lovelace", "one name and one address"],
    ["an empty address", "Ada Lovelace <>", "one name and one address"],
    ["an address in brackets alone", "<ada@acme.example>", "one name and one address"],
    ["an address alone", "ada@acme.example", "one name and one address"],
    ["two addresses", "Ada <ada@acme.example> <grace@acme.example>", "one name and one address"],
    ["two people", "Ada <ada@acme.example>, Grace <grace@acme.example>", "one name and one address"],
    ["a comment behind the address", "Ada <ada@acme.example> (by phone)", "one name and one address"],
    ["an address that is not closed", "Ada <ada@acme.example", "one name and one address"],
    ["a no-break space behind the address", "Ada <ada@acme.example>\u00a0", "one name and one address"],
    ["a no-break space for a name", "\u00a0 <ada@acme.example>", "one name and one address"],
    ["a blank in the address", "Ada <ada@acme .example>", "printable ASCII"],
    ["a blank around the address", "Ada < ada@acme.example >", "printable ASCII"],
    ["a carriage return in the name", "Ada\rLovelace <ada@acme.example>", "control or invisible characters"],
    ["an escape in the name", "Ada\u001b[2K <ada@acme.example>", "control or invisible characters"],
    ["a zero-width space in the address", "Ada <ada\u200b@acme.example>", "control or invisible characters"],
    ["a zero-width space for a name", "\u200b <ada@acme.example>", "control or invisible characters"],
    ["a right-to-left override", "Ada \u202e<ada@acme.example>", "control or invisible characters"],
    ["a line separator", "Ada\u2028Lovelace <ada@acme.example>", "control or invisible characters"],
    ["a Cyrillic letter in the address", "Ada <\u0430da@acme.example>", "printable ASCII"],
    ["a full-width address", "Ada <ａｄａ@acme.example>", "printable ASCII"],
  ])("is refused where it is %s", (_, value, reason) => {
    const result = attemptCommit(world, withLine(`Co-signed-by: ${value}`));
    expectRefused(result, "COSIGN_INVALID", "the co-sign on line 4 cannot be read", reason);
  });

  it.each([
    ["a name with accents", "Ada Lövelåce <ada@acme.example>"],
    ["a name in another script", "Ада Лавлейс <ada@acme.example>"],
    ["a quoted name", '"Lovelace, Ada" <ada@acme.example>'],
    ["a name beside which the roster has another", "A. King-Noel <ada@acme.example>"],
    ["an address in upper case", "Ada Lovelace <ADA@ACME.example>"],
    ["a name and address without a blank between them", "Ada<ada@acme.example>"],
  ])("is accepted where it is %s", (_, value) => {
    expectAllowed(
      attemptCommit(world, withLine(`Co-signed-by: ${value}`)),
      "co-signed by ada@acme.example (declared, not proven)",
    );
  });

  it("is refused alone, and a sound one beside it counts", () => {
    const bad = "Co-signed-by: Ada Lovelace";
    expectRefused(attemptCommit(world, withLine(bad)), "COSIGN_INVALID");
    expectAllowed(attemptCommit(world, withLine(`${bad}\n${COSIGN}`)), "co-signed by ada@acme.example");
  });

  it("is refused where it holds more than 8 KiB", () => {
    expectRefused(
      attemptCommit(world, withLine(`Co-signed-by: ${"A".repeat(9000)} <ada@acme.example>`)),
      "COSIGN_INVALID",
      "the limit is 8192",
    );
    expectAllowed(attemptCommit(world, withLine(`Co-signed-by: ${"A".repeat(8000)} <ada@acme.example>`)));
  });

  it("is of no concern to invisible characters elsewhere in the message", () => {
    const prose = "A\u200bzero-width space, an \u202eoverride and a \u2028 separator.";
    expectAllowed(attemptCommit(world, `Retry\n\n${prose}\n\n${MARK}\n${COSIGN}\n`), "co-signed by ada@acme.example");
    expectRefused(attemptCommit(world, `Retry\n\n${prose}\n\n${MARK}\n`), "COSIGN_MISSING");
  });
});
