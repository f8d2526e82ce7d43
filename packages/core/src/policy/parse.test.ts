import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { isCountersignError } from "../error.ts";
import { parsePolicy } from "./parse.ts";
import { findAuthorLevel, findPersonByEmail, type Policy } from "./policy.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";
const LEAST = "version: 1\nprotect: [{ branches: [main] }]\n";

function parse(text: string): Policy {
  return parsePolicy(encodeText(text), "test");
}

/** The problems of a file, or none. */
function problemsOf(text: string): readonly string[] {
  try {
    parse(text);
    return [];
  } catch (error) {
    if (isCountersignError(error) && error.code === "POLICY_MALFORMED") return error.words.details ?? [];
    throw error;
  }
}

/** The problems of a file that has these lines, from line 3 on, beside the least that every policy needs. */
function problemsWith(lines: string): readonly string[] {
  return problemsOf(LEAST + lines);
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
      "line 8: people[0].shoe is no key that is known here",
      "line 9: people[0].hat is no key that is known here",
      "line 11: rules[0] has no effect; give it cosign with at least one field, or deny",
      'line 13: rules[1].cosign.count is the text "many", not a number',
      'line 13: rules[1].cosign.proof is the text "sworn", not declared or signed or hardware',
      'line 14: mode is the text "on", not enforce or warn',
    ]);
  });

  it("names its source and the number of problems", () => {
    expect(() => parsePolicy(encodeText("a: 1"), "main:countersign.config.yaml")).toThrow(
      "main:countersign.config.yaml is not a valid policy",
    );
  });
});

describe("a value", () => {
  it.each([
    ["project: 12", /project is the number 12, not text; put it in quotes/],
    ["project: 1e3", /project is 1e3, which would be read as 1000/],
    ["project: 012", /project is 012, which would be read as 12/],
    ["project: 0o14", /project is 0o14, which would be read as 12/],
    ["project: 0x1F", /project is 0x1F/],
    ["project: .inf", /project is .inf/],
    ["project: ~", /project is empty, not text/],
    ["project:", /project is empty, not text/],
    ["project: true", /project is the boolean true, not text/],
    ["project: True", /project is True, which would be read as true/],
    ["project: [a]", /project is a list, not text/],
    ["project: {}", /project is a group of fields, not text/],
    ["project: '-'", /project is not 1 to 200/],
    ["project: 'a b'", /project is not 1 to 200/],
    ['project: "a\\nb"', /project is not 1 to 200/],
    ["project: müller", /project is not 1 to 200/],
    ["baseline: abc", /40 or 64/],
    [`baseline: ${"A".repeat(40)}`, /40 or 64/],
    [`baseline: ${"1".repeat(40)}`, /would be read as/],
    ["cosign: { count: 1e2 }", /cosign.count is 1e2/],
    ["cosign: { count: 012 }", /cosign.count is 012/],
    ["cosign: { count: 1.0 }", /cosign.count is 1.0/],
    ["cosign: { count: 1.5 }", /cosign.count is not a whole number/],
    ["cosign: { count: -1 }", /cosign.count is less than 0/],
    ["cosign: { count: 101 }", /cosign.count is more than 100/],
    ["cosign: { count: 12345678901234567890 }", /cosign.count is 12345678901234567890, which would be read as/],
    ["cosign: { count: .nan }", /cosign.count is .nan/],
    ["cosign: { count: '1' }", /cosign.count is the text "1", not a number/],
    ["cosign: { self: yes }", /cosign.self is the text "yes", not true or false/],
    ["cosign: { self: 1 }", /cosign.self is the number 1, not true or false/],
    ["cosign: { maxAge: 30 }", /cosign.maxAge is the number 30, not text/],
    ["cosign: { maxAge: 30 d }", /no duration/],
    ["cosign: { maxAge: 0d }", /no duration/],
    ["cosign: { maxAge: 30y }", /no duration/],
    ["cosign: { Count: 2 }", /cosign.Count is no key/],
    ["cosign: []", /cosign is a list, not fields/],
    ["cosign: [{ count: 0 }]", /cosign is a list, not fields/],
    ["rules: {}", /rules is a group of fields, not a list/],
    ["evidence: []", /evidence is a list, not fields/],
    ["levels: []", /levels is empty; name a level/],
    ["levels: [junior, 2]", /levels\[1\] is the number 2/],
    ["levels: ['senior ']", /blank/],
    ["stamp: 'Assisted by'", /no key of a trailer/],
    ["stamp: CO-SIGNED-BY", /the key of a co-sign/],
    ["stamp: Made-with-AI", /is none that is read: assisted-by, generated-by/],
    ["stamp: Co-authored-by", /is none that is read/],
    ["assisted: []", /assisted is empty/],
    ["assisted: [typed]", /not authored or suggestion or message-only/],
    ["exempt: ['*@acme.example']", /no plain ASCII address/],
    ["revoked: [MD5:aa]", /fingerprint/],
    [`revoked: ['SHA256:${"a".repeat(44)}']`, /fingerprint/],
    ["agents: [{ id: Kiro, emails: [kiro@acme.example] }]", /no agent's id/],
    ["rules: [{ name: a, agents: [Kiro], deny: x }]", /no agent's id/],
  ])("%s is refused", (line, problem) => {
    const problems = problemsWith(line);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).toMatch(/^line 3: /);
  });
});

describe("an address", () => {
  it.each([
    "*@x",
    "s?nior@x",
    "a@x,senior@x",
    "!a@x",
    "a b@x",
    '"a"@x',
    "a@x\n",
    "a@x\r",
    "a\u0000@x",
    "<a@x>",
    "a",
    "@x",
    "a@",
    "a@b@c",
    "#a@x",
    "-a@x",
    "ä@x",
    "a@х",
    "a\\@x",
    "a\u00a0@x",
    "",
  ])("%j is refused", (email) => {
    expect(problemsWith(`people: [{ name: A, level: mid, emails: [${JSON.stringify(email)}] }]`)).toHaveLength(1);
  });

  it.each(["a@x", "Ada.L+work@acme.example", "49699333+dependabot[bot]@users.noreply.github.com", "o'hara@x"])(
    "%j is accepted",
    (email) => {
      expect(problemsWith(`people: [{ name: A, level: mid, emails: [${JSON.stringify(email)}] }]`)).toEqual([]);
    },
  );
});

describe("a pattern", () => {
  it.each([
    ["refs/heads/main", /short names here: main/],
    ["refs/tags/v1", /only branches/],
    ["", /matches nothing/],
    ["a[b", /malformed pattern/],
    ["a\\\\", /malformed pattern/],
  ])("%j of a branch is refused, in accepts as well", (pattern, problem) => {
    const text = `version: 1\nprotect:\n  - branches: ["${pattern}"]\n  - branches: [main]\n    accepts: ["${pattern}"]\n`;
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(new RegExp(`^line 3: protect\\[0\\].branches\\[0\\] .*${problem.source}`)),
      expect.stringMatching(new RegExp(`^line 5: protect\\[1\\].accepts\\[0\\] .*${problem.source}`)),
    ]);
  });

  it.each([
    ["/docs", /paths begin at the root/],
    ["./docs", /paths begin at the root/],
    ["docs/", /write docs\/\*\* for all/],
    ["", /matches nothing/],
    ["[z", /malformed pattern/],
  ])("%j of a path is refused", (pattern, problem) => {
    expect(problemsWith(`rules: [{ name: a, paths: ["${pattern}"], deny: x }]`)).toEqual([
      expect.stringMatching(problem),
    ]);
  });
});
