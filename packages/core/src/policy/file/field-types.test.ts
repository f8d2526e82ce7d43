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

describe("a field of text", () => {
  const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";
  /** A policy's lines in which a value stands, by what it is the value of. */
  const LINES = {
    project: (value: string) => `project: ${value}`,
    baseline: (value: string) => `baseline: ${value}`,
    stamp: (value: string) => `stamp: ${value}`,
    duration: (value: string) => `cosign: { maxAge: ${value} }`,
    name: (value: string) => `rules: [{ name: ${value}, deny: x }]`,
    person: (value: string) => `people: [{ name: ${value}, emails: [a@x], level: mid }]`,
    login: (value: string) => `people: [{ name: A, emails: [a@x], level: mid, github: ${value} }]`,
    witness: (value: string) => `witnesses: [{ name: ${value}, keys: [${KEY}] }]`,
    agent: (value: string) => `agents: [{ id: ${value}, emails: [a@x] }]`,
    email: (value: string) => `exempt: [${value}]`,
    revoked: (value: string) => `revoked: [${value}]`,
    time: (value: string) =>
      `people: [{ name: A, emails: [a@x], level: mid, keys: [{ key: ${KEY}, validFrom: ${value} }] }]`,
    ledger: (value: string) => `ledger: ${value}`,
    path: (value: string) => `rules: [{ name: a, paths: [${value}], deny: x }]`,
  } as const;
  const escaped = (value: string) =>
    JSON.stringify(value).replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const say = (field: keyof typeof LINES, value: string) => problemsWith(LINES[field](escaped(value)));

  const TEXTS: Readonly<Record<keyof typeof LINES, string>> = {
    project: "is not 1 to 200 ASCII characters without blanks, or is -",
    baseline: "is not a full commit id, which has 40 or 64 lower-case hex digits",
    stamp: "cannot be the key of a trailer",
    duration: "is not a duration such as 90m, 12h, 30d or 2w",
    name: "is empty, begins or ends with a blank, or has a control character",
    person: "has < or >, which would end the name in a trailer",
    login: "is not a login, which has letters, digits, dots, dashes and underscores, without @",
    witness: "is not a name of letters, digits, dots, dashes and underscores",
    agent: "is not an agent's id, which has lower-case letters, digits, dots and dashes",
    email: "is not a plain ASCII address such as ada@acme.example; patterns and quotes are not allowed",
    revoked: "or give a fingerprint such as ssh-keygen -l prints: SHA256:…",
    time: "is not a time in UTC such as 2026-01-01T00:00:00Z",
    ledger: "is not a name that git allows for a branch",
    path: "matches no path: paths begin at the root, without / or ./",
  };

  it.each<[field: keyof typeof LINES, taken: readonly string[], refused: readonly string[]]>([
    [
      "project",
      ["a", "acme/payments", "-a", "a-", "--", "!~", "x".repeat(200)],
      ["", "-", " a", "a ", "x".repeat(201), "\u007f"],
    ],
    [
      "baseline",
      ["0123456789abcdef".repeat(4), "1".repeat(40)],
      [
        "1".repeat(39),
        "1".repeat(41),
        "1".repeat(63),
        "1".repeat(65),
        "g".repeat(40),
        `x${"1".repeat(40)}`,
        `${"1".repeat(64)}\n`,
      ],
    ],
    ["stamp", ["Assisted-by", "GENERATED-BY"], ["", "Assisted_by", "Assisted-by:", " Assisted-by", "Assisted-by\n"]],
    ["duration", ["1m", "9h", "10d", "99999w"], ["100000m", "d", "0d", "01d", "1", "1s", "x1d", "1dx", "1 d"]],
    [
      "name",
      ["a", "a b", "ä", "a\u00a0b"],
      ["", " ", " a", "a ", "\u00a0a", "a\u00a0", "a\tb", "\ta", "a\n", "\u0085"],
    ],
    ["person", ["Ada", "Ada L."], ["A <a", "a> b", "<", ">"]],
    [
      "login",
      ["a", "_", "9", "a.b-c_D", "a-", "ghosts", "x".repeat(100)],
      ["", "-a", ".a", "@a", "a b", "a@", "ä", "x".repeat(101), "a\n"],
    ],
    [
      "witness",
      ["a", "9", "A.b-c_d", "x".repeat(100)],
      ["", "_a", "-a", ".a", "a b", "a*", "a,b", "!a", "x".repeat(101), "a\n"],
    ],
    ["agent", ["a", "9", "a.b-c_d", "0-a"], ["", "A", "aB", "-a", ".a", "_a", "a b", "a\n"]],
    [
      "email",
      ["a@x", "a#b@x", "a-b@x", "a@-", "~@x"],
      ["a@x*", "a@*x", 'a@"x', "a@x,y", "a@<x", "a@x>", "a@x?", "a@!x", "a@x\\\\", "a@x@", "a@x y", "a@x\u007f"],
    ],
    [
      "revoked",
      [`SHA256:${"a".repeat(43)}`, `SHA256:${"+/0Z".repeat(10)}abc`],
      [
        `SHA256:${"a".repeat(42)}`,
        `SHA256:${"a".repeat(44)}`,
        `xSHA256:${"a".repeat(43)}`,
        `SHA256:${"=".repeat(43)}`,
        `sha256:${"a".repeat(43)}`,
      ],
    ],
    [
      "time",
      ["2026-01-01T00:00:00Z", "2024-02-29T23:59:59Z"],
      [
        "2026-01-01T00:00:00",
        "x2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00Zx",
        "2026-1-1T00:00:00Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00.000Z",
        "+12026-01-01T00:00:00Z",
        "20260-01-01T00:00:00Z",
      ],
    ],
    [
      "ledger",
      ["a", "a.b", "a@b", "@a", "a@", "HEADs", "aHEAD", "a/HEAD", "a-", "a/-b", "a.lockb", "lock", "a{b"],
      [
        "a~b",
        "a^b",
        "a:b",
        "a?b",
        "a*b",
        "a[b",
        "a\\b",
        "a b",
        "a\u007fb",
        "a\u00a0b",
        "..",
        "a..b",
        "@{",
        "-a",
        "a.",
        "@",
        "HEAD",
        ".a",
        "a/.b",
        "a.lock",
        "a/b.lock",
        "a.lock/b",
        "/a",
        "a/",
        "a//b",
      ],
    ],
    ["path", [".github/**", "a", "**", "a/./b", ".", "a./b"], ["/a", "./a", "./", "/"]],
  ])("%s is taken as it should be, and refused for what it is", (field, taken, refused) => {
    expect(taken.flatMap((value) => say(field, value))).toEqual([]);
    for (const value of refused)
      expect([value, ...say(field, value)]).toEqual([value, expect.stringContaining(TEXTS[field])]);
  });

  it.each<[field: keyof typeof LINES, value: string, text: string]>([
    ["time", "2026-13-01T00:00:00Z", "is not a time in UTC that exists"],
    ["time", "2026-02-29T00:00:00Z", "is not a time in UTC that exists"],
    ["time", "2026-01-01T24:00:00Z", "is not a time in UTC that exists"],
    ["time", "2026-01-01T00:00:60Z", "is not a time in UTC that exists"],
    ["login", "GHOST", "is the name under which forges show accounts that were deleted"],
    ["stamp", "Co-Signed-by", "is the key of a co-sign"],
    ["stamp", "co-signature", "is the key of a co-sign"],
    ["stamp", "x-co-signature", "is not one that is read: "],
    ["stamp", "co-signatures", "is not one that is read: "],
    ["stamp", "co-sign", "is not one that is read: assisted-by, generated-by"],
    ["ledger", "refs/tags/a", "is not a branch: forges protect, and clones fetch, only refs/heads/"],
    ["ledger", "refs/heads/refs/a", "is not a branch: forges protect, and clones fetch, only refs/heads/"],
    ["path", "a/", "matches no path: write a/** for all that is in the folder"],
    ["path", "", "is empty and matches nothing"],
    ["path", "a[", "is a malformed pattern: a [ has no closing ]; write \\[ for the character itself"],
    ["revoked", "MD5:aa", "is not a public key"],
  ])("%s: %j %s", (field, value, text) => {
    expect(say(field, value)).toEqual([expect.stringContaining(text)]);
  });

  it.each(["main", "**", "release/**", "*/v[0-9].?", "v[[:digit:]]*", "v[^0]*", "!main", "a\\\\*", "größe", "{a,b}"])(
    "that is no problem: %s",
    (pattern) => {
      expect(problemsOf(`version: 1\nprotect: [{ branches: ["${pattern}"] }]\n`)).toEqual([]);
    },
  );

  it.each([
    ["refs/heads/main", "begins with refs/heads/; branches have short names here: main"],
    ['"main "', "matches no branch: git allows no such name"],
    ["^main$", "matches no branch: git allows no such name"],
    ["/main", "matches no branch: git allows no such name"],
    ["release/", "matches no branch: git allows no such name"],
    ["v1..v2", "matches no branch: git allows no such name"],
    ["refs/tags/v1", "begins with refs/, but only branches are protected, by their short names"],
  ])("that is the pattern %s %s", (pattern, text) => {
    expect(problemsOf(`version: 1\nprotect: [{ branches: [${pattern}] }]\n`)).toEqual([
      `line 2: protect[0].branches[0] ${text}`,
    ]);
  });
});

