import { CountersignError } from "../error.ts";
import { isFields } from "../policy/file/fields.ts";
import { durationSeconds } from "../policy/file/normalise.ts";
import { formatProblem, type Problem } from "../policy/file/problem.ts";
import { readFile } from "../policy/file/read-file.ts";
import type { AssumedPath, PolicyTest, PolicyTests } from "./policy-test.ts";
import { type PolicyTestFile, PolicyTestsSchema } from "./schema.ts";

/** More files in one commit prove nothing more, and take memory. */
const MOST_PATHS = 100_000;
/** What a test may expect: in the words that people read, or as JSON has it. */
const EXPECTED = {
  allowed: "allow",
  warned: "warn",
  refused: "deny",
  allow: "allow",
  warn: "warn",
  deny: "deny",
} as const;
/** Not on any roster, since no mail can go there. */
const STRANGER = "somebody@example.invalid";

/**
 * Reads the tests of a policy, YAML or JSON, as strictly as the policy itself. `source` names the file in errors.
 * @throws `TESTS_MALFORMED` with every problem of the file, each with its line.
 */
export function parsePolicyTests(bytes: Uint8Array, source: string): PolicyTests {
  const { value, problems, lineOf } = readFile(bytes, PolicyTestsSchema, checkTests);
  if (!value) throw new CountersignError("TESTS_MALFORMED", { source, problems: problems.map(formatProblem) });
  return {
    now: value.now === undefined ? undefined : Date.parse(value.now) / 1000,
    tests: value.tests.map((test, index) => ({
      ...policyTest(test, value.branch ?? ""),
      line: lineOf(["tests", index]),
    })),
  };
}

/** What the schema cannot say, also of tests that have other problems. */
function* checkTests({ branch, tests }: Readonly<Record<string, unknown>>): Iterable<Problem> {
  const names = new Set<unknown>();
  for (const [index, item] of listOf(tests).entries()) {
    if (!isFields(item)) continue;
    const path = ["tests", index];
    const { name, branch: own, paths, agents, declaredHuman } = item;
    if (name !== undefined && names.has(name)) {
      yield { path: [...path, "name"], text: "repeats the name of an earlier test" };
    }
    names.add(name);
    if (own === undefined && branch === undefined) yield { path, text: "has no branch; set it here, or for all tests" };
    if (declaredHuman === true && listOf(agents).length > 0) {
      yield { path: [...path, "declaredHuman"], text: "contradicts agents; keep one of them" };
    }
    let files = 0;
    for (const [at, entry] of listOf(paths).entries()) {
      const { path: text, count } = isFields(entry) ? entry : { path: entry, count: 1 };
      files += typeof count === "number" ? count : 1;
      if (typeof count === "number" && count > 1 && typeof text === "string" && !text.includes("{n}")) {
        yield { path: [...path, "paths", at, "count"], text: "needs {n} in the path, where the number goes" };
      }
    }
    if (files > MOST_PATHS)
      yield { path: [...path, "paths"], text: `has ${files} files; at most ${MOST_PATHS} are allowed` };
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function policyTest(test: PolicyTestFile, fileBranch: string): Omit<PolicyTest, "line"> {
  const {
    name,
    branch = fileBranch,
    author = STRANGER,
    agents = [],
    declaredHuman = false,
    emergency,
    message = "Test",
  } = test;
  return {
    name,
    branch,
    author,
    agents,
    declaredHuman,
    emergency,
    message,
    paths: (test.paths ?? []).flatMap(assumedPaths),
    cosigns: (test.cosigns ?? []).map((cosign) => {
      const { who, proof = "signed", age, emergency = false } = typeof cosign === "string" ? { who: cosign } : cosign;
      return { who, proof, age: age === undefined ? 0 : durationSeconds(age), emergency };
    }),
    expected: { outcome: EXPECTED[test.expect], codes: test.codes, rules: test.rules },
  };
}

function assumedPaths(entry: NonNullable<PolicyTestFile["paths"]>[number]): readonly AssumedPath[] {
  if (typeof entry === "string") return [{ path: entry, status: "modified", added: 0, deleted: 0 }];
  const { path, status = "modified", added = 0, deleted = 0, count } = entry;
  if (count === undefined) return [{ path, status, added, deleted }];
  return Array.from({ length: count }, (_, index) => {
    return { path: path.replaceAll("{n}", String(index + 1)), status, added, deleted };
  });
}
