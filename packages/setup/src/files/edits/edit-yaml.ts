import { isDeepStrictEqual } from "node:util";
import { CountersignError } from "@countersign/core";
import { isMap, isScalar, isSeq, parseDocument, type Scalar, stringify, type YAMLSeq } from "yaml";

/**
 * Adds an item to the end of the list that a top-level key holds, and leaves every other character as it is. A key that
 * is absent is added at the end of the file. What comes out is parsed again and must hold just that item more.
 * @throws `FILE_UNFIT` where it would not, or the text is no YAML.
 */
export function addToYamlList(path: string, text: string, key: string, item: unknown): string {
  const wanted = stringify({ [key]: [item] })
    .trimEnd()
    .split("\n");
  const refuse = (reason: string): never => {
    throw new CountersignError("FILE_UNFIT", { path, reason, wanted });
  };
  const document = parseDocument(text);
  if (document.errors.length > 0) return refuse(`it is no YAML: ${document.errors[0]?.message.split("\n")[0]}`);
  const former: unknown = document.toJS();
  if (former !== null && !isMap(document.contents)) return refuse("it holds no fields");
  const fields = (former ?? {}) as Readonly<Record<string, unknown>>;
  const list = fields[key] ?? [];
  if (!Array.isArray(list)) return refuse(`its ${key} is no list`);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const node = isMap(document.contents) ? document.contents.get(key, true) : undefined;
  const added = insert(text, node, key, item, eol);
  const expected = { ...fields, [key]: [...list, item] };
  if (added === undefined || !isDeepStrictEqual(toValue(added), expected)) {
    return refuse(`its ${key} is written in a way that cannot be added to`);
  }
  return added;
}

function insert(text: string, node: unknown, key: string, item: unknown, eol: string): string | undefined {
  const lines = (indent: string): string => formatItem(item, indent, eol);
  if (node === undefined) {
    const end = text === "" || text.endsWith("\n") ? text : text + eol;
    return `${end}${key}:${eol}${lines("  ")}`;
  }
  // `key:` with nothing behind it.
  if (isScalar(node) && node.value === null)
    return insertAfterLine(text, (node as Scalar).range?.[0] ?? 0, lines("  "), eol);
  if (!isSeq(node) || !node.range) return undefined;
  return node.flow ? insertIntoFlow(text, node, item) : insertIntoBlock(text, node, lines, eol);
}

function insertIntoFlow(text: string, node: YAMLSeq, item: unknown): string | undefined {
  if (node.items.length === 0 || typeof item !== "string") return undefined;
  const last = node.items.at(-1) as { range?: readonly number[] };
  const at = last.range?.[1];
  return at === undefined ? undefined : `${text.slice(0, at)}, ${item}${text.slice(at)}`;
}

function insertIntoBlock(
  text: string,
  node: YAMLSeq,
  lines: (indent: string) => string,
  eol: string,
): string | undefined {
  const [start = 0] = node.range ?? [];
  const last = node.items.at(-1) as { range?: readonly number[] } | undefined;
  const end = last?.range?.[1];
  if (end === undefined) return undefined;
  const indent = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /^ *$/.test(indent) ? insertAfterLine(text, end, lines(indent), eol) : undefined;
}

/** Behind the line that `at` is in; `at` may be the beginning of the next one already. */
function insertAfterLine(text: string, at: number, lines: string, eol: string): string {
  if (at > 0 && text[at - 1] === "\n") return text.slice(0, at) + lines + text.slice(at);
  const end = text.indexOf("\n", at);
  return end < 0 ? `${text}${eol}${lines}` : text.slice(0, end + 1) + lines + text.slice(end + 1);
}

function formatItem(item: unknown, indent: string, eol: string): string {
  return stringify([item], { lineWidth: 0 })
    .trimEnd()
    .split("\n")
    .map((line) => `${indent}${line}${eol}`)
    .join("");
}

function toValue(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}

/** What a YAML file holds; undefined where it is none. */
export function parseYaml(text: string): Readonly<Record<string, unknown>> | undefined {
  const value: unknown = toValue(text);
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** A whole new file, or a part of one. */
export function formatYaml(value: unknown): string {
  return stringify(value);
}
