import { explainViolation, type PolicyInForce } from "@countersign/core";
import { OUTCOME_WORDS, type PolicyTestResult } from "@countersign/core/internal";
import { namePolicy } from "../decision/decision-text.ts";
import { escapeLine, escapeText } from "../text/escape.ts";
import { type Paint, PLAIN } from "../text/paint.ts";
import { wrapText } from "../text/wrap.ts";
import { policyPlaceToJson } from "./policy-place.ts";

/** The results of one file of tests. */
export interface TestedFile {
  readonly file: string;
  readonly results: readonly PolicyTestResult[];
}

/** What a person reads of tested policies: every test that fails, with what was expected and what came. */
export function formatPolicyTests(
  files: readonly TestedFile[],
  policy: PolicyInForce,
  paint: Paint = PLAIN,
): readonly string[] {
  const lines = files.flatMap(({ file, results }) =>
    results.filter(({ passed }) => !passed).flatMap((result) => [...formatFailure(file, result, paint), ""]),
  );
  const results = files.flatMap((file) => file.results);
  const failed = results.filter(({ passed }) => !passed).length;
  const tests = `${results.length} policy test${results.length === 1 ? "" : "s"}`;
  const summary = failed === 0 ? paint.good(`${tests}, all passed`) : paint.bad(`${tests}, ${failed} failed`);
  return [...lines, `countersign: ${summary}`, paint.dim(`policy: ${namePolicy(policy)}`)];
}

function formatFailure(file: string, result: PolicyTestResult, paint: Paint): readonly string[] {
  const { test, outcome, codes, rules, verdict, unknownAgents } = result;
  const { expected } = test;
  const title = wrapText("", `${escapeText(file)}:${test.line}: ${escapeText(test.name)}`);
  const lines = title.map((line) => paint.strong(line));
  if (unknownAgents.length > 0) {
    const names = unknownAgents.map((agent) => escapeText(agent)).join(", ");
    return [...lines, ...wrapText("  ", `neither the policy nor the catalogue knows the agent ${names}`)];
  }
  const differ = (what: string, wanted: readonly string[] | undefined, got: readonly string[]): void => {
    if (!wanted || [...wanted].sort().join("\n") === [...got].sort().join("\n")) return;
    lines.push(
      ...wrapText("  expected ", `${what} ${listOf(wanted)}`),
      ...wrapText("  got      ", `${what} ${listOf(got)}`),
    );
  };
  if (outcome !== expected.outcome) {
    lines.push(`  expected ${OUTCOME_WORDS[expected.outcome]}`, `  got      ${OUTCOME_WORDS[outcome]}`);
  }
  differ("codes", expected.codes, codes);
  differ("rules", expected.rules, rules);
  if (!verdict) return [...lines, ...wrapText("  ", `the policy does not protect ${escapeText(test.branch)}`)];
  for (const found of verdict.violations) {
    lines.push(...wrapText("  - ", `${found.code}: ${escapeLine(explainViolation(found).what)}`));
  }
  return lines;
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => escapeText(name)).join(", ");
}

/** The same for programs, as plain data, with the tests that pass. Text in it is lossless and unescaped. */
export function policyTestsToJson(
  files: readonly TestedFile[],
  policy: PolicyInForce,
): Readonly<Record<string, unknown>> {
  const tests = files.flatMap(({ file, results }) =>
    results.map(({ test, passed, outcome, codes, rules, unknownAgents }) => ({
      file,
      line: test.line,
      name: test.name,
      passed,
      expected: {
        outcome: test.expected.outcome,
        codes: test.expected.codes ?? null,
        rules: test.expected.rules ?? null,
      },
      got: { outcome, codes, rules },
      unknownAgents,
    })),
  );
  return {
    version: 1,
    policy: policyPlaceToJson(policy),
    passed: tests.filter((test) => test.passed).length,
    failed: tests.filter((test) => !test.passed).length,
    tests,
  };
}
