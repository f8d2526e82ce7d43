import { CountersignError } from "@countersign/core";
import { findNodeAtLocation, type Node, type ParseError, parse, parseTree } from "jsonc-parser";

type Place = readonly (string | number)[];

/**
 * Sets one value of a JSON text, comments allowed, and leaves every other character as it is. A list's length as the last
 * part of the place adds to the list.
 * @throws `FILE_UNFIT` where the text is no JSON, or has something else on the way.
 */
export function editJson(path: string, text: string, place: Place, value: unknown): string {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const json = text.slice(mark.length);
  const errors: ParseError[] = [];
  const root = parseTree(json, errors, { allowTrailingComma: true });
  const edited = root && errors.length === 0 ? insert(json, root, place, value) : undefined;
  if (edited !== undefined) return mark + edited;
  const reason = errors.length > 0 || !root ? "it is no JSON" : "something else stands in its place";
  throw new CountersignError("FILE_UNFIT", { path, reason, wanted: [`${place.join(".")}: ${JSON.stringify(value)}`] });
}

/** The value of a JSON text that may have comments; undefined where it is none. */
export function parseJson(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ""), errors, { allowTrailingComma: true });
  return errors.length > 0 ? undefined : value;
}

function insert(json: string, root: Node, place: Place, value: unknown): string | undefined {
  const node = findNodeAtLocation(root, [...place]);
  if (node) return splice(json, node.offset, node.length, JSON.stringify(value));
  const last = place.at(-1);
  const parent = findNodeAtLocation(root, place.slice(0, -1));
  if (last === undefined) return undefined;
  // What is missing on the way is made with it.
  if (!parent) return insert(json, root, place.slice(0, -1), { [last]: value });
  if (parent.type !== (typeof last === "string" ? "object" : "array")) return undefined;
  return addChild(json, parent, typeof last === "string" ? last : undefined, value);
}

/** Behind the last child, in the way that this one stands there: on a line of its own or not. */
function addChild(json: string, parent: Node, key: string | undefined, value: unknown): string {
  const eol = json.includes("\r\n") ? "\r\n" : "\n";
  const unit = /^([ \t]+)\S/m.exec(json)?.[1] ?? "  ";
  const former = parent.children?.at(-1);
  const inner = json.slice(parent.offset + 1, parent.offset + parent.length - 1);
  const lines = former ? inner.slice(0, former.offset - parent.offset - 1).includes("\n") : json.includes("\n");
  const indent = former ? indentAt(json, former.offset) : indentAt(json, parent.offset) + unit;
  const text = JSON.stringify(value, null, lines ? unit : undefined).replaceAll("\n", eol + indent);
  const child = key === undefined ? text : `${JSON.stringify(key)}: ${text}`;
  if (former) return splice(json, former.offset + former.length, 0, `,${lines ? eol + indent : " "}${child}`);
  const filled = lines ? `${eol}${indent}${child}${eol}${indentAt(json, parent.offset)}` : child;
  return splice(json, parent.offset + 1, inner.length, filled);
}

/** The blanks that the line begins with. */
function indentAt(json: string, offset: number): string {
  const start = json.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(json.slice(start, offset))?.[0] ?? "";
}

function splice(text: string, offset: number, length: number, inserted: string): string {
  return text.slice(0, offset) + inserted + text.slice(offset + length);
}
