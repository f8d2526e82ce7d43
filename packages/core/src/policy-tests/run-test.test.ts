import { describe, expect, it } from "vitest";
import { catalogue } from "../agents/catalogue.ts";
import { encodeText } from "../bytes.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import { parsePolicyTests } from "./parse.ts";
import { type PolicyTestResult, runPolicyTest } from "./run-test.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";
const OLD_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF05diVxrs9ulYTcUWUtISpn7N/HhIARtqKqo0ntnzdS";
const TOUCH_KEY =
  "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WUAAAABHNzaDo=";

const POLICY = `version: 1
people:
  - { name: Ada, emails: [ada@x, ada@home], level: senior, keys: [${KEY}] }
  - { name: Grace, emails: [grace@x], level: principal, keys: ["${TOUCH_KEY}"] }
  - { name: Eve, emails: [eve@x], level: senior, keys: [{ key: ${OLD_KEY}, validUntil: "2025-01-01T00:00:00Z" }] }
  - { name: Sam, emails: [sam@x], level: senior, gitlab: sam }
  - { name: Jim, emails: [jim@x], level: junior, keys: [] }
protect:
  - branches: [main]
  - branches: [staging]
    mode: warn
rules:
  - { name: docs, paths: ["docs/**"], cosign: { count: 0 } }
  - { name: hard, paths: ["hsm/**"], cosign: { proof: hardware } }
  - { name: claims, paths: ["claims/**"], cosign: { proof: declared } }
  - { name: reviews, paths: ["reviewed/**"], cosign: { proof: reviewed } }
  - { name: big, deletes: { files: 2 }, cosign: { count: 2 } }
  - { name: long, changes: { lines: 100 }, cosign: { level: principal } }
  - { name: prod, agents: [kiro, house-bot], paths: ["prod/**"], deny: Never. }
agents: [{ id: house-bot, emails: [bot@x] }]
exempt: [merge@x]
`;

/** Runs one test with these lines; its name and where it lands are given. */
function run(lines: string, policy = POLICY): PolicyTestResult {
  const text = `version: 1\nbranch: main\nnow: "2026-01-01T00:00:00Z"\ntests:\n  - { name: a, ${lines} }\n`;
  const { tests, now = 0 } = parsePolicyTests(encodeText(text), "tests");
  const [test] = tests;
  if (!test) throw new Error("the file has one test");
  return runPolicyTest(parsePolicy(encodeText(policy), "policy"), test, now);
}

/** The same, where work may land in an emergency. */
const NIGHT = `${POLICY}emergency: { level: senior, reviewWithin: 3d }\n`;

const AI = "author: bob@x, agents: [claude-code]";

