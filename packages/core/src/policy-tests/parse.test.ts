import { describe, expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { isCountersignError } from "../error.ts";
import { parsePolicyTests } from "./parse.ts";

const parse = (text: string) => parsePolicyTests(encodeText(text), "countersign.tests.yaml");

function problemsOf(text: string): readonly string[] {
  try {
    parse(text);
    return [];
  } catch (error) {
    if (isCountersignError(error) && error.code === "TESTS_MALFORMED") return error.details ?? [];
    throw error;
  }
}

const HEAD = "version: 1\nbranch: main\ntests:\n";

describe("a file of policy tests", () => {
  it("is read with every default filled in", () => {
    expect(parse(`${HEAD}  - { name: a, expect: allow }\n`)).toEqual({
      now: undefined,
      tests: [
        {
          name: "a",
          line: 4,
          branch: "main",
          author: "somebody@example.invalid",
          agents: [],
          declaredHuman: false,
          message: "Test",
          paths: [],
          cosigns: [],
          expected: { outcome: "allow", codes: undefined, rules: undefined },
        },
      ],
    });
  });

  it("may give paths and co-signs in short and in full", () => {
    const { now, tests } = parse(`${HEAD}  - name: a
    branch: release/1
    paths: [a.ts, { path: "b/{n}.ts", status: deleted, deleted: 3, count: 2 }]
    cosigns: [ada@acme.example, { who: grace@acme.example, proof: hardware, age: 2d }]
    expect: deny
    codes: [COSIGN_STALE]
    rules: []
now: 2026-01-01T00:00:00Z
`);
    expect(now).toBe(Date.parse("2026-01-01T00:00:00Z") / 1000);
    expect(tests[0]).toMatchObject({
      branch: "release/1",
      paths: [
        { path: "a.ts", status: "modified", added: 0, deleted: 0 },
        { path: "b/1.ts", status: "deleted", added: 0, deleted: 3 },
        { path: "b/2.ts", status: "deleted", added: 0, deleted: 3 },
      ],
      cosigns: [
        { who: "ada@acme.example", proof: "signed", age: 0 },
        { who: "grace@acme.example", proof: "hardware", age: 172_800 },
      ],
      expected: { outcome: "deny", codes: ["COSIGN_STALE"], rules: [] },
    });
  });

  it.each<[what: string, text: string, problem: RegExp]>([
    ["no tests", "version: 1\ntests: []\n", /^line 2: tests is empty/],
    ["no fields", "- a\n", /^line 1: the file has no fields; it begins with version: 1/],
    [
      "a test without a branch",
      "version: 1\ntests:\n  - { name: a, expect: allow }\n",
      /^line 3: tests\[0\] has no branch/,
    ],
    ["a test without an expectation", `${HEAD}  - { name: a }\n`, /^line 4: tests\[0\].expect is missing/],
    [
      "two tests of one name",
      `${HEAD}  - { name: a, expect: allow }\n  - { name: a, expect: deny }\n`,
      /^line 5: .*repeats the name/,
    ],
    [
      "a key that is not known",
      `${HEAD}  - { name: a, expect: allow, agent: kiro }\n`,
      /^line 4: tests\[0\].agent is not a known key/,
    ],
    [
      "a code that does not exist",
      `${HEAD}  - { name: a, expect: deny, codes: [COSIGN_MISING] }\n`,
      /codes\[0\] is the text "COSIGN_MISING"/,
    ],
    [
      "files of one name",
      `${HEAD}  - { name: a, expect: deny, paths: [{ path: a, count: 2 }] }\n`,
      /count needs \{n\} in the path/,
    ],
    [
      "more files than anyone needs",
      `${HEAD}  - { name: a, expect: deny, paths: [${'{ path: "{n}", count: 10000 }, '.repeat(11)}] }\n`,
      /has 110000 files/,
    ],
    [
      "an absolute path",
      `${HEAD}  - { name: a, expect: deny, paths: [/etc/passwd] }\n`,
      /paths\[0\] is not the path of a file/,
    ],
    [
      "a person's word against the agents",
      `${HEAD}  - { name: a, expect: deny, agents: [kiro], declaredHuman: true }\n`,
      /contradicts agents/,
    ],
    ["a full ref name", `${HEAD}  - { name: a, expect: deny, branch: refs/heads/main }\n`, /short names/],
    [
      "an alias",
      `${HEAD}  - { name: a, expect: deny, paths: &p [a] }\n  - { name: b, expect: deny, paths: *p }\n`,
      /anchor/,
    ],
    ["a second document", `${HEAD}  - { name: a, expect: deny }\n---\nx: 1\n`, /second document/],
  ])("with %s is refused with the line", (_, text, problem) => {
    expect(problemsOf(text).join("\n")).toMatch(problem);
  });

  it.each([
    ["allowed", "allow"],
    ["warned", "warn"],
    ["refused", "deny"],
    ["deny", "deny"],
  ])("may expect %s, in the words that people read or in those of JSON", (word, outcome) => {
    const { tests } = parsePolicyTests(encodeText(`${HEAD}  - { name: a, expect: ${word} }\n`), "test");
    expect(tests[0]?.expected.outcome).toBe(outcome);
  });

  it("is refused with what only several fields together show, whatever else is wrong with the test", () => {
    const text = "version: 1\ntests:\n  - { name: a, expect: deny }\n  - { name: a, expect: maybe, codes: 1 }\n";
    expect(problemsOf(text)).toEqual([
      expect.stringContaining("tests[0] has no branch"),
      expect.stringContaining("tests[1].expect is"),
      expect.stringContaining("tests[1].codes is"),
      expect.stringContaining("tests[1].name repeats"),
      expect.stringContaining("tests[1] has no branch"),
    ]);
  });

  it("is refused with all of its problems at once", () => {
    expect(problemsOf(`${HEAD}  - { name: a, expect: maybe }\n  - { nmae: b, expect: deny }\n`)).toHaveLength(3);
  });
});
