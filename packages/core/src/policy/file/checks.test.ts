import { describe, expect, it } from "vitest";
import { problemsOf, problemsWith } from "./policy-problems.fixture.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";
const OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF05diVxrs9ulYTcUWUtISpn7N/HhIARtqKqo0ntnzdS";

describe("what parts of a policy mean together", () => {
  const person = (name: string, rest: string) => `  - { name: ${name}, level: senior, ${rest} }\n`;

  it.each<[string, string, RegExp | undefined]>([
    ["a level twice", "levels: [senior, mid, senior]", /levels\[2\] repeats the level of levels\[0\]/],
    ["an unknown level that may dispute", "disputes: { level: boss }", /disputes\.level names the level boss/],
    ["a level that may dispute", "disputes: { level: mid }", undefined],
    ["disputes by nobody", "disputes: {}", /disputes\.level is missing/],
    [
      "an unknown level for emergencies",
      "emergency: { level: boss, reviewWithin: 3d }",
      /emergency\.level names the level boss/,
    ],
    ["a level for emergencies", "emergency: { level: mid, reviewWithin: 3d }", undefined],
    ["emergencies that nobody has to review", "emergency: { level: mid }", /emergency\.reviewWithin is missing/],
    [
      "a review within no duration",
      "emergency: { level: mid, reviewWithin: soon }",
      /emergency\.reviewWithin is not a duration/,
    ],
    ["levels without the default one", "levels: [low, high]", /levels has no senior/],
    ["levels without the default one, which is not used", "levels: [low, high]\ncosign: { level: high }", undefined],
    ["an unknown level in cosign", "cosign: { level: Senior }", /^line 3: cosign.level names the level Senior/],
    ["an unknown level in policyChange", "policyChange: { level: boss }", /policyChange.level names/],
    ["an unknown level in a rule", "rules: [{ name: a, cosign: { level: boss } }]", /rules\[0\].cosign.level names/],
    [
      "an unknown level of authors",
      "rules: [{ name: a, authors: { level: boss }, deny: x }]",
      /rules\[0\].authors.level names/,
    ],
    ["a level that objects have", "cosign: { level: constructor }", /cosign.level names/],
    [
      "an address of two people",
      `people:\n${person("A", "emails: [a@x, b@x]")}${person("B", "emails: [B@X]")}`,
      /people\[1\].emails\[0\] repeats the address of people\[0\].emails\[1\]/,
    ],
    ["an address twice for one", `people:\n${person("A", "emails: [a@x, A@x]")}`, /people\[0\].emails\[1\] repeats/],
    [
      "an address of a person and an agent",
      `people:\n${person("A", "emails: [a@x]")}agents: [{ id: a, emails: [a@x] }]`,
      /agents\[0\].emails\[0\] repeats/,
    ],
    [
      "a key of two people",
      `people:\n${person("A", `emails: [a@x], keys: [${KEY} one]`)}${person("B", `emails: [b@x], keys: [{ key: ${KEY} two }]`)}`,
      /people\[1\].keys\[0\] repeats the key of people\[0\].keys\[0\]/,
    ],
    [
      "a login of two people",
      `people:\n${person("A", "emails: [a@x], github: ada")}${person("B", "emails: [b@x], github: { login: Ada }")}`,
      /people\[1\].github repeats the login of people\[0\].github/,
    ],
    [
      "the number of an account with two people",
      `people:\n${person("A", "emails: [a@x], gitea: { login: a, id: 7 }")}${person("B", "emails: [b@x], gitea: { login: b, id: 7 }")}`,
      /people\[1\].gitea.id repeats the number of people\[0\].gitea.id/,
    ],
    [
      "a login of two people on two forges",
      `people:\n${person("A", "emails: [a@x], github: ada")}${person("B", "emails: [b@x], gitlab: ada, gitea: { login: ada, id: 7 }")}`,
      undefined,
    ],
    ["a login as it is mentioned", `people:\n${person("A", 'emails: [a@x], github: "@ada"')}`, /github is not a login/],
    ["a bot's login", `people:\n${person("A", 'emails: [a@x], github: "ada[bot]"')}`, /github is not a login/],
    ["a deleted account", `people:\n${person("A", "emails: [a@x], github: Ghost")}`, /github is the name under which/],
    [
      "an account without a number that is one",
      `people:\n${person("A", "emails: [a@x], github: { login: a, id: 0 }")}`,
      /github.id is less than 1/,
    ],
    ["a witness", `witnesses: [{ name: gate, keys: [${KEY}] }]`, undefined],
    ["a witness without a key", "witnesses: [{ name: gate, keys: [] }]", /witnesses\[0\].keys is empty/],
    [
      "a witness whose name is two words",
      `witnesses: [{ name: the gate, keys: [${KEY}] }]`,
      /witnesses\[0\].name is not a name/,
    ],
    [
      "two witnesses of one name",
      `witnesses: [{ name: gate, keys: [${KEY}] }, { name: gate, keys: [${OTHER_KEY}] }]`,
      /witnesses\[1\].name repeats the name/,
    ],
    [
      "a key of two witnesses",
      `witnesses: [{ name: gate, keys: [${KEY}] }, { name: door, keys: [${KEY}] }]`,
      /witnesses\[1\].keys\[0\] repeats the key/,
    ],
    [
      "a witness with a person's key",
      `people:\n${person("A", `emails: [a@x], keys: [${KEY} one]`)}witnesses: [{ name: gate, keys: [{ key: ${KEY} two }] }]`,
      /witnesses\[0\].keys\[0\] is people\[0\].keys\[0\] too/,
    ],
    ["two keys of one", `people:\n${person("A", `emails: [a@x], keys: [${KEY}, ${OTHER_KEY}]`)}`, undefined],
    [
      "a key that is never valid",
      `people:\n${person("A", `emails: [a@x], keys: [{ key: ${KEY}, validFrom: 2026-01-01T00:00:00Z, validUntil: 2026-01-01T00:00:00Z }]`)}`,
      /validUntil is not after validFrom/,
    ],
    [
      "a time that is not in UTC",
      `people:\n${person("A", `emails: [a@x], keys: [{ key: ${KEY}, validFrom: 2026-01-01T00:00:00 }]`)}`,
      /not a time in UTC such as/,
    ],
    [
      "a time with an offset",
      `people:\n${person("A", `emails: [a@x], keys: [{ key: ${KEY}, validFrom: "2026-01-01T00:00:00+01:00" }]`)}`,
      /not a time in UTC such as/,
    ],
    [
      "a day alone",
      `people:\n${person("A", `emails: [a@x], keys: [{ key: ${KEY}, validFrom: 2026-01-01 }]`)}`,
      /not a time in UTC such as/,
    ],
    [
      "the 30th of February",
      `people:\n${person("A", `emails: [a@x], keys: [{ key: ${KEY}, validFrom: 2026-02-30T00:00:00Z }]`)}`,
      /not a time in UTC that exists/,
    ],
    [
      "a key that is damaged",
      `people:\n${person("A", "emails: [a@x], keys: [ssh-ed25519 AAAA]")}`,
      /people\[0\].keys\[0\] is damaged/,
    ],
    [
      "a key that is a number",
      `people:\n${person("A", "emails: [a@x], keys: [12]")}`,
      /people\[0\].keys\[0\] is the number 12, not text or fields/,
    ],
    [
      "a name that ends a line",
      `people:\n${person('"A\\nB"', "emails: [a@x]")}`,
      /people\[0\].name .*control character/,
    ],
    ["a name that opens an address", `people:\n${person('"A <b@x>"', "emails: [a@x]")}`, /people\[0\].name has < or >/],
    [
      "a rule's name twice",
      "rules: [{ name: a, deny: x }, { name: a, deny: y }]",
      /rules\[1\].name repeats the name of rules\[0\].name/,
    ],
    ["an agent's id twice", "agents: [{ id: a, emails: [a@x] }, { id: a, emails: [b@x] }]", /agents\[1\].id repeats/],
    ["a rule without effect", "rules: [{ name: a, cosign: {} }]", /rules\[0\] has no effect/],
    [
      "a rule with two effects",
      "rules: [{ name: a, cosign: { count: 2 }, deny: x }]",
      /rules\[0\].deny stands beside cosign/,
    ],
    ["a limit of nothing", "rules: [{ name: a, changes: {}, deny: x }]", /rules\[0\].changes sets no limit/],
    [
      "a policy change that is easier",
      "cosign: { count: 2 }\npolicyChange: { count: 1 }",
      /policyChange.count asks for less than cosign does/,
    ],
    [
      "a policy change without a co-sign",
      "cosign: { count: 0 }\npolicyChange: { count: 0 }",
      /the one co-sign that every change of the policy needs/,
    ],
    [
      "a policy change that is harder",
      "policyChange: { count: 2, level: principal, proof: hardware, maxAge: 1d, self: false }",
      undefined,
    ],
    ["a policy change with older signatures", "policyChange: { maxAge: 31d }", /policyChange.maxAge asks for less/],
  ])("%s", (_name, lines, problem) => {
    expect(problemsWith(`${lines}\n`)).toEqual(problem === undefined ? [] : [expect.stringMatching(problem)]);
  });

  it("a branch pattern in two entries", () => {
    expect(problemsOf("version: 1\nprotect:\n  - branches: [a, b]\n  - branches: [b]\n")).toEqual([
      "line 4: protect[1].branches[0] repeats the pattern of protect[0].branches[1]",
    ]);
  });
});

