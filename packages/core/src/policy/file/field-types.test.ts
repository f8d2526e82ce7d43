import { describe, expect, it } from "vitest";
import { problemsOf, problemsWith } from "./policy-problems.fixture.ts";

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
    ["cosign: { maxAge: 30 d }", /not a duration/],
    ["cosign: { maxAge: 0d }", /not a duration/],
    ["cosign: { maxAge: 30y }", /not a duration/],
    ["cosign: { Count: 2 }", /cosign.Count is not a known key/],
    ["cosign: []", /cosign is a list, not fields/],
    ["cosign: [{ count: 0 }]", /cosign is a list, not fields/],
    ["rules: {}", /rules is a group of fields, not a list/],
    ["evidence: []", /evidence is a list, not fields/],
    ["levels: []", /levels is empty; name a level/],
    ["levels: [junior, 2]", /levels\[1\] is the number 2/],
    ["levels: ['senior ']", /blank/],
    ["stamp: 'Assisted by'", /cannot be the key of a trailer/],
    ["stamp: CO-SIGNED-BY", /the key of a co-sign/],
    ["stamp: Made-with-AI", /is not one that is read: assisted-by, generated-by/],
    ["stamp: Co-authored-by", /is not one that is read/],
    ["assisted: []", /assisted is empty/],
    ["assisted: [typed]", /not authored or suggestion or message-only/],
    ["exempt: ['*@acme.example']", /not a plain ASCII address/],
    ["revoked: [MD5:aa]", /fingerprint/],
    [`revoked: ['SHA256:${"a".repeat(44)}']`, /fingerprint/],
    ["agents: [{ id: Kiro, emails: [kiro@acme.example] }]", /not an agent's id/],
    ["rules: [{ name: a, agents: [Kiro], deny: x }]", /not an agent's id/],
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

describe("the ledger's branch", () => {
  it.each(["main", "refs/heads/main"])("%s is refused where it is protected by its name", (name) => {
    expect(problemsWith(`ledger: ${name}`)).toEqual([
      expect.stringMatching(/ledger is a branch that protect\[0\] guards/),
    ]);
  });

  it("may be one that a pattern means as well", () => {
    expect(problemsOf('version: 1\nprotect: [{ branches: ["**"] }]\nledger: countersign/ledger\n')).toEqual([]);
  });

  it.each([
    ["refs/notes/ledger", /not a branch/],
    ["refs/tags/ledger", /not a branch/],
    ["refs/heads/refs/heads/ledger", /not a branch/],
    ["refs/heads/", /not a name that git allows/],
    ["", /not a name that git allows/],
    ["-ledger", /not a name that git allows/],
    ["HEAD", /not a name that git allows/],
    ["@", /not a name that git allows/],
    ["a..b", /not a name that git allows/],
    ["a//b", /not a name that git allows/],
    ["a/.b", /not a name that git allows/],
    ["a.lock/b", /not a name that git allows/],
    ["a b", /not a name that git allows/],
    ["a:b", /not a name that git allows/],
    ["a@{1}", /not a name that git allows/],
    ["ledger.", /not a name that git allows/],
  ])("%j is refused", (name, problem) => {
    expect(problemsWith(`ledger: ${JSON.stringify(name)}`)).toEqual([expect.stringMatching(problem)]);
  });

  it.each(["countersign/ledger", "refs/heads/countersign/ledger", "co-signs", "ветка", "a./b", "heads"])(
    "%j is accepted",
    (name) => {
      expect(problemsWith(`ledger: ${JSON.stringify(name)}`)).toEqual([]);
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
