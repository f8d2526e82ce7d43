import { isDeepStrictEqual } from "node:util";
import { CountersignError } from "@countersign/core";
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Scalar,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

type YamlPath = readonly [string, ...(string | number)[]];

/**
 * Adds an item to the end of the list at a place, by its top-level key or by the way there, and leaves every other character
 * as it is. A list that is absent is begun. What comes out is parsed again and must hold just that item more.
 * @throws `FILE_UNFIT` if it would not, or the text is not YAML.
 */
export function addToYamlList(path: string, text: string, place: string | YamlPath, item: unknown): string {
  const way: YamlPath = typeof place === "string" ? [place] : place;
  const key = way.join(".");
  const wanted = stringify({ [String(way.at(-1))]: [item] })
    .trimEnd()
    .split("\n");
  const refuse = (reason: string): never => {
    throw new CountersignError("FILE_UNFIT", { path, reason, wanted });
  };
  const document = parseDocument(text);
  if (document.errors.length > 0) return refuse(`it is not YAML: ${document.errors[0]?.message.split("\n")[0]}`);
  const former: unknown = document.toJS();
  if (former !== null && !isMap(document.contents)) return refuse("it holds no fields");
  const list = valueAt(former, way) ?? [];
  if (!Array.isArray(list)) return refuse(`its ${key} is not a list`);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const added = insert(text, document, way, item, eol);
  if (added === undefined || !isDeepStrictEqual(toValue(added), withItem(former ?? {}, way, item))) {
    return refuse(`its ${key} is written in a way that cannot be added to`);
  }
  return added;
}

function valueAt(value: unknown, way: readonly (string | number)[]): unknown {
  return way.reduce<unknown>(
    (inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}

/** The same with one item more. */
function withItem(value: unknown, [key, ...rest]: readonly (string | number)[], item: unknown): unknown {
  if (key === undefined) return [...((value as readonly unknown[] | null | undefined) ?? []), item];
  const inner = withItem((value as Record<string | number, unknown>)[key], rest, item);
  return Array.isArray(value) ? value.with(Number(key), inner) : { ...(value as object), [key]: inner };
}

function insert(
  text: string,
  document: Document.Parsed,
  way: YamlPath,
  item: unknown,
  eol: string,
): string | undefined {
  const lines = (indent: string): string => formatItem(item, indent, eol);
  const key = String(way.at(-1));
  const parent: unknown = way.length === 1 ? document.contents : document.getIn(way.slice(0, -1), true);
  const node: unknown = isMap(parent) ? parent.get(key, true) : undefined;
  if (node === undefined) {
    if (way.length > 1) return isMap(parent) ? insertField(text, parent, key, item, eol) : undefined;
    const end = text === "" || text.endsWith("\n") ? text : text + eol;
    return `${end}${key}:${eol}${lines("  ")}`;
  }
  const isEmpty = isScalar(node) ? node.value === null : isSeq(node) && node.flow === true && node.items.length === 0;
  if (isEmpty && isMap(parent)) return insertFirst(text, parent, node as Scalar | YAMLSeq, item, eol);
  if (!isSeq(node) || !node.range) return undefined;
  return node.flow ? insertIntoFlow(text, node, item) : insertIntoBlock(text, node, lines, eol);
}

/** Where a field holds an empty list, or nothing at all: on lines of its own, unless all of it stands in braces. */
function insertFirst(text: string, map: YAMLMap, node: Scalar | YAMLSeq, item: unknown, eol: string): string {
  const [start = 0, end = start] = node.range ?? [];
  const before = text.slice(0, start).trimEnd();
  if (map.flow) return `${before} [${inFlow(item)}]${text.slice(end)}`;
  const lines = formatItem(item, `${indentOf(text, map)}  `, eol);
  // Behind `key:` there may be a comment.
  if (start === end) return insertAfterLine(text, start, lines, eol);
  return `${before}${eol}${lines.trimEnd()}${text.slice(end)}`;
}

/** A list of one item, as the last field of a map. */
function insertField(text: string, map: YAMLMap, key: string, item: unknown, eol: string): string | undefined {
  const last = map.items.at(-1);
  const end = (last?.value as { range?: readonly number[] } | undefined)?.range?.[1];
  if (end === undefined) return undefined;
  if (map.flow) return `${text.slice(0, end)}, ${key}: [${inFlow(item)}]${text.slice(end)}`;
  const indent = indentOf(text, map);
  return insertAfterLine(text, end, `${indent}${key}:${eol}${formatItem(item, `${indent}  `, eol)}`, eol);
}

/** What stands before the fields of a map, which may begin behind the dash of a list. */
function indentOf(text: string, map: YAMLMap): string {
  const start = (map.items[0]?.key as { range?: readonly number[] } | undefined)?.range?.[0] ?? 0;
  return " ".repeat(start - text.lastIndexOf("\n", start - 1) - 1);
}

function insertIntoFlow(text: string, node: YAMLSeq, item: unknown): string | undefined {
  if (typeof item !== "string") return undefined;
  const last = node.items.at(-1) as { range?: readonly number[] };
  const at = last.range?.[1];
  return at === undefined ? undefined : `${text.slice(0, at)}, ${inFlow(item)}${text.slice(at)}`;
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

/** Text as it stands within brackets, in quotes where it has to be. */
function inFlow(item: unknown): string {
  return stringify([item], { collectionStyle: "flow", lineWidth: 0 }).slice(2, -3);
}

function toValue(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}

/** What a YAML file holds; undefined if it is not one. */
export function parseYaml(text: string): Readonly<Record<string, unknown>> | undefined {
  const value: unknown = toValue(text);
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** A whole new file, or a part of one. */
export function formatYaml(value: unknown): string {
  return stringify(value);
}