describe("a number", () => {
  const account = (id: string) =>
    problemsWith(`people: [{ name: A, emails: [a@x], level: mid, github: { login: a, id: ${id} } }]`);
  const count = (value: string) => problemsWith(`cosign: { count: ${value} }\npolicyChange: { count: 100 }`);
  const files = (value: string) => problemsWith(`rules: [{ name: a, changes: { files: ${value} }, deny: x }]`);

  it("of an account is a whole one from 1 on, as large as a program can count", () => {
    expect(["1", "49699333", "9007199254740991"].flatMap(account)).toEqual([]);
    expect(account("0")).toEqual(["line 3: people[0].github.id is less than 1"]);
    expect(account("1.5")).toEqual(["line 3: people[0].github.id is not a whole number"]);
    expect(account("9007199254740992")).toEqual(["line 3: people[0].github.id is not a whole number"]);
  });

  it("of co-signs is from 0 to 100", () => {
    expect(["0", "100"].flatMap(count)).toEqual([]);
    expect(count("101")).toEqual(["line 3: cosign.count is more than 100"]);
    expect(count("-1")).toEqual(["line 3: cosign.count is less than 0"]);
    expect(count("0.5")).toEqual(["line 3: cosign.count is not a whole number"]);
  });

  it("of files is from 0 to a million", () => {
    expect(["0", "1000000"].flatMap(files)).toEqual([]);
    expect(files("1000001")).toEqual(["line 3: rules[0].changes.files is more than 1000000"]);
  });
});

it("a list that must name something says what", () => {
  expect(problemsOf("version: 1\nprotect: []\n")).toEqual(["line 2: protect is empty, so nothing would be protected"]);
  const empty = [
    [
      "people: [{ name: A, emails: [], level: mid }]",
      "people[0].emails is empty; name an address, or leave the field out",
    ],
    ["witnesses: [{ name: a, keys: [] }]", "witnesses[0].keys is empty; name a key, or leave the field out"],
    ["agents: [{ id: a, emails: [] }]", "agents[0].emails is empty; name an address, or leave the field out"],
    ["levels: []", "levels is empty; name a level, or leave the field out"],
    ["assisted: []", "assisted is empty; name a class of help, or leave the field out"],
  ] as const;
  for (const [line, text] of empty) expect(problemsWith(line)).toEqual([`line 3: ${text}`]);
});
