import { isDeepStrictEqual } from "node:util";
import { getNodeValue, type Node } from "jsonc-parser";
import { closeOf, endOf, endsInLineComment, findComma, type Json, type JsonSource, splice } from "./json-source.ts";

/** What a file that we made has besides the hooks. */
type Companions = { readonly [key: string]: Json };

/**
 * Takes an element out, and with it the containers that were made for it: what `insertJson` put in, to the byte.
 * Undefined if nothing is left but what a file that we made has besides.
 */
export function removeElement({ text, root }: JsonSource, element: Node, companions: Companions): string | undefined {
  let child = element;
  for (;;) {
    const container = child.parent as Node;
    if (!isMadeFor(text, container, child, companions)) return removeChild(text, child);
    if (container === root) {
      const outside = text.slice(0, root.offset) + text.slice(endOf(root));
      return outside.trim() === "" ? undefined : removeChild(text, child);
    }
    const owner = container.parent as Node;
    child = owner.type === "property" ? owner : container;
  }
}

/** Whether a container was made for this child and goes with it. A comment in it, or at its key, is someone's, and keeps it. */
function isMadeFor(text: string, container: Node, child: Node, companions: Companions): boolean {
  const { children = [], parent } = container;
  const others = children.filter((other) => other !== child);
  // A group of handlers, of which ours was the last.
  if (parent?.type === "array") return others.every((other) => keyOf(other) === "matcher");
  const [key] = parent?.children ?? [];
  const open = container.offset + 1;
  const inside = text.slice(open, child.offset) + text.slice(endOf(children.at(-1) ?? child), closeOf(container));
  return (
    child === children[0] &&
    child.offset > open &&
    /^[\s,]*$/.test(inside) &&
    (!key || /^[\s:]*$/.test(text.slice(endOf(key), container.offset))) &&
    (others.length === 0 || (!parent && others.every((other) => isCompanion(other, companions))))
  );
}

function isCompanion(property: Node, companions: Companions): boolean {
  const [, value] = property.children ?? [];
  return value !== undefined && isDeepStrictEqual(getNodeValue(value), companions[keyOf(property)]);
}

function keyOf(property: Node): string {
  return String(property.children?.[0]?.value);
}

/** Takes a child out with the blanks before it and the comma that came with it. */
function removeChild(text: string, child: Node): string {
  const container = child.parent as Node;
  const children = container.children ?? [];
  const at = children.indexOf(child);
  const [before, next] = [children[at - 1], children[at + 1]];
  const start = before ? endOf(before) : container.offset + 1;
  const comma = findComma(text, endOf(child), next?.offset ?? closeOf(container));
  const to = comma === undefined ? endOf(child) : comma + 1;
  let from = text.slice(0, child.offset).trimEnd().length;
  if (endsInLineComment(text, start, child.offset) && !/^[ \t]*\r?\n/.test(text.slice(to))) from = child.offset;
  const removed = splice(text, from, to, "");
  if (comma !== undefined || !before) return removed;
  const ours = findComma(text, start, child.offset) ?? start;
  return splice(removed, ours, ours + 1, "");
}
