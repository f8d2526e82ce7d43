import { describe, expect, it } from "vitest";
import { problemsOf, problemsWith } from "./policy-problems.fixture.ts";
import { wellFormedParts } from "./well-formed.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0Ad1w0CxymZmfqC6YuE9UgKo51MoSl4GnXxqHvr5WU";

describe("the well-formed parts of a file", () => {
  it("are its defaults where it has none", () => {
    expect(wellFormedParts({})).toEqual({
      levels: ["junior", "mid", "senior", "principal"],
      people: [],
      witnesses: [],
      protect: [],
      cosign: {},
      policyChange: {},
      rules: [],
      ledger: undefined,
      disputes: undefined,
      emergency: undefined,
      agents: [],
    });
  });

  it("stay where another item of the same list is malformed, each with its own place", () => {
    const good = { name: "a", deny: "x" };
    expect(wellFormedParts({ rules: [3, good, { name: "b", cosign: 1 }, good] }).rules).toEqual([
      { path: ["rules", 1], part: good },
      { path: ["rules", 3], part: good },
    ]);
    const witness = { name: "gate", keys: [KEY] };
    expect(wellFormedParts({ witnesses: [{ name: "the gate", keys: [KEY] }, witness] }).witnesses).toEqual([
      { path: ["witnesses", 1], part: witness },
    ]);
    expect(wellFormedParts({ protect: [{ branches: [] }, { branches: ["main"] }] }).protect).toEqual([
      { path: ["protect", 1], part: { branches: ["main"] } },
    ]);
    const agent = { id: "a", emails: ["a@x"] };
    expect(wellFormedParts({ agents: [agent, {}] }).agents).toEqual([{ path: ["agents", 0], part: agent }]);
  });

  it("are of people what is well-formed of each of them", () => {
    const ada = {
      name: 1,
      emails: ["a@x"],
      level: "boss",
      keys: [KEY],
      github: "ada",
      gitlab: "-",
      gitea: { login: "a" },
    };
    const bob = { name: "Bob", emails: "b@x", level: 3, keys: [1], github: "@", gitlab: "bob", gitea: 1 };
    expect(wellFormedParts({ people: [null, "Eve", ["Eve"], ada, bob] }).people).toEqual([
      {
        path: ["people", 3],
        part: {
          emails: ["a@x"],
          level: "boss",
          keys: [KEY],
          github: "ada",
          gitlab: undefined,
          gitea: { login: "a" },
        },
      },
      {
        path: ["people", 4],
        part: { emails: [], level: undefined, keys: [], github: undefined, gitlab: "bob", gitea: undefined },
      },
    ]);
  });

  it.each(["people", "witnesses", "protect", "rules", "agents"] as const)(
    "are no %s where these are no list",
    (key) => {
      expect(wellFormedParts({ [key]: { 0: {} } })[key]).toEqual([]);
      expect(wellFormedParts({ [key]: null })[key]).toEqual([]);
    },
  );

  it("leave out what is malformed as a whole", () => {
    const malformed = {
      levels: [],
      cosign: { count: "two" },
      policyChange: [],
      ledger: "refs/tags/a",
      disputes: {},
      emergency: 1,
    };
    expect(wellFormedParts(malformed)).toMatchObject({
      levels: undefined,
      cosign: undefined,
      policyChange: undefined,
      ledger: undefined,
      disputes: undefined,
      emergency: undefined,
    });
  });

  it("are of disputes and emergencies the levels that they name", () => {
    const parts = wellFormedParts({
      disputes: { level: "a" },
      emergency: { level: "b", reviewWithin: "1d" },
      ledger: "x",
    });
    expect(parts).toMatchObject({ disputes: "a", emergency: "b", ledger: "x" });
  });
});

describe("one mistake", () => {
  it.each<[what: string, lines: string, problems: readonly string[]]>([
    [
      "in the levels is all that is said of them",
      "levels: [a, 2]\ncosign: { level: b }\npolicyChange: { count: 0 }\nrules: [{ name: a, authors: { level: mid }, cosign: { count: 0 } }]\n",
      ["line 3: levels[1] is the number 2, not text; put it in quotes"],
    ],
    [
      "in cosign hides no unknown level, and guesses nothing of what cosign asks",
      "levels: [low]\ncosign: { count: many }\npolicyChange: { count: 0, level: boss }\nrules: [{ name: a, authors: { level: low }, cosign: { count: 0 } }]\n",
      [
        'line 4: cosign.count is the text "many", not a number',
        "line 5: policyChange.level names the level boss; the levels are low",
      ],
    ],
    [
      "in policyChange is all that is said of it",
      "policyChange: { count: many, proof: declared }\n",
      ['line 3: policyChange.count is the text "many", not a number'],
    ],
    [
      "in an address hides no unknown level",
      "people: [{ name: A, emails: [a], level: boss }, { name: B, emails: [b], level: mid }]\n",
      [
        "line 3: people[0].emails[0] is not a plain ASCII address such as ada@acme.example; patterns and quotes are not allowed",
        "line 3: people[0].level names the level boss; the levels are junior, mid, senior, principal",
        "line 3: people[1].emails[0] is not a plain ASCII address such as ada@acme.example; patterns and quotes are not allowed",
      ],
    ],
  ])("%s", (_, lines, problems) => {
    expect([...problemsWith(lines)].sort()).toEqual([...problems].sort());
  });

  it("in an entry of protect hides no other entry's", () => {
    const text =
      "version: 1\nprotect:\n  - branches: []\n  - branches: [a, a]\n  - { branches: [b], cosign: { level: boss } }\n";
    expect(problemsOf(text)).toEqual([
      "line 3: protect[0].branches is empty; name a branch, or leave the field out",
      "line 4: protect[1].branches[1] repeats the pattern of protect[1].branches[0]",
      "line 5: protect[2].cosign.level names the level boss; the levels are junior, mid, senior, principal",
    ]);
  });
});
