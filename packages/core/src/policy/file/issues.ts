import type * as v from "valibot";
import type { Path, Problem } from "./problem.ts";

type Issue = v.BaseIssue<unknown>;
type FieldProblem = Required<Omit<Problem, "line">>;

/** How the schema's expectations are called in words. */
const EXPECTED: ReadonlyMap<string, string> = new Map([
  ["string", "text"],
  ["number", "a number"],
  ["boolean", "true or false"],
  ["Array", "a list"],
]);

/** What the schema found, in words that end a sentence beginning with the field. */
export function problemsOfIssue(issue: Issue): FieldProblem[] {
  // Of the forms that a value could have had, the one that was meant is the one that got furthest.
  if (issue.type === "union" && issue.issues !== undefined) {
    const inner = issue.issues.filter(({ path, kind }) => path !== undefined || kind === "validation");
    const above = pathOfIssue(issue);
    if (inner.length > 0) {
      return inner.flatMap(problemsOfIssue).map(({ path, text }) => ({ path: [...above, ...path], text }));
    }
  }
  return [{ path: pathOfIssue(issue), text: textOf(issue) }];
}

/** Whether the schema has no such key. It reports only one of each object. */
export function isUnknownKey({ type, expected }: Issue): boolean {
  return type === "strict_object" && expected === "never";
}

function pathOfIssue({ path }: Issue): Path {
  return path?.map(({ key }) => key as string | number) ?? [];
}

function textOf(issue: Issue): string {
  if (issue.kind !== "schema") return issue.message;
  if (isUnknownKey(issue)) return "is not a known key";
  if (issue.type === "strict_object" && issue.path?.at(-1)?.origin === "key") return "is missing";
  const input = issue.path?.at(-1)?.value ?? issue.input;
  if (issue.type === "union") return `is ${describe(input)}, not text or fields`;
  const expected = issue.expected ?? "";
  const choices = [...expected.matchAll(/"([^"]*)"/g)].map(([, choice]) => choice);
  if (choices.length > 0) return `is ${describe(input)}, not ${choices.join(" or ")}`;
  if (issue.type === "strict_object") return `is ${describe(input)}, not ${issue.message}`;
  const hint = expected === "string" && typeof input !== "object" ? "; put it in quotes" : "";
  return `is ${describe(input)}, not ${EXPECTED.get(expected) ?? expected}${hint}`;
}

function describe(input: unknown): string {
  if (input === null || input === undefined) return "empty";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object") return "a group of fields";
  if (typeof input === "string") return `the text "${input.length > 40 ? `${input.slice(0, 40)}…` : input}"`;
  return `the ${typeof input} ${input}`;
}