describe("a rule about authors", () => {
  const rule = (cosign: string) => `rules: [{ name: a, authors: { level: senior }, cosign: ${cosign} }]\n`;

  it.each<[string, string, RegExp | undefined]>([
    ["sets self", rule("{ self: true }"), undefined],
    ["tightens", rule("{ count: 2, level: principal, proof: hardware, maxAge: 1d }"), undefined],
    ["repeats what is asked anyway", rule("{ count: 1, level: senior, proof: signed }"), undefined],
    ["lowers the count", rule("{ count: 0 }"), /rules\[0\].cosign.count asks for less than cosign does/],
    ["lowers the level", rule("{ level: mid }"), /rules\[0\].cosign.level asks for less/],
    ["lowers the proof", rule("{ proof: declared }"), /rules\[0\].cosign.proof asks for less/],
    ["lets older signatures count", rule("{ maxAge: 31d }"), /rules\[0\].cosign.maxAge asks for less/],
    ["lets merges vouch", rule("{ coverage: merge }"), /rules\[0\].cosign.coverage asks for less/],
    [
      "lowers where claims are asked for only",
      `cosign: { proof: declared }\n${rule("{ count: 0, level: junior }")}`,
      undefined,
    ],
    [
      "lowers where a later rule asks for more than claims",
      `cosign: { proof: declared }\nrules:\n  - { name: a, authors: { level: mid }, cosign: { count: 0 } }\n  - { name: b, cosign: { proof: signed } }\n`,
      /rules\[0\].cosign.count asks for less than cosign/,
    ],
    [
      "lowers what an earlier rule asks",
      `rules:\n  - { name: a, cosign: { count: 3 } }\n  - { name: b, authors: { level: mid }, cosign: { count: 2 } }\n`,
      /rules\[1\].cosign.count asks for less than rules\[0\].cosign/,
    ],
    [
      "is lowered by a later rule that is not about authors",
      `rules:\n  - { name: a, authors: { level: mid }, cosign: { count: 2 } }\n  - { name: b, cosign: { count: 1 } }\n`,
      undefined,
    ],
    ["denies", "rules: [{ name: a, authors: { level: senior }, deny: x }]\n", undefined],
  ])("%s", (_name, lines, problem) => {
    expect(problemsWith(lines)).toEqual(problem === undefined ? [] : [expect.stringMatching(problem)]);
  });

  it("may not ask for less than a protect entry", () => {
    const text = `version: 1\nprotect:\n  - branches: [main]\n  - { branches: [release], cosign: { count: 3 } }\n${rule("{ count: 2 }")}`;
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^line 5: rules\[0\].cosign.count asks for less than protect\[1\].cosign/),
    ]);
  });
});

