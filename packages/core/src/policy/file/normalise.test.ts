import { describe, expect, it } from "vitest";
import { DEFAULT_LEVELS } from "../levels.ts";
import { DEFAULT_REQUIREMENT } from "../requirement.ts";
import {
  defaultPolicy,
  durationSeconds,
  ledgerRef,
  normalisePolicy,
  personKey,
  requirementOverride,
  rosterAccount,
} from "./normalise.ts";
import type { PolicyFile } from "./schema.ts";

const BODIES = ["K0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU", "F05diVxrs9ulYTcUWUtISpn7N/HhIARtqKqo0ntnzdS"];
const [KEY, OTHER] = BODIES.map((body) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${body}`) as [string, string];
const FINGERPRINT = `SHA256:${"a".repeat(43)}`;
const BRANCHES = { version: 1, protect: [{ branches: ["main"] }] } as const;

function normalise(fields: Partial<PolicyFile>) {
  return normalisePolicy({ ...BRANCHES, ...fields } as PolicyFile);
}

describe("a policy", () => {
  it("that says nothing but what is protected has every default", () => {
    const policy = normalise({});
    expect(policy).toEqual({
      project: undefined,
      baseline: undefined,
      levels: new Map(DEFAULT_LEVELS.map((level, rank) => [level, rank])),
      people: [],
      peopleByEmail: new Map(),
      peopleByKey: new Map(),
      revoked: new Set(),
      witnesses: [],
      ledger: undefined,
      protect: [
        {
          branches: [{ pattern: "main", flaw: undefined, matches: expect.any(Function) }],
          cosign: {},
          accepts: [],
          mode: "enforce",
        },
      ],
      cosign: DEFAULT_REQUIREMENT,
      policyChange: {},
      stamp: "Assisted-by",
      rules: [],
      disputes: undefined,
      emergency: undefined,
      disclosure: "optional",
      mode: "enforce",
      agents: [],
      exempt: new Set(),
      assisted: new Set(["authored", "suggestion"]),
      evidence: { gitAiNotes: false, entireCheckpoints: false, agentTrace: false },
    });
    expect(JSON.stringify(defaultPolicy("main"))).toBe(JSON.stringify(policy));
  });

  it("keeps what the file says", () => {
    const policy = normalise({
      project: "acme/payments",
      baseline: "1f".repeat(20),
      levels: ["low", "high"],
      cosign: { count: 2, level: "high", maxAge: "2h" },
      policyChange: { proof: "hardware", maxAge: "1h" },
      stamp: "Generated-by",
      disputes: { level: "high" },
      emergency: { level: "low", reviewWithin: "3d" },
      disclosure: "required",
      mode: "warn",
      assisted: ["message-only"],
    });
    expect(policy).toMatchObject({
      project: "acme/payments",
      baseline: "1f".repeat(20),
      levels: new Map([
        ["low", 0],
        ["high", 1],
      ]),
      cosign: { ...DEFAULT_REQUIREMENT, count: 2, level: "high", maxAge: 7200 },
      policyChange: { proof: "hardware", maxAge: 3600 },
      stamp: "Generated-by",
      disputes: { level: "high" },
      emergency: { level: "low", reviewWithin: 259_200 },
      disclosure: "required",
      mode: "warn",
      assisted: new Set(["message-only"]),
    });
  });

  it.each(["gitAiNotes", "entireCheckpoints", "agentTrace"] as const)("asks %s alone where it says so", (recorder) => {
    const none = { gitAiNotes: false, entireCheckpoints: false, agentTrace: false };
    expect(normalise({ evidence: { [recorder]: true } }).evidence).toEqual({ ...none, [recorder]: true });
  });

  it("has agents, their addresses and exempt ones in lower case", () => {
    const agents = [
      { id: "ours", name: "Our agent", emails: ["Bot@Acme.example"] },
      { id: "other", emails: ["O@x"] },
    ];
    const policy = normalise({ agents, exempt: ["Build@Acme.example"] });
    expect(policy.agents).toEqual([
      { id: "ours", name: "Our agent", emails: ["bot@acme.example"] },
      { id: "other", name: "other", emails: ["o@x"] },
    ]);
    expect(policy.exempt).toEqual(new Set(["build@acme.example"]));
  });

  it("knows revoked keys by their text without a comment, or by their fingerprint", () => {
    expect(normalise({ revoked: [`${KEY} ada@lost-laptop`, FINGERPRINT] }).revoked).toEqual(
      new Set([KEY, FINGERPRINT]),
    );
  });
});

describe("people", () => {
  const ada = {
    name: "Ada",
    emails: ["Ada@X", "a@y"],
    level: "senior",
    keys: [`${KEY} laptop`, { key: OTHER, validFrom: "2026-01-01T00:00:00Z", validUntil: "2026-01-01T00:01:00Z" }],
    gitea: { login: "Ada", id: 7 },
    github: "ADA",
  };

  it("have addresses and logins in lower case, and keys with their times", () => {
    const [person] = normalise({ people: [ada] }).people;
    expect(person).toEqual({
      name: "Ada",
      emails: ["ada@x", "a@y"],
      level: "senior",
      keys: [
        expect.objectContaining({ text: KEY, validFrom: undefined, validUntil: undefined }),
        expect.objectContaining({ text: OTHER, validFrom: 1_767_225_600, validUntil: 1_767_225_660 }),
      ],
      accounts: [
        { forge: "github", login: "ada" },
        { forge: "gitea", login: "ada", id: 7 },
      ],
    });
  });

  it("are found by each address and each key", () => {
    const bob = { name: "Bob", emails: ["b@x"], level: "mid" };
    const { people, peopleByEmail, peopleByKey } = normalise({ people: [ada, bob] });
    expect([...peopleByEmail]).toEqual([
      ["ada@x", people[0]],
      ["a@y", people[0]],
      ["b@x", people[1]],
    ]);
    expect([...peopleByKey]).toEqual([
      [KEY, people[0]],
      [OTHER, people[0]],
    ]);
    expect(people[1]).toEqual({ name: "Bob", emails: ["b@x"], level: "mid", keys: [], accounts: [] });
  });

  it("are not witnesses, whose keys are not found among people's", () => {
    const policy = normalise({ witnesses: [{ name: "gate", keys: [KEY] }] });
    expect(policy.witnesses).toEqual([{ name: "gate", keys: [expect.objectContaining({ text: KEY })] }]);
    expect(policy.peopleByKey.size).toBe(0);
  });
});

describe("what is protected", () => {
  it("has what its entry says, and the policy's mode where it names none", () => {
    const policy = normalise({
      mode: "warn",
      protect: [
        { branches: ["main"], cosign: { count: 2, maxAge: "1m" }, accepts: ["next", "old"] },
        { branches: ["a", "b/*"], mode: "enforce" },
      ],
    });
    const shown = policy.protect.map(({ branches, accepts, ...rest }) => ({
      ...rest,
      branches: branches.map(({ pattern }) => pattern),
      accepts: accepts.map(({ pattern }) => pattern),
    }));
    expect(shown).toEqual([
      { branches: ["main"], cosign: { count: 2, maxAge: 60 }, accepts: ["next", "old"], mode: "warn" },
      { branches: ["a", "b/*"], cosign: {}, accepts: [], mode: "enforce" },
    ]);
  });

  it("is met by rules, each with its conditions and its effect", () => {
    const { rules } = normalise({
      rules: [
        { name: "a", agents: ["kiro"], authors: { level: "mid" }, cosign: { maxAge: "1w" } },
        { name: "b", deny: "No." },
      ],
    });
    expect(rules).toEqual([
      {
        name: "a",
        when: { authors: { level: "mid" }, agents: new Set(["kiro"]) },
        cosign: { maxAge: 604_800 },
        deny: undefined,
      },
      { name: "b", when: {}, cosign: {}, deny: "No." },
    ]);
  });

  it.each(["countersign/ledger", "refs/heads/countersign/ledger"])(
    "is not the ledger, which is known in full: %s",
    (name) => {
      expect(ledgerRef(name)).toBe("refs/heads/countersign/ledger");
      expect(normalise({ ledger: name }).ledger).toBe("refs/heads/countersign/ledger");
    },
  );
});

it("a part that sets nothing overrides nothing, and a duration only where one is set", () => {
  expect(requirementOverride()).toEqual({});
  expect(Object.keys(requirementOverride({ count: 2 }))).toEqual(["count"]);
  expect(requirementOverride({ maxAge: "90m", self: true })).toEqual({ maxAge: 5400, self: true });
});

it.each([
  ["1m", 60],
  ["90m", 5400],
  ["12h", 43_200],
  ["30d", 2_592_000],
  ["2w", 1_209_600],
])("%s are %i seconds", (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

it("an account has a number only where the file names it", () => {
  expect(Object.keys(rosterAccount("github", "Ada"))).toEqual(["forge", "login"]);
  expect(Object.keys(rosterAccount("github", { login: "Ada" }))).toEqual(["forge", "login"]);
  expect(rosterAccount("gitlab", { login: "Ada", id: 1 })).toEqual({ forge: "gitlab", login: "ada", id: 1 });
});

it("a key that no schema would let pass is a defect of the program", () => {
  expect(() => personKey("ssh-ed25519 AAAA")).toThrow(/^the schema let a key pass that is damaged/);
});