describe("a described commit is judged as a pushed one is", () => {
  it.each<[what: string, lines: string, outcome: string, codes: readonly string[], rules: readonly string[]]>([
    ["of a person", "paths: [a]", "allow", [], []],
    ["with an agent", `${AI}, paths: [a]`, "deny", ["COSIGN_MISSING"], []],
    ["with an agent and a co-sign", `${AI}, paths: [a], cosigns: [ada@x]`, "allow", [], []],
    ["that changes nothing", `${AI}`, "deny", ["COSIGN_MISSING"], []],
    ["co-signed by a word", `${AI}, cosigns: [{ who: ada@x, proof: declared }]`, "deny", ["COSIGN_DECLARED_ONLY"], []],
    [
      "co-signed by a word where that is enough",
      `${AI}, paths: [claims/a], cosigns: [{ who: sam@x, proof: declared }]`,
      "allow",
      [],
      ["claims"],
    ],
    [
      "approved on a forge where that is enough",
      `${AI}, paths: [reviewed/a], cosigns: [{ who: sam@x, proof: reviewed }]`,
      "allow",
      [],
      ["reviews"],
    ],
    [
      "approved on a forge where nobody knows the account",
      `${AI}, paths: [reviewed/a], cosigns: [{ who: ada@x, proof: reviewed }]`,
      "deny",
      ["COSIGN_UNKNOWN_SIGNER"],
      ["reviews"],
    ],
    ["approved on a forge", `${AI}, cosigns: [{ who: sam@x, proof: reviewed }]`, "deny", ["COSIGN_REVIEWED_ONLY"], []],
    ["co-signed by its author", "author: ada@x, agents: [aider], cosigns: [ada@home]", "deny", ["COSIGN_SELF"], []],
    ["of an emergency that nobody signed", `${AI}, emergency: down`, "deny", ["COSIGN_MISSING", "EMERGENCY_IDLE"], []],
    ["co-signed by a junior", `${AI}, cosigns: [{ who: jim@x, proof: declared }]`, "deny", ["COSIGN_LEVEL"], []],
    ["co-signed by a stranger", `${AI}, cosigns: [mallory@x]`, "deny", ["COSIGN_UNKNOWN_SIGNER"], []],
    ["co-signed without a key", `${AI}, cosigns: [sam@x]`, "deny", ["COSIGN_KEY_UNKNOWN"], []],
    ["co-signed with a key that has ended", `${AI}, cosigns: [eve@x]`, "deny", ["COSIGN_KEY_EXPIRED"], []],
    ["co-signed long ago", `${AI}, cosigns: [{ who: ada@x, age: 31d }]`, "deny", ["COSIGN_STALE"], []],
    ["co-signed a while ago", `${AI}, cosigns: [{ who: ada@x, age: 30d }]`, "allow", [], []],
    [
      "co-signed without the touch it wants",
      `${AI}, paths: [hsm/a], cosigns: [ada@x]`,
      "deny",
      ["COSIGN_NO_TOUCH"],
      ["hard"],
    ],
    [
      "co-signed with a touch",
      `${AI}, paths: [hsm/a], cosigns: [{ who: grace@x, proof: hardware }]`,
      "allow",
      [],
      ["hard"],
    ],
    [
      "co-signed with a touch by whom has no such key",
      `${AI}, paths: [hsm/a], cosigns: [{ who: ada@x, proof: hardware }]`,
      "deny",
      ["COSIGN_KEY_UNKNOWN"],
      ["hard"],
    ],
    ["by free paths alone", `${AI}, paths: [docs/a]`, "allow", [], ["docs"]],
    ["by free paths and others", `${AI}, paths: [docs/a, a]`, "deny", ["COSIGN_MISSING"], ["docs"]],
    [
      "that deletes little",
      `${AI}, paths: [{ path: "{n}", status: deleted, count: 2 }], cosigns: [ada@x]`,
      "allow",
      [],
      [],
    ],
    [
      "that deletes much",
      `${AI}, paths: [{ path: "{n}", status: deleted, count: 3 }], cosigns: [ada@x]`,
      "deny",
      ["COSIGN_MISSING"],
      ["big"],
    ],
    [
      "that deletes much with two co-signs",
      `${AI}, paths: [{ path: "{n}", status: deleted, count: 3 }], cosigns: [ada@x, grace@x]`,
      "allow",
      [],
      ["big"],
    ],
    [
      "with two co-signs of one person",
      `${AI}, paths: [{ path: "{n}", status: deleted, count: 3 }], cosigns: [ada@x, ada@home]`,
      "deny",
      ["COSIGN_MISSING"],
      ["big"],
    ],
    [
      "with many lines",
      `${AI}, paths: [{ path: a, added: 60, deleted: 41 }], cosigns: [ada@x]`,
      "deny",
      ["COSIGN_LEVEL"],
      ["long"],
    ],
    ["that a rule forbids", "agents: [kiro], paths: [prod/a], cosigns: [ada@x]", "deny", ["DENIED_BY_RULE"], ["prod"]],
    [
      "that a rule forbids to an agent of the policy",
      "agents: [house-bot], paths: [prod/a], cosigns: [ada@x]",
      "deny",
      ["DENIED_BY_RULE"],
      ["prod"],
    ],
    ["that changes the policy", "paths: [countersign.config.yaml]", "deny", ["POLICY_CHANGED"], ["policyChange"]],
    [
      "that removes the policy",
      "paths: [{ path: countersign.config.yaml, status: deleted }]",
      "deny",
      ["POLICY_REMOVED"],
      ["policyChange"],
    ],
    [
      "that removes the policy with its co-sign",
      "paths: [{ path: countersign.config.yaml, status: deleted }], cosigns: [ada@x]",
      "allow",
      [],
      ["policyChange"],
    ],
    [
      "with a mark in the message",
      `message: "Fix\\n\\n🤖 Generated with [Claude Code](https://claude.com/claude-code)"`,
      "deny",
      ["COSIGN_MISSING"],
      [],
    ],
    ["by an agent as the author", "author: bot@x", "deny", ["COSIGN_MISSING"], []],
    ["by an exempt author", "author: merge@x", "allow", [], []],
    ["for a branch that warns", `${AI}, branch: staging`, "warn", ["COSIGN_MISSING"], []],
    ["for a branch that is free", `${AI}, branch: topic`, "allow", [], []],
  ])("%s", (_, lines, outcome, codes, rules) => {
    const expected = `expect: ${outcome}, codes: [${codes}], rules: [${rules}]`;
    const result = run(`${lines}, ${expected}`);
    expect({ outcome: result.outcome, codes: result.codes, rules: result.rules }).toEqual({ outcome, codes, rules });
    expect(result.passed).toBe(true);
  });

  it("where everything must be disclosed", () => {
    const policy = `${POLICY}disclosure: required\n`;
    expect(run("expect: deny, codes: [DISCLOSURE_MISSING]", policy).passed).toBe(true);
    expect(run("declaredHuman: true, expect: allow", policy).passed).toBe(true);
  });

  it("whichever agent of the catalogue took part", () => {
    const missed = catalogue.filter(({ id }) => run(`agents: [${id}], expect: deny`).unknownAgents.length > 0);
    expect(missed.map(({ id }) => id)).toEqual([]);
  });
});

