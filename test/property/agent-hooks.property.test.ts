import fc from "fast-check";
import { applyEdits, modify, type Node, parse, parseTree, visit } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import type { Launcher, MergedFile } from "../../packages/setup/src/agents/installers/installer.ts";
import { addHooks, mergedState, removeHooks } from "../../packages/setup/src/agents/merge-hooks.ts";
import { flatLists, matcherGroups, namedHooks } from "../../packages/setup/src/agents/shapes/hook-shapes.ts";

const PATH = "settings.json";
const groups = matcherGroups({
  agent: "claude-code",
  paths: [PATH],
  events: { PreToolUse: "Bash", PostToolUse: "Write|Bash" },
});
const lists = flatLists({
  agent: "cursor",
  paths: [PATH],
  events: { before: null, after: null },
  companions: { version: 1 },
});
const named = namedHooks({ agent: "kiro", paths: [PATH], events: { PreToolUse: null, PostToolUse: null } });

const shapes: readonly (readonly [string, MergedFile])[] = [
  ["groups by event", groups],
  ["lists by event", lists],
  ["a list of named hooks", named],
];

const add = (text: string | undefined, file: MergedFile, launcher: Launcher = { dependencyOf: "" }) =>
  addHooks(text, file, launcher, PATH);
const remove = (text: string, file: MergedFile) => removeHooks(text, file, PATH);

/** A JSON text in any dress: blanks, line ends, comments and trailing commas wherever they may stand. */
function documents(lineEnd: string): fc.Arbitrary<string> {
  const comment = fc.constantFrom('// a"note{', "/* a , note */", "/* two\nlines */");
  const blank = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("", " ", "\n", "\n  ", "\t", "\n\n") },
    { weight: 1, arbitrary: comment.map((note) => ` ${note}${note.startsWith("//") ? "\n" : ""}`) },
  );
  const dressed = (items: fc.Arbitrary<string>, [open, close]: readonly [string, string]) =>
    fc.tuple(fc.array(fc.tuple(blank, items, blank), { maxLength: 3 }), blank, fc.boolean()).map(
      ([all, end, trailing]) =>
        `${open}${join(
          all.map((parts) => parts.join("")),
          trailing,
        )}${end}${close}`,
    );
  const member = (keys: readonly string[], value: fc.Arbitrary<string>) =>
    fc
      .tuple(fc.constantFrom(...keys), blank, blank, value)
      .map(([key, before, after, text]) => `${JSON.stringify(key)}${before}:${after}${text}`);
  const scalar = fc.constantFrom("1", "-2.5e3", "true", "null", '"text, // no comment"', '"{"', '"\\u0041\\""');
  const theirs = fc.oneof(scalar, dressed(scalar, ["[", "]"]), dressed(member(["command", "a b"], scalar), ["{", "}"]));
  const list = dressed(theirs, ["[", "]"]);
  const byEvent = dressed(member(["PreToolUse", "PostToolUse", "after", "Stop"], list), ["{", "}"]);
  const hooks = member(["hooks"], fc.oneof(byEvent, byEvent, list));
  const other = member(["version", "other", "__proto__", ""], theirs);
  return fc
    .tuple(blank, dressed(fc.oneof(hooks, other), ["{", "}"]), blank, fc.boolean())
    .map(
      ([before, root, after, mark]) => (mark ? "\ufeff" : "") + `${before}${root}${after}`.replaceAll("\n", lineEnd),
    );
}

function join(parts: readonly string[], trailing: boolean): string {
  return parts.join(",") + (trailing && parts.length > 0 ? "," : "");
}

/** Those texts that the hooks can be put into at all. */
function addOrSkip(text: string, file: MergedFile): string {
  try {
    return add(text, file);
  } catch {
    return fc.pre(false) as never;
  }
}

/** Whether an object has a key twice. */
function hasTwins(node: Node | undefined): boolean {
  const keys = node?.type === "object" ? (node.children ?? []).map(({ children }) => children?.[0]?.value) : [];
  return new Set(keys).size < keys.length || (node?.children ?? []).some(hasTwins);
}

