import { createScanner, getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

/** A JSON value, as a configuration file holds it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON file as it is written, comments and trailing commas included, and the tree of its values with their places. */
export interface JsonSource {
  readonly text: string;
  readonly root: Node;
}

/** What a text holds; where it is not JSON, why. */
export function parseJsonSource(text: string): JsonSource | string {
  // The parser takes no byte order marks; so every place stays as it is.
  const json = text.replace(/^\ufeff+/, (marks) => " ".repeat(marks.length));
  if (isTooDeep(json)) return "it is nested too deep";
  const errors: ParseError[] = [];
  const root = parseTree(json, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first) {
    const before = json.slice(0, first.offset).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
    const reason = printParseErrorCode(first.error).replace(/(?!^)[A-Z]/g, " $&");
    return `it is not JSON: ${place}: ${reason.toLowerCase()}`;
  }
  return root ? { text, root } : "it is not JSON: it is empty";
}

/** The value of a JSON text that may have comments; undefined if it is not JSON. */
export function readJson(text: string): unknown {
  const json = parseJsonSource(text);
  return typeof json === "string" ? undefined : getNodeValue(json.root);
}

/** More brackets within brackets than any configuration has; the parser calls itself for each. */
const DEEPEST = 500;

function isTooDeep(text: string): boolean {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const first = text[scanner.getTokenOffset()];
    if (first === "{" || first === "[") depth += 1;
    else if (first === "}" || first === "]") depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** The value of a key. Of one that stands twice the last counts, as for every JSON parser. */
export function memberOf(object: Node, key: string): Node | undefined {
  return object.children?.findLast((property) => property.children?.[0]?.value === key)?.children?.[1];
}

export function endOf(node: Node): number {
  return node.offset + node.length;
}

/** Where the bracket that closes an object or array stands. */
export function closeOf(container: Node): number {
  return endOf(container) - 1;
}

/** Where the comma stands between two places that hold no value between them. */
export function findComma(text: string, from: number, to: number): number | undefined {
  for (const token of tokensFrom(text, from, to)) if (token.text === ",") return token.offset;
  return undefined;
}

/** Where the comments end that stand behind a place in the same line, and whether the last of them takes up the line. */
export function skipComments(text: string, from: number): { readonly end: number; readonly restOfLine: boolean } {
  let end = from;
  for (const token of tokensFrom(text, from, text.length)) {
    if (!token.text.startsWith("/") && !/^[ \t]+$/.test(token.text)) break;
    if (!token.text.startsWith("/")) continue;
    end = token.offset + token.text.length;
    if (token.text.startsWith("//")) return { end, restOfLine: true };
  }
  return { end, restOfLine: false };
}

/** Whether the last thing but blanks between two places is a comment that takes up the rest of its line. */
export function endsInLineComment(text: string, from: number, to: number): boolean {
  const solid = [...tokensFrom(text, from, to)].filter((token) => token.text.trim() !== "");
  return solid.at(-1)?.text.startsWith("//") ?? false;
}

interface Token {
  readonly offset: number;
  readonly text: string;
}

/** Commas, brackets, values, comments, blanks and line ends, as they stand. */
function* tokensFrom(text: string, from: number, to: number): Generator<Token> {
  const scanner = createScanner(text, false);
  scanner.setPosition(from);
  for (;;) {
    scanner.scan();
    const offset = scanner.getTokenOffset();
    if (offset >= to) return;
    yield { offset, text: text.slice(offset, scanner.getPosition()) };
  }
}

/** The blanks that a line begins with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? "";
}

export function splice(text: string, from: number, to: number, replacement: string): string {
  return text.slice(0, from) + replacement + text.slice(to);
}