describe("a test fails", () => {
  it.each([
    ["where the outcome is another one", "expect: deny"],
    ["where a code is missing", `${AI}, expect: deny, codes: [COSIGN_MISSING, COSIGN_SELF]`],
    ["where there is a code too many", `${AI}, expect: deny, codes: []`],
    ["where a rule is missing", `${AI}, expect: deny, rules: [docs]`],
    ["where there is a rule too many", `${AI}, paths: [docs/a], expect: allow, rules: []`],
    ["where nobody knows the agent", "agents: [klaude], paths: [docs/a], expect: allow"],
  ])("%s", (_, lines) => {
    expect(run(lines).passed).toBe(false);
  });

  it("and not where nothing is said of codes and rules", () => {
    expect(run(`${AI}, paths: [docs/a, a], expect: deny`).passed).toBe(true);
  });
});

describe("a described emergency", () => {
  it.each<[what: string, lines: string, outcome: string, codes: readonly string[]]>([
    [
      "lands where it is signed",
      "author: ada@x, agents: [aider], emergency: down, cosigns: [{ who: ada@x, emergency: true }]",
      "allow",
      [],
    ],
    [
      "does not by a signature for a review",
      "author: ada@x, agents: [aider], emergency: down, cosigns: [ada@x]",
      "deny",
      ["COSIGN_SELF", "EMERGENCY_UNPROVEN"],
    ],
    [
      "does not where nobody claims it",
      `${AI}, cosigns: [{ who: ada@x, emergency: true }]`,
      "deny",
      ["COSIGN_MISSING"],
    ],
    [
      "does not by a junior's",
      `${AI}, emergency: down, cosigns: [{ who: jim@x, emergency: true }]`,
      "deny",
      ["COSIGN_LEVEL", "EMERGENCY_UNPROVEN"],
    ],
  ])("%s", (_, lines, outcome, codes) => {
    expect(run(`${lines}, expect: allow`, NIGHT)).toMatchObject({ outcome, codes });
  });
});
