import { isDeepStrictEqual } from "node:util";
import { CountersignError } from "@countersign/core";
import { getNodeValue, type Node } from "jsonc-parser";
import type { HookEntry, Json, Launcher, MergedFile } from "./installer.ts";
import { formatNew, insertChild } from "./json-insert.ts";
import { removeElement } from "./json-remove.ts";
import { type JsonText, memberOf, parseJsonText } from "./json-text.ts";

/** Whether our hooks stand in a file: all as they would be written now, in another form, or none. */
export type HookState = "installed" | "outdated" | "absent";

/** @throws `AGENT_FILE_INVALID`. */
export function mergedState(text: string | undefined, file: MergedFile, launcher: Launcher, path: string): HookState {
  if (text === undefined) return "absent";
  const { root } = parseJsonText(withoutMark(text), path);
  const found = findOurs(root, file.sign);
  if (found.length === 0) return "absent";
  const entries = file.entries(launcher);
  return found.length === entries.length && entries.every((entry) => isThere(root, entry)) ? "installed" : "outdated";
}

/**
 * The text of a file with our hooks in it: the same text where they stand in it already, and else every byte that is not
 * ours as it was.
 * @throws `AGENT_FILE_INVALID`, where it is not JSON or has another shape.
 */
export function addHooks(text: string | undefined, file: MergedFile, launcher: Launcher, path: string): string {
  const state = mergedState(text, file, launcher, path);
  if (text !== undefined && state === "installed") return text;
  const rest = state === "outdated" ? removeHooks(text as string, file, path) : text;
  const entries = file.entries(launcher);
  if (rest === undefined) return formatNew({ ...nest(entries), ...file.companions });
  return entries.reduce((before, entry) => {
    const json = parseJsonText(withoutMark(before), path);
    return byteOrderMark(before) + insertEntry(json, entry, path);
  }, rest);
}

/** The text without our hooks; undefined where the file was ours alone. */
export function removeHooks(text: string, file: MergedFile, path: string): string | undefined {
  const json = parseJsonText(withoutMark(text), path);
  // From the end, so that what is left of a list never looks like one that we made.
  const last = findOurs(json.root, file.sign).at(-1);
  if (!last) return text;
  const removed = removeElement(json, last, file.companions);
  return removed === undefined ? undefined : removeHooks(byteOrderMark(text) + removed, file, path);
}

function insertEntry(json: JsonText, { path: keys, value }: HookEntry, path: string): string {
  let container = expectObject(json.root, "the file", path);
  for (const [depth, key] of keys.entries()) {
    const member = memberOf(container, key);
    const rest = keys.slice(depth + 1);
    if (!member) return insertChild(json, container, { key, value: wrap(rest, [value]) });
    if (rest.length > 0) container = expectObject(member, `"${keys.slice(0, depth + 1).join(".")}"`, path);
    else if (member.type === "array") return insertChild(json, member, { value });
    else throw unexpected(path, `"${keys.join(".")}" is no list`);
  }
  return json.text;
}

function expectObject(node: Node, what: string, file: string): Node {
  if (node.type !== "object") throw unexpected(file, `${what} is no object`);
  return node;
}

function unexpected(file: string, problem: string): CountersignError {
  return new CountersignError("AGENT_FILE_INVALID", { file, problem });
}

function wrap(keys: readonly string[], value: Json): Json {
  return keys.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
}

/** The value of a new file with these entries. */
function nest(entries: readonly HookEntry[]): { readonly [key: string]: Json } {
  const hooks: { [key: string]: Json } = {};
  for (const { path, value } of entries) {
    let parent = hooks;
    for (const key of path.slice(0, -1)) {
      parent[key] ??= {};
      parent = parent[key] as { [key: string]: Json };
    }
    const key = path.at(-1) as string;
    parent[key] = [...((parent[key] as readonly Json[] | undefined) ?? []), value];
  }
  return hooks;
}

/** The innermost elements of lists that hold our sign, in the order in which they stand. */
function findOurs(node: Node, sign: string): readonly Node[] {
  const inner = (node.children ?? []).flatMap((child) => findOurs(child, sign));
  if (inner.length > 0) return inner;
  return node.type === "object" && node.parent?.type === "array" && holds(node, sign) ? [node] : [];
}

function holds(node: Node, sign: string): boolean {
  if (node.type !== "string") return (node.children ?? []).some((child) => holds(child, sign));
  const { value } = node;
  const at = value.indexOf(sign);
  // `--agent pi` is not `--agent pilot`.
  return at >= 0 && !/^[\w-]/.test(value.slice(at + sign.length));
}

function isThere(root: Node, { path, value }: HookEntry): boolean {
  const list = path.reduce<Node | undefined>((node, key) => node && memberOf(node, key), root);
  return (list?.children ?? []).some((element) => covers(getNodeValue(element), value));
}

/** Whether a value has all that is wanted; people may have added to it. */
function covers(value: unknown, wanted: Json): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(value) && wanted.every((item) => value.some((other) => covers(other, item)));
  }
  if (typeof wanted !== "object" || wanted === null) return isDeepStrictEqual(value, wanted);
  if (typeof value !== "object" || value === null) return false;
  const members = value as { readonly [key: string]: unknown };
  return Object.entries(wanted).every(([key, member]) => covers(members[key], member));
}

function byteOrderMark(text: string): string {
  return text.startsWith("\ufeff") ? "\ufeff" : "";
}

function withoutMark(text: string): string {
  return text.slice(byteOrderMark(text).length);
}
