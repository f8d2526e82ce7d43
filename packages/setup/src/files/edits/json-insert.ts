import type { Node } from "jsonc-parser";
import {
  closeOf,
  endOf,
  findComma,
  indentAt,
  type Json,
  type JsonSource,
  memberOf,
  skipComments,
  splice,
} from "./json-source.ts";

/** Keys of objects, and places in arrays. `APPEND` is the place behind the last one. */
export type JsonPath = readonly (string | number)[];

export const APPEND = -1;

/** What stands in a place where something else is needed. */
export interface Misfit {
  readonly path: JsonPath;
  readonly expected: "object" | "list";
}

export interface InsertOptions {
  /**
   * Whether what goes into an empty container gets lines of its own. That looks better, and nobody could see afterwards
   * that there was an empty container.
   */
  readonly ownLines?: boolean;
}

/** Sets a value, and makes what is missing on the way; every other character stays as it is. */
export function insertJson(
  json: JsonSource,
  path: JsonPath,
  value: Json,
  options: InsertOptions = {},
): string | Misfit {
  let node = json.root;
  for (const [depth, key] of path.entries()) {
    const expected = typeof key === "string" ? "object" : "list";
    if (node.type !== (expected === "object" ? "object" : "array")) return { path: path.slice(0, depth), expected };
    const next = typeof key === "string" ? memberOf(node, key) : node.children?.[key];
    if (!next) {
      const inner = wrap(path.slice(depth + 1), value);
      return insertChild(json, node, typeof key === "string" ? { key, value: inner } : { value: inner }, options);
    }
    node = next;
  }
  return splice(json.text, node.offset, endOf(node), JSON.stringify(value));
}

function wrap(path: JsonPath, value: Json): Json {
  return path.reduceRight<Json>((inner, key) => (typeof key === "string" ? { [key]: inner } : [inner]), value);
}

/** A child to be: an element of an array, or with a key a property of an object. */
interface NewChild {
  readonly key?: string;
  readonly value: Json;
}

/**
 * Puts a child behind the others, and touches no byte of theirs. How it is put shows the removal what was there before:
 * - into an empty container it goes without a blank behind the bracket, while containers that we make begin with one;
 * - behind a trailing comma it gets one too.
 */
function insertChild(
  { text, root }: JsonSource,
  container: Node,
  child: NewChild,
  { ownLines }: InsertOptions,
): string {
  const layout = layoutOf({ text, root });
  const last = container.children?.at(-1);
  if (!last) {
    const open = container.offset + 1;
    const outer = indentAt(text, container.offset);
    if (layout.oneLine) return splice(text, open, open, inOneLine(child));
    const item = inLines(child, layout, outer + layout.unit);
    if (!ownLines) return splice(text, open, open, item);
    const { lineEnd, unit } = layout;
    const blank = /^\s*$/.test(text.slice(open, closeOf(container)));
    return splice(
      text,
      open,
      blank ? closeOf(container) : open,
      lineEnd + outer + unit + item + (blank ? lineEnd + outer : ""),
    );
  }
  const comma = findComma(text, endOf(last), closeOf(container));
  const { end, restOfLine } = skipComments(text, comma === undefined ? endOf(last) : comma + 1);
  const indent = indentAt(text, last.offset);
  const ownLine = text.slice(container.offset, last.offset).endsWith(`\n${indent}`);
  const gap = ownLine || restOfLine ? layout.lineEnd + indent : " ";
  const item = ownLine ? inLines(child, layout, indent) : inOneLine(child);
  const inserted = splice(text, end, end, `${gap}${item}${comma === undefined ? "" : ","}`);
  return comma === undefined ? splice(inserted, endOf(last), endOf(last), ",") : inserted;
}

/** A whole new file. */
export function formatNew(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

interface JsonLayout {
  readonly lineEnd: string;
  /** One step of indentation. */
  readonly unit: string;
  readonly oneLine: boolean;
}

function layoutOf({ text, root }: JsonSource): JsonLayout {
  const first = root.children?.[0];
  const inside = text.slice(root.offset, endOf(root));
  const step = first && indentAt(text, first.offset).slice(indentAt(text, root.offset).length);
  return {
    lineEnd: /\r?\n/.exec(text)?.[0] ?? "\n",
    unit: step || "  ",
    oneLine: first !== undefined && !inside.includes("\n"),
  };
}

function inLines({ key, value }: NewChild, { lineEnd, unit }: JsonLayout, indent: string): string {
  const lines = JSON.stringify(value, null, unit).split("\n");
  return (key === undefined ? "" : `${JSON.stringify(key)}: `) + lines.join(lineEnd + indent);
}

function inOneLine({ key, value }: NewChild): string {
  return (key === undefined ? "" : `${JSON.stringify(key)}: `) + spaced(value);
}

/** One line, with a blank inside of every bracket. */
function spaced(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[ ${value.map(spaced).join(", ")} ]`;
  const properties = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${spaced(member)}`);
  return `{ ${properties.join(", ")} }`;
}
