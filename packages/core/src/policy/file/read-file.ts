import * as v from "valibot";
import { type PolicyDocument, readDocument } from "./document.ts";
import { type Fields, isFields } from "./fields.ts";
import { isUnknownKey, problemsOfIssue } from "./issues.ts";
import { formatPath, type Path, type PlacedProblem, type Problem } from "./problem.ts";

/** No more problems of one file are reported: a hostile one could have a hundred thousand. */
const MAX_PROBLEMS = 100;
const MAX_PROBLEM_LENGTH = 500;

/** A file that was held against its schema. */
export interface ReadFile<Value> {
  /** Undefined if there is any problem. */
  readonly value: Value | undefined;
  /** In the order of the lines; of very many the first ones, and how many more there are. */
  readonly problems: readonly PlacedProblem[];
  /** The line of the value at a path, or of the nearest thing above it that exists. */
  lineOf(path: Path): number;
}

/** Reads YAML or JSON by a closed schema. `check` finds what no schema can say, also in a file with other problems. */
export function readFile<const Schema extends v.GenericSchema>(
  bytes: Uint8Array,
  schema: Schema,
  check: (fields: Fields) => Iterable<Problem>,
): ReadFile<v.InferOutput<Schema>> {
  const document = readDocument(bytes);
  let problems = document.problems;
  let value: v.InferOutput<Schema> | undefined;
  if (isFields(document.value)) {
    const found = conform(schema, document.value);
    value = found.value;
    problems = [...problems, ...found.problems, ...check(document.value)];
  } else if (document.value !== undefined) {
    problems = [...problems, { path: [], text: "has no fields; it begins with version: 1" }];
  }
  const { lineOf } = document;
  return { value: problems.length > 0 ? undefined : value, problems: placeProblems(problems, document), lineOf };
}

/** Holds the value against the schema, and reports what does not fit. Unknown keys are taken out of it. */
function conform<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): { readonly value: v.InferOutput<Schema> | undefined; readonly problems: Iterable<Problem> } {
  const found = new Map<string, Problem>();
  for (;;) {
    const result = v.safeParse(schema, value);
    if (result.success) return { value: result.output, problems: found.values() };
    for (const problem of result.issues.flatMap((issue) => problemsOfIssue(issue))) {
      found.set(`${formatPath(problem.path)}: ${problem.text}`, problem);
    }
    // Only one unknown key of each object is reported at a time, so look again without it.
    const unknown = result.issues.filter(isUnknownKey);
    if (unknown.length === 0 || found.size > MAX_PROBLEMS) return { value: undefined, problems: found.values() };
    for (const { path } of unknown) {
      const last = path?.at(-1);
      if (last !== undefined) delete (last.input as Record<string, unknown>)[last.key as string];
    }
  }
}

/** In the order of the lines, without what only follows from a problem of the same value. */
function placeProblems(problems: readonly Problem[], document: PolicyDocument): PlacedProblem[] {
  const reported = new Set<string>();
  const placed: PlacedProblem[] = [];
  for (const { path, text, line } of problems) {
    if (path === undefined) {
      placed.push({ line: line ?? 1, text });
      continue;
    }
    const name = formatPath(path);
    if (reported.has(name)) continue;
    reported.add(name);
    placed.push({ line: document.lineOf(path), text: name === "" ? `the file ${text}` : `${name} ${text}` });
  }
  placed.sort((a, b) => a.line - b.line);
  const shown = placed.slice(0, MAX_PROBLEMS).map(({ line, text }) => ({
    line,
    text: text.length > MAX_PROBLEM_LENGTH ? `${text.slice(0, MAX_PROBLEM_LENGTH)}…` : text,
  }));
  const next = placed[MAX_PROBLEMS];
  if (next) shown.push({ line: next.line, text: `and ${placed.length - MAX_PROBLEMS} more problems from here on` });
  return shown;
}