describe.each(shapes)("hooks as %s", (_, file) => {
  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
  ])("leave a text with %s as it was, to the byte, once they are out again", (_name, lineEnd) => {
    fc.assert(
      fc.property(documents(lineEnd), (text) => {
        expect(remove(addOrSkip(text, file), file)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it("add what is wanted and change no other value", () => {
    fc.assert(
      fc.property(documents("\n"), (text) => {
        const added = addOrSkip(text, file);
        expect(mergedState(added, file, { dependencyOf: "" }, PATH)).toBe("installed");
        expect(add(added, file)).toBe(added);
        expect(strip(parse(added.replace("\ufeff", "")), file.sign)).toEqual(
          strip(parse(text.replace("\ufeff", "")), file.sign),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("are replaced where they were written for another launcher, and still leave nothing behind", () => {
    fc.assert(
      fc.property(documents("\n"), (text) => {
        const old = addOrSkip(text, file);
        const renewed = add(old, file, "path");
        expect(mergedState(renewed, file, { dependencyOf: "" }, PATH)).toBe("outdated");
        expect(renewed).not.toContain("node_modules");
        expect(remove(renewed, file)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it("go alone, where somebody added to the text meanwhile", () => {
    fc.assert(
      fc.property(documents("\n"), fc.nat(), (text, seed) => {
        // What an editor would add to a key that stands twice, and which of the two a reader takes, differs by tool.
        fc.pre(!hasTwins(parseTree(text.replace("\ufeff", ""))));
        const added = addOrSkip(text, file).replace("\ufeff", "");
        const places = listsOf(parse(added));
        const place = [...(places[seed % (places.length + 1)] ?? []), "theirs"];
        const edited = addTheirs(added, place);
        const left = remove(edited, file) ?? "{}";
        expect(left).not.toContain(file.sign);
        expect(strip(parse(left), file.sign)).toEqual(strip(parse(edited), file.sign));
        expect(commentsOf(left)).toEqual(commentsOf(edited));
      }),
      { numRuns: 2000 },
    );
  });

  it("make a file of their own and take it away again", () => {
    const made = add(undefined, file);
    expect(made).toMatch(/^\{\n {2}"hooks"[\s\S]*\}\n$/);
    expect(remove(made, file)).toBeUndefined();
    expect(remove(made.replaceAll("\n", "\r\n"), file)).toBeUndefined();
  });
});

/** The comments of a text, as they stand. */
function commentsOf(text: string): readonly string[] {
  const comments: string[] = [];
  visit(text, { onComment: (from, length) => comments.push(text.slice(from, from + length)) });
  return comments;
}

/** Where the lists of a value are; the root itself is always a place to add to. */
function listsOf(value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (Array.isArray(value)) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => (key === "" ? [] : listsOf(member, [...path, key])));
}

/** Adds an element at the end of a list, or a member to the root, as an editor's own tools do. */
function addTheirs(text: string, place: readonly (string | number)[]): string {
  const [path, value] = place.length === 1 ? [place, "mine"] : [[...place.slice(0, -1), -1], { command: "mine" }];
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: "\n" };
  try {
    return applyEdits(text, modify(text, [...path], value, { formattingOptions, isArrayInsertion: place.length > 1 }));
  } catch {
    // It cannot add to an object that has a key twice.
    return fc.pre(false) as never;
  }
}

/** The value without our entries and without what is empty: what was added, and nothing else, is gone then. */
function strip(value: unknown, sign: string): unknown {
  if (Array.isArray(value)) {
    return value.filter((item) => !JSON.stringify(item ?? null).includes(sign)).map((item) => strip(item, sign));
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, strip(member, sign)] as const);
  return Object.fromEntries(members.filter(([, member]) => !/^(?:\{\}|\[\])$/.test(JSON.stringify(member))));
}
