import type { Node } from "jsonc-parser";
import type { Json } from "./installer.ts";
import { closeOf, endOf, findComma, indentAt, type JsonText, skipComments } from "./json-text.ts";

/** A child to be: an element of an array, or with a key a property of an object. */
export interface NewChild {
  readonly key?: string;
  readonly value: Json;
}

/**
 * Puts a child behind the others, and touches no byte of theirs. How it is put tells the removal what was there before:
 * - into an empty container it goes without a blank behind the bracket, while containers that we make begin with one;
 * - behind a trailing comma it gets one too.
 */
export function insertChild({ text, root }: JsonText, container: Node, child: NewChild): string {
  const layout = layoutOf({ text, root });
  const last = container.children?.at(-1);
  if (!last) {
    const open = container.offset + 1;
    const indent = indentAt(text, container.offset) + layout.unit;
    return splice(text, open, open, layout.oneLine ? inOneLine(child) : inLines(child, layout, indent));
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

export function splice(text: string, from: number, to: number, replacement: string): string {
  return text.slice(0, from) + replacement + text.slice(to);
}

interface Layout {
  readonly lineEnd: string;
  /** One step of indentation. */
  readonly unit: string;
  readonly oneLine: boolean;
}

function layoutOf({ text, root }: JsonText): Layout {
  const first = root.children?.[0];
  const inside = text.slice(root.offset, endOf(root));
  const step = first && indentAt(text, first.offset).slice(indentAt(text, root.offset).length);
  return {
    lineEnd: /\r?\n/.exec(text)?.[0] ?? "\n",
    unit: step || "  ",
    oneLine: first !== undefined && !inside.includes("\n"),
  };
}

function inLines({ key, value }: NewChild, { lineEnd, unit }: Layout, indent: string): string {
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