describe("what is said of parts that do not go together", () => {
  const person = (name: string, rest: string) => `  - { name: ${name}, level: senior, emails: [${name}@x], ${rest} }\n`;

  it.each<[lines: string, problem: string]>([
    ["levels: [senior, senior]\n", "line 3: levels[1] repeats the level of levels[0]"],
    [
      "disputes: { level: boss }\n",
      "line 3: disputes.level names the level boss; the levels are junior, mid, senior, principal",
    ],
    ["levels: [low, high]\n", "line 3: levels has no senior, which cosign.level is by default; set cosign.level"],
    [
      `agents: [{ id: a, emails: [a@x] }, { id: b, emails: [b@x, A@X] }]\n`,
      "line 3: agents[1].emails[1] repeats the address of agents[0].emails[0]",
    ],
    [
      `people:\n${person("a", `keys: [${KEY}]`)}witnesses: [{ name: gate, keys: [${KEY}] }]\n`,
      "line 5: witnesses[0].keys[0] is people[0].keys[0] too; anyone who holds a witness's key could approve in anyone's name",
    ],
    [
      `witnesses: [{ name: gate, keys: [${KEY}, ${KEY} again] }]\n`,
      "line 3: witnesses[0].keys[1] repeats the key of witnesses[0].keys[0]",
    ],
    [
      `people:\n${person("a", "gitlab: ada")}${person("b", "gitlab: { login: ADA, id: 3 }")}`,
      "line 5: people[1].gitlab repeats the login of people[0].gitlab",
    ],
    [
      `people:\n${person("a", "github: { login: a, id: 3 }")}${person("b", "github: { login: b, id: 3 }")}`,
      "line 5: people[1].github.id repeats the number of people[0].github.id",
    ],
    [
      `witnesses:\n  - name: gate\n    keys:\n      - key: ${KEY}\n        validFrom: 2026-01-02T00:00:00Z\n        validUntil: 2026-01-01T00:00:00Z\n`,
      "line 8: witnesses[0].keys[0].validUntil is not after validFrom, so the key would never be valid",
    ],
    ["ledger: refs/heads/main\n", "line 3: ledger is a branch that protect[0] guards; name one for records alone"],
    [
      "rules: [{ name: a, deny: x }, { name: a, deny: y }]\n",
      "line 3: rules[1].name repeats the name of rules[0].name",
    ],
    [
      "agents: [{ id: a, emails: [a@x] }, { id: a, emails: [b@x] }]\n",
      "line 3: agents[1].id repeats the id of agents[0].id",
    ],
    [
      `witnesses: [{ name: gate, keys: [${KEY}] }, { name: gate, keys: [${OTHER_KEY}] }]\n`,
      "line 3: witnesses[1].name repeats the name of witnesses[0].name",
    ],
    [
      "rules: [{ name: a, cosign: { count: 2 }, deny: x }]\n",
      "line 3: rules[0].deny stands beside cosign, which it leaves without effect; keep one of them",
    ],
    ["rules: [{ name: a }]\n", "line 3: rules[0] has no effect; give it cosign with at least one field, or deny"],
    ["rules: [{ name: a, changes: {}, deny: x }]\n", "line 3: rules[0].changes sets no limit; give it files or lines"],
    [
      "rules: [{ name: a, authors: { level: mid }, cosign: { count: 0 } }]\n",
      "line 3: rules[0].cosign.count asks for less than cosign does; anyone can claim to be the author, so a rule with authors may only ask for more",
    ],
    ["policyChange: { proof: declared }\n", "line 3: policyChange.proof asks for less than cosign does"],
    [
      "cosign: { count: 0 }\npolicyChange: { count: 0 }\n",
      "line 4: policyChange.count asks for less than the one co-sign that every change of the policy needs",
    ],
    [
      "cosign: { count: 0 }\npolicyChange: { level: mid }\n",
      "line 4: policyChange.level asks for less than cosign does",
    ],
    ["cosign: { count: 2 }\npolicyChange: { count: 1 }\n", "line 4: policyChange.count asks for less than cosign does"],
  ])("%j", (lines, problem) => {
    expect(problemsWith(lines)).toEqual([problem]);
  });

  it.each<[what: string, lines: string]>([
    ["a rule that denies, with a cosign that sets nothing", "rules: [{ name: a, cosign: {}, deny: x }]\n"],
    [
      "a key with a beginning alone",
      `people:\n${person("a", `keys: [{ key: ${KEY}, validFrom: 2026-01-01T00:00:00Z }]`)}`,
    ],
    ["a key with an end alone", `people:\n${person("a", `keys: [{ key: ${KEY}, validUntil: 2026-01-01T00:00:00Z }]`)}`],
    [
      "a key that is valid for a second",
      `people:\n${person("a", `keys: [{ key: ${KEY}, validFrom: 2026-01-01T00:00:00Z, validUntil: 2026-01-01T00:00:01Z }]`)}`,
    ],
    [
      "a person's key that no witness has",
      `people:\n${person("a", `keys: [${KEY}]`)}witnesses: [{ name: gate, keys: [${OTHER_KEY}] }]\n`,
    ],
    [
      "a rule, an agent and a witness of one name",
      `rules: [{ name: a, deny: x }]\nagents: [{ id: a, emails: [a@x] }]\nwitnesses: [{ name: a, keys: [${KEY}] }]\n`,
    ],
    ["a ledger beside a branch whose name it begins with", "ledger: main/ledger\n"],
    ["as many people for a change of the policy as for any", "cosign: { count: 2 }\npolicyChange: { count: 2 }\n"],
    [
      "one co-sign for a change of the policy where none is needed else",
      "cosign: { count: 0 }\npolicyChange: { count: 1 }\n",
    ],
    ["levels with a default of their own, which lack the usual one", "levels: [low, high]\ncosign: { level: low }\n"],
  ])("is nothing of %s", (_, lines) => {
    expect(problemsWith(lines)).toEqual([]);
  });

  it("is said of every field that a rule about authors lowers, each beside what it lowers first", () => {
    const rules = "rules:\n  - { name: a, cosign: { count: 3 } }\n  - { name: b, cosign: { count: 4 } }\n";
    expect(
      problemsWith(`${rules}  - { name: c, authors: { level: mid }, cosign: { count: 2, level: mid, self: true } }\n`),
    ).toEqual([
      expect.stringMatching(/^line 6: rules\[2\]\.cosign\.level asks for less than cosign does/),
      expect.stringMatching(/^line 6: rules\[2\]\.cosign\.count asks for less than rules\[0\]\.cosign does/),
    ]);
  });

  it("is that the ledger is one of several branches that an entry guards", () => {
    const text = "version: 1\nprotect:\n  - branches: [main]\n  - branches: [a, records, b]\nledger: records\n";
    expect(problemsOf(text)).toEqual(["line 5: ledger is a branch that protect[1] guards; name one for records alone"]);
  });

  it("is that claims may be lowered only where nothing asks for more than claims", () => {
    const text = (entry: string) =>
      `version: 1\nprotect: [{ branches: [main]${entry} }]\ncosign: { proof: declared }\nrules: [{ name: a, authors: { level: mid }, cosign: { count: 0 } }]\n`;
    expect(problemsOf(text(""))).toEqual([]);
    expect(problemsOf(text(", cosign: { proof: declared }"))).toEqual([]);
    expect(problemsOf(text(", cosign: { proof: reviewed }"))).toHaveLength(1);
  });
});
