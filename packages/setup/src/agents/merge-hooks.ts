import { isDeepStrictEqual } from "node:util";
import { CountersignError } from "@countersign/core";
import { getNodeValue, type Node } from "jsonc-parser";
import { APPEND, formatNew, insertJson } from "../files/edits/json-insert.ts";
import { removeElement } from "../files/edits/json-remove.ts";
import { type Json, type JsonSource, memberOf, parseJsonSource } from "../files/edits/json-source.ts";
import type { HookEntry, Launcher, MergedFile } from "./installers/installer.ts";

/** Whether our hooks stand in a file: all as they would be written now, in another form, or none. */
export type HookState = "installed" | "outdated" | "absent";

/** @throws `AGENT_FILE_INVALID`. */
export function mergedState(text: string | undefined, file: MergedFile, launcher: Launcher, path: string): HookState {
  if (text === undefined) return "absent";
  const { root } = parse(text, path);
  const found = findOurs(root, file.sign);
  if (found.length === 0) return "absent";
  const entries = file.entries(launcher);
  return found.length === entries.length && entries.every((entry) => isThere(root, entry)) ? "installed" : "outdated";
}

/**
 * The text of a file with our hooks in it: the same text where they stand in it already, and else every byte that is not
 * ours as it was.
 * @throws `AGENT_FILE_INVALID`, if it is not JSON or has another shape.
 */
export function addHooks(text: string | undefined, file: MergedFile, launcher: Launcher, path: string): string {
  const state = mergedState(text, file, launcher, path);
  if (text !== undefined && state === "installed") return text;
  const rest = state === "outdated" ? removeHooks(text as string, file, path) : text;
  const entries = file.entries(launcher);
  if (rest === undefined) return formatNew({ ...nest(entries), ...file.companions });
  return entries.reduce((before, entry) => insertEntry(before, entry, path), rest);
}

/** The text without our hooks; undefined if the file was ours alone. */
export function removeHooks(text: string, file: MergedFile, path: string): string | undefined {
  const json = parse(text, path);
  // From the end, so that what is left of a list never looks like one that we made.
  const last = findOurs(json.root, file.sign).at(-1);
  if (!last) return text;
  const removed = removeElement(json, last, file.companions);
  return removed === undefined ? undefined : removeHooks(removed, file, path);
}

function insertEntry(text: string, { path: keys, value }: HookEntry, file: string): string {
  const inserted = insertJson(parse(text, file), [...keys, APPEND], value);
  if (typeof inserted === "string") return inserted;
  const what = inserted.path.length === 0 ? "the file" : `"${inserted.path.join(".")}"`;
  throw new CountersignError("AGENT_FILE_INVALID", {
    file,
    problem: `${what} is not ${inserted.expected === "list" ? "a list" : "an object"}`,
  });
}

function parse(text: string, file: string): JsonSource {
  const json = parseJsonSource(text);
  if (typeof json === "string") throw new CountersignError("AGENT_FILE_INVALID", { file, problem: json });
  return json;
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
