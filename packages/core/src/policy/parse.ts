import * as v from "valibot";
import { CountersignError } from "../error.ts";
import { CHECKS } from "./checks.ts";
import { formatPath, type PolicyDocument, type Problem, readDocument } from "./document.ts";
import { draftPolicy } from "./draft.ts";
import { isUnknownKey, problemsOfIssue } from "./issues.ts";
import { normalisePolicy } from "./normalise.ts";
import type { Policy } from "./policy.ts";
import { type PolicyFile, PolicySchema } from "./schema.ts";

/** No more problems of one file are told: a hostile one could have a hundred thousand. */
const MAX_PROBLEMS = 100;
const MAX_PROBLEM_LENGTH = 500;

/**
 * Reads a policy file, YAML or JSON. `source` names it in errors.
 * @throws `POLICY_MALFORMED` with every problem of the file, each with its line.
 */
export function parsePolicy(bytes: Uint8Array, source: string): Policy {
  const document = readDocument(bytes);
  const problems = [...document.problems];
  let file: PolicyFile | undefined;
  if (isFields(document.value)) {
    file = conform(document.value, problems);
    const draft = draftPolicy(document.value);
    for (const check of CHECKS) problems.push(...check(draft));
  } else if (document.value !== undefined) {
    problems.push({ path: [], text: "has no fields; a policy begins with version: 1" });
  }
  if (problems.length > 0 || file === undefined) {
    throw new CountersignError("POLICY_MALFORMED", { source, problems: formatProblems(problems, document) });
  }
  return normalisePolicy(file);
}

/** Holds the value against the schema, and adds to `problems` what does not fit. Unknown keys are taken out of it. */
function conform(value: unknown, problems: Problem[]): PolicyFile | undefined {
  const found = new Map<string, Problem>();
  for (;;) {
    const result = v.safeParse(PolicySchema, value);
    if (result.success) {
      problems.push(...found.values());
      return result.output;
    }
    for (const problem of result.issues.flatMap((issue) => problemsOfIssue(issue))) {
      found.set(`${formatPath(problem.path ?? [])}: ${problem.text}`, problem);
    }
    // Only one unknown key of each object is told at a time, so look again without it.
    const unknown = result.issues.filter(isUnknownKey);
    if (unknown.length === 0 || found.size > MAX_PROBLEMS) {
      problems.push(...found.values());
      return undefined;
    }
    for (const { path } of unknown) {
      const last = path?.at(-1);
      if (last !== undefined) delete (last.input as Record<string, unknown>)[last.key as string];
    }
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** In the order of the lines, without what only follows from a problem of the same value. */
function formatProblems(problems: readonly Problem[], document: PolicyDocument): string[] {
  const told = new Set<string>();
  const lines: { line: number; text: string }[] = [];
  for (const { path, text, line } of problems) {
    if (path === undefined) {
      lines.push({ line: line ?? 1, text });
      continue;
    }
    const name = formatPath(path);
    if (told.has(name)) continue;
    told.add(name);
    lines.push({ line: document.lineOf(path), text: name === "" ? `the file ${text}` : `${name} ${text}` });
  }
  lines.sort((a, b) => a.line - b.line);
  const formatted = lines.slice(0, MAX_PROBLEMS).map(({ line, text }) => {
    const shown = text.length > MAX_PROBLEM_LENGTH ? `${text.slice(0, MAX_PROBLEM_LENGTH)}…` : text;
    return `line ${line}: ${shown}`;
  });
  const left = lines.length - formatted.length;
  if (left > 0) formatted.push(`line ${lines[MAX_PROBLEMS]?.line}: and ${left} more problems from here on`);
  return formatted;
}
