import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Parser,
} from "yaml";
import { decodeStrictly } from "../bytes.ts";
import { POLICY_LIMIT } from "./files.ts";

/** Where something stands in a policy file: keys and list indexes from the root. */
export type Path = readonly (string | number)[];

/** One thing that is wrong in a policy file. `line` counts from 1; without it, `path` leads to the line. */
export interface Problem {
  readonly text: string;
  readonly path?: Path;
  readonly line?: number;
}

/** What a policy file holds, before anything is known of policies. */
export interface PolicyDocument {
  /** Objects without a prototype, so that no key is special. Undefined where the text cannot be relied on. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** The line of the value at a path, or of the nearest thing above it that exists. */
  lineOf(path: Path): number;
}

const MAX_DEPTH = 32;

/** Features of YAML that let one text be read in two ways, or be larger than it looks. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ["anchor", "an anchor (&) is not allowed; write the value where it is needed"],
  ["tag", "a tag (!) is not allowed; put text that begins with ! in quotes"],
  ["directive", "a directive (%) is not allowed"],
]);

/** Reads YAML 1.2, and JSON as the part of YAML that it is, but nothing of it that could surprise. */
export function readDocument(bytes: Uint8Array): PolicyDocument {
  if (bytes.length > POLICY_LIMIT)
    return unreadable([{ line: 1, text: `the file has ${bytes.length} bytes; ${POLICY_LIMIT} are read at most` }]);
  const text = decodeStrictly(bytes);
  if (text === undefined) return unreadable([{ line: 1, text: "the file is not valid UTF-8" }]);

  const lines = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const problems: Problem[] = [];
  const composable = inspect(tokens, (offset, problem) => problems.push({ line: lineAt(offset), text: problem }));
  // Composing is recursive, so it must not see what is nested too deep.
  if (!composable) return unreadable(problems);

  const options = {
    version: "1.2",
    schema: "core",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  } as const;
  const [document] = [...new Composer(options).compose(tokens)];
  if (document === undefined) return unreadable([...problems, { line: 1, text: "the file is empty" }]);
  for (const { pos, message } of document.errors) problems.push({ line: lineAt(pos[0]), text: message });
  if (document.errors.length > 0) return unreadable(problems);

  const value = plainValue(document.contents, [], problems, lineAt);
  if (value === null) return unreadable([...problems, { line: 1, text: "the file is empty" }]);
  return { value, problems, lineOf: (path) => lineAt(offsetOf(document, path)) };
}

function unreadable(problems: readonly Problem[]): PolicyDocument {
  return { value: undefined, problems, lineOf: () => 1 };
}

/** Reports what is refused. False where the text must not be composed: too deep, or several documents. */
function inspect(tokens: readonly CST.Token[], report: (offset: number, problem: string) => void): boolean {
  const documents = tokens.filter(({ type }) => type === "document");
  if (documents.length > 1) report(documents[1]?.offset ?? 0, "a second document begins here; the file must be one");
  // A stack of our own: recursion is what a hostile nesting wants.
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 })).reverse();
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { token, depth } = entry;
    const refusal = REFUSED.get(token.type);
    if (refusal !== undefined) report(token.offset, refusal);
    if (depth > MAX_DEPTH) {
      report(token.offset, `nested deeper than ${MAX_DEPTH} levels`);
      return false;
    }
    const inner: CST.Token[] = [];
    if (token.type === "document") inner.push(...token.start, ...(token.value ? [token.value] : []));
    else if (token.type === "block-scalar") inner.push(...token.props);
    else if ("items" in token) {
      for (const { start, key, sep, value } of token.items) {
        for (const mark of start) inner.push(mark);
        if (key) inner.push(key);
        for (const mark of sep ?? []) inner.push(mark);
        if (value) inner.push(value);
      }
    }
    for (const next of inner.reverse()) open.push({ token: next, depth: "items" in next ? depth + 1 : depth });
  }
  return documents.length <= 1;
}

/** The value of a node. What it reports is left out, or taken as it was meant, so that the rest can be checked too. */
function plainValue(node: unknown, path: Path, problems: Problem[], lineAt: (offset: number) => number): unknown {
  if (isMap(node)) {
    const value: Record<string, unknown> = Object.create(null);
    const firstLines = new Map<string, number>();
    for (const { key, value: inner } of node.items) {
      const line = lineAt(
        (isScalar(key) || isMap(key) || isSeq(key) ? key.range?.[0] : undefined) ?? node.range?.[0] ?? 0,
      );
      if (!isScalar(key) || typeof key.value !== "string") {
        problems.push({ line, text: "a key must be text" });
        continue;
      }
      const first = firstLines.get(key.value);
      if (first !== undefined) {
        problems.push({ line, text: `${formatPath([...path, key.value])} is set again, after line ${first}` });
        continue;
      }
      firstLines.set(key.value, line);
      value[key.value] = plainValue(inner, [...path, key.value], problems, lineAt);
    }
    return value;
  }
  if (isSeq(node)) return node.items.map((item, index) => plainValue(item, [...path, index], problems, lineAt));
  if (isAlias(node)) problems.push({ path, text: "is an alias (*), which is not allowed; write the value here" });
  if (!isScalar(node)) return null;
  const { value, source } = node;
  // `012`, `0o14`, `1e3`, `True`: what they become is not what stands there.
  if ((typeof value === "number" || typeof value === "boolean") && String(value) !== source) {
    problems.push({
      path,
      text: `is ${source}, which would be read as ${value}; write ${value}, or "${source}" in quotes for text`,
    });
  } else if (typeof value === "string" && /[\0\p{Surrogate}]/u.test(value)) {
    problems.push({ path, text: "has half a character or a NUL" });
  }
  return value;
}

function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[step as number];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return path.length === 0 ? ((document.contents as Node | null)?.range?.[0] ?? 0) : offset;
}

/** `rules[1].cosign.count`. */
export function formatPath(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
