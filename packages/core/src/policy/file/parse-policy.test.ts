import { describe, expect, it } from "vitest";
import { encodeText } from "../../bytes.ts";
import type { Policy } from "../policy.ts";
import { findAuthorLevel, findPersonByEmail } from "../roster.ts";
import { parsePolicy } from "./parse-policy.ts";
import { LEAST, problemsOf } from "./policy-problems.fixture.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";

function parse(text: string): Policy {
  return parsePolicy(encodeText(text), "test");
}

describe("a policy", () => {
  it("has defaults for all that it does not say", () => {
    expect(parse(LEAST)).toMatchObject({
      project: undefined,
      baseline: undefined,
      levels: new Map([
        ["junior", 0],
        ["mid", 1],
        ["senior", 2],
        ["principal", 3],
      ]),
      people: [],
      protect: [{ cosign: {}, accepts: [], mode: "enforce" }],
      cosign: { count: 1, level: "senior", proof: "signed", maxAge: 2_592_000, coverage: "commit", self: false },
      policyChange: {},
      stamp: "Assisted-by",
      rules: [],
      disputes: undefined,
      disclosure: "optional",
      mode: "enforce",
      assisted: new Set(["authored", "suggestion"]),
      evidence: { gitAiNotes: false, entireCheckpoints: false, agentTrace: false },
    });
  });

  it.each([
    [
      "YAML",
      `${LEAST}people:\n  - name: Ada\n    emails: [Ada@Acme.example]\n    level: senior\n    keys: [${KEY} ada@laptop]\n`,
    ],
    [
      "JSON",
      JSON.stringify(
        {
          $schema: "x",
          version: 1,
          protect: [{ branches: ["main"] }],
          people: [{ name: "Ada", emails: ["ada@ACME.example"], level: "senior", keys: [KEY] }],
        },
        null,
        "\t",
      ),
    ],
    [
      "with Windows line ends",
      `${LEAST}people:\n  - name: Ada\n    emails: [ada@acme.example]\n    level: senior\n    keys: [${KEY}]\n`.replaceAll(
        "\n",
        "\r\n",
      ),
    ],
    [
      "with several byte order marks",
      `\ufeff\ufeff\ufeff${LEAST}people: [{ name: Ada, emails: [ada@acme.example], level: senior, keys: [${KEY}] }]\n`,
    ],
    [
      "with a byte order mark",
      `\ufeff${LEAST}people: [{ name: Ada, emails: [ada@acme.example], level: senior, keys: [${KEY}] }]\n`,
    ],
  ])("finds people by address and key: %s", (_name, text) => {
    const policy = parse(text);
    const ada = findPersonByEmail(policy, "ADA@acme.example");
    expect(ada).toMatchObject({ name: "Ada", emails: ["ada@acme.example"] });
    expect(policy.peopleByKey.get(KEY)).toBe(ada);
    expect(findAuthorLevel(policy, "ada@acme.example")).toBe(2);
  });

  it.each(["constructor", "__proto__", "toString", "", "ada", "ada+x@acme.example"])(
    "finds nobody by the address %j",
    (email) => {
      const policy = parse(`${LEAST}people: [{ name: Ada, emails: [ada@acme.example], level: senior }]\n`);
      expect(findPersonByEmail(policy, email)).toBeUndefined();
      expect(findAuthorLevel(policy, email)).toBeUndefined();
    },
  );

  it("may call a level by a name that objects have", () => {
    const policy = parse(`${LEAST}levels: [__proto__, constructor]\ncosign: { level: constructor }\n`);
    expect([...policy.levels]).toEqual([
      ["__proto__", 0],
      ["constructor", 1],
    ]);
    expect(policy.levels.get("toString")).toBeUndefined();
  });

  it.each([
    ["90m", 5400],
    ["12h", 43_200],
    ["30d", 2_592_000],
    ["2w", 1_209_600],
  ])("counts %s in seconds", (maxAge, seconds) => {
    expect(parse(`${LEAST}cosign: { maxAge: ${maxAge} }\n`).cosign.maxAge).toBe(seconds);
  });

  it("keeps the times of a key in seconds", () => {
    const text = `${LEAST}people: [{ name: Ada, emails: [a@b], level: mid, keys: [{ key: ${KEY}, validFrom: 2026-01-01T00:00:00Z }] }]\n`;
    expect(parse(text).people[0]?.keys[0]).toMatchObject({ validFrom: 1_767_225_600, validUntil: undefined });
  });

  it.each(["countersign/ledger", "refs/heads/countersign/ledger"])("knows the ledger %s by its full name", (name) => {
    expect(parse(`${LEAST}ledger: ${name}\n`).ledger).toBe("refs/heads/countersign/ledger");
  });

  it("knows no ledger where it names none", () => {
    expect(parse(LEAST).ledger).toBeUndefined();
  });

  it("knows revoked keys by text and by fingerprint", () => {
    const fingerprint = `SHA256:${"a".repeat(43)}`;
    expect(parse(`${LEAST}revoked: [${KEY} ada@lost-laptop, "${fingerprint}"]\n`).revoked).toEqual(
      new Set([KEY, fingerprint]),
    );
  });
});

describe("a file that is refused", () => {
  it("is told of all its problems at once, each with its line", () => {
    const text = `version: 2
protect:
  - branches: [main, ""]
people:
  - name: Ada
    emails: [ada@acme.example]
    level: boss
    shoe: 43
    hat: 58
rules:
  - name: nothing
  - name: wrong
    cosign: { count: many, proof: sworn }
mode: on
`;
    expect(problemsOf(text)).toEqual([
      "line 1: version is the number 2, not 1",
      "line 3: protect[0].branches[1] is empty and matches nothing",
      "line 7: people[0].level names the level boss; the levels are junior, mid, senior, principal",
      "line 8: people[0].shoe is not a known key",
      "line 9: people[0].hat is not a known key",
      "line 11: rules[0] has no effect; give it cosign with at least one field, or deny",
      'line 13: rules[1].cosign.count is the text "many", not a number',
      'line 13: rules[1].cosign.proof is the text "sworn", not declared or reviewed or signed or hardware',
      'line 14: mode is the text "on", not enforce or warn',
    ]);
  });

  it("names its source and the number of problems", () => {
    expect(() => parsePolicy(encodeText("a: 1"), "main:countersign.config.yaml")).toThrow(
      "main:countersign.config.yaml is not a valid policy",
    );
  });
});
