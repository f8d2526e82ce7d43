import { describe, expect, it } from "vitest";
import {
  ADA,
  AGENT,
  BOB,
  type Case,
  change,
  codes,
  DECLARED,
  EVE,
  GRACE,
  judge,
  POLICY_FILE,
} from "./commit-verdict.fixture.ts";

describe("a person's own work", () => {
  it.each<[what: string, policy: string, subject: Case]>([
    ["needs no co-sign", DECLARED, {}],
    ["may carry a co-sign that counts for nothing", DECLARED, { trailers: [EVE] }],
    ["may say that no AI took part", DECLARED, { trailers: ["Assisted-by: none"] }],
    ["may say so where that is asked for", `${DECLARED}disclosure: required\n`, { trailers: ["Assisted-by: none"] }],
    ["is not denied by a rule about agents", `${DECLARED}rules: [{ name: r, agents: [kiro], deny: No. }]\n`, {}],
    ["may be in any encoding whose ASCII can be read", DECLARED, { commit: { encoding: "Shift_JIS" } }],
  ])("%s", (_, policy, subject) => {
    expect(codes(policy, subject)).toEqual([]);
  });
});

describe("assisted work passes", () => {
  it.each<[what: string, policy: string, subject: Case]>([
    ["with a senior's co-sign", DECLARED, { trailers: [AGENT, ADA] }],
    ["with a higher level's co-sign", DECLARED, { trailers: [AGENT, GRACE] }],
    [
      "with a co-sign under the person's second address",
      DECLARED,
      { trailers: [AGENT, "Co-signed-by: A <ADA@home.example>"] },
    ],
    ["with one good co-sign beside bad ones", DECLARED, { trailers: [AGENT, EVE, BOB, "Co-signed-by: x", ADA] }],
    [
      "with as many people as are asked for",
      "cosign: { proof: declared, count: 2 }\n",
      { trailers: [AGENT, ADA, GRACE] },
    ],
    [
      "by a rule that asks for nobody",
      `${DECLARED}rules: [{ name: docs, paths: ["docs/**"], cosign: { count: 0 } }]\n`,
      { trailers: [AGENT], changes: [change("docs/a.md")] },
    ],
    [
      "by a rule that takes an author's own co-sign",
      `${DECLARED}rules: [{ name: own, authors: { level: senior }, cosign: { self: true } }]\n`,
      { trailers: [AGENT, ADA], author: "ada@acme.example" },
    ],
    ["in Latin-1", DECLARED, { trailers: [AGENT, ADA], commit: { encoding: "ISO-8859-1" } }],
    ["with a policy change that a senior co-signed", DECLARED, { trailers: [AGENT, ADA], changes: [POLICY_FILE] }],
    ["with a thousand trailers", DECLARED, { trailers: [...Array.from({ length: 998 }, () => "K: v"), AGENT, ADA] }],
  ])("%s", (_, policy, subject) => {
    expect(codes(policy, subject)).toEqual([]);
  });
});

describe("a rule for authors of a level", () => {
  const OWN = `${DECLARED}rules: [{ name: own, authors: { level: senior }, cosign: { self: true } }]\n`;
  const written = (...names: readonly string[]) =>
    codes(OWN, {
      trailers: [AGENT, ...names.map((name) => `Co-authored-by: ${name} <${name}@acme.example>`), ADA],
      author: "ada@home.example",
    });

  it("holds where all whose work it is have that level, agents aside", () => {
    expect(written()).toEqual([]);
    expect(written("grace")).toEqual([]);
  });

  it.each([["jim"], ["somebody"]])("does not hold where %s took part", (name) => {
    expect(written(name)).toEqual(["COSIGN_SELF"]);
  });
});

describe("a commit", () => {
  it("that does not say how it was made is refused where that is asked for", () => {
    expect(codes(`${DECLARED}disclosure: required\n`, {})).toEqual(["DISCLOSURE_MISSING"]);
    expect(codes(`${DECLARED}disclosure: required\n`, { trailers: [AGENT, ADA] })).toEqual([]);
  });

  it("that is malformed is refused for that alone, whatever else it holds", () => {
    const subject = { trailers: [AGENT, ADA], changes: [POLICY_FILE], commit: { malformed: "it has two authors" } };
    const { violations, requirements, cosigns } = judge(DECLARED, subject);
    expect(violations).toEqual([
      expect.objectContaining({ code: "COMMIT_MALFORMED", data: { problem: "it has two authors" } }),
    ]);
    expect({ requirements, cosigns }).toEqual({ requirements: [], cosigns: [] });
  });

  it("is told with each of its co-signs and what keeps it from counting", () => {
    expect(judge(DECLARED, { trailers: [AGENT, EVE, ADA] }).cosigns).toEqual([
      {
        email: "eve@evil.example",
        proof: "declared",
        where: { carrier: "trailer", line: 4 },
        refused: expect.objectContaining({ code: "COSIGN_UNKNOWN_SIGNER" }),
      },
      { email: "ada@acme.example", proof: "declared", where: { carrier: "trailer", line: 5 } },
    ]);
  });
});
