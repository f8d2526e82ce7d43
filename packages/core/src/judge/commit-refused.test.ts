import { describe, expect, it } from "vitest";
import { ADA, AGENT, BOB, type Case, change, codes, DECLARED, EVE, judge } from "./commit-verdict.fixture.ts";

describe("assisted work is refused", () => {
  it.each<[what: string, policy: string, subject: Case, expected: readonly string[]]>([
    ["without a co-sign", DECLARED, { trailers: [AGENT] }, ["COSIGN_MISSING"]],
    [
      "with fewer people than asked for",
      "cosign: { proof: declared, count: 2 }\n",
      { trailers: [AGENT, ADA] },
      ["COSIGN_MISSING"],
    ],
    [
      "with one person twice",
      "cosign: { proof: declared, count: 2 }\n",
      { trailers: [AGENT, ADA, ADA, "Co-signed-by: A <ada@home.example>"] },
      ["COSIGN_MISSING"],
    ],
    ["with a typed co-sign where a signature is asked for", "", { trailers: [AGENT, ADA] }, ["COSIGN_DECLARED_ONLY"]],
    [
      "with a typed co-sign where a hardware key is asked for",
      "cosign: { proof: hardware }\n",
      { trailers: [AGENT, ADA] },
      ["COSIGN_DECLARED_ONLY"],
    ],
    [
      "with a co-sign that names nobody",
      DECLARED,
      { trailers: [AGENT, "Co-signed-by: Ada"] },
      ["COSIGN_MISSING", "COSIGN_INVALID"],
    ],
    [
      "with a co-sign above prose",
      DECLARED,
      { body: `${ADA}\n\n`, trailers: [AGENT] },
      ["COSIGN_MISSING", "COSIGN_MISPLACED"],
    ],
    ["with a co-sign of somebody unknown", DECLARED, { trailers: [AGENT, EVE] }, ["COSIGN_UNKNOWN_SIGNER"]],
    [
      "with a co-sign of a name from every object",
      DECLARED,
      { trailers: [AGENT, "Co-signed-by: A <constructor>", "Co-signed-by: A <__proto__>"] },
      ["COSIGN_UNKNOWN_SIGNER", "COSIGN_UNKNOWN_SIGNER"],
    ],
    [
      "with a person's name and another address",
      DECLARED,
      { trailers: [AGENT, "Co-signed-by: Ada <ada@evil.example>"] },
      ["COSIGN_UNKNOWN_SIGNER"],
    ],
    [
      "with a co-sign of too low a level",
      DECLARED,
      { trailers: [AGENT, BOB], author: "jim@acme.example" },
      ["COSIGN_LEVEL"],
    ],
    ["with its author's co-sign", DECLARED, { trailers: [AGENT, ADA], author: "ada@acme.example" }, ["COSIGN_SELF"]],
    [
      "with its author's co-sign under a second address",
      DECLARED,
      { trailers: [AGENT, ADA], author: "Ada@Home.example" },
      ["COSIGN_SELF"],
    ],
    [
      "with a co-author's co-sign",
      DECLARED,
      { trailers: [AGENT, "Co-authored-by: A <ada@home.example>", ADA] },
      ["COSIGN_SELF"],
    ],
    [
      "by a rule that denies it",
      `${DECLARED}rules: [{ name: no, agents: [claude-code], deny: Not here. }]\n`,
      { trailers: [AGENT, ADA] },
      ["DENIED_BY_RULE"],
    ],
    [
      "by a rule that denies it and for want of a co-sign",
      `${DECLARED}rules: [{ name: no, paths: ["prod/**"], deny: Not here. }]\n`,
      { trailers: [AGENT], changes: [change("prod/a")] },
      ["DENIED_BY_RULE", "COSIGN_MISSING"],
    ],
    [
      "in an encoding in which an address can mean another",
      DECLARED,
      { trailers: [AGENT, ADA], commit: { encoding: "Shift_JIS" } },
      ["COMMIT_ENCODING", "COSIGN_MISSING", "COSIGN_INVALID"],
    ],
    [
      "in an encoding in which nobody can see marks, though it has none that can be read",
      DECLARED,
      { commit: { encoding: "UTF-7" } },
      ["COMMIT_ENCODING"],
    ],
    [
      "with more than a thousand trailers",
      DECLARED,
      { trailers: [...Array.from({ length: 1000 }, () => "K: v"), AGENT, ADA] },
      ["COMMIT_MALFORMED"],
    ],
  ])("%s", (_, policy, subject, expected) => {
    expect(codes(policy, subject)).toEqual(expected);
  });

  it("for every requirement that is not met, each told once", () => {
    const policy = `${DECLARED}rules: [{ name: infra, paths: ["infra/**"], cosign: { count: 2, level: principal } }]\n`;
    const subject = { trailers: [AGENT, ADA], changes: [change("a"), change("infra/a"), change("infra/b")] };
    const { violations, requirements } = judge(policy, subject);
    expect(violations.map(({ code, rules }) => [code, rules])).toEqual([
      ["COSIGN_LEVEL", ["infra"]],
      ["COSIGN_MISSING", ["infra"]],
    ]);
    expect(requirements.map(({ rules, met, by }) => [rules, met, by.map(({ email }) => email)])).toEqual([
      [[], true, ["ada@acme.example"]],
      [["infra"], false, []],
    ]);
  });
});
