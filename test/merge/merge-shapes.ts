import type { CommitParents, ObjectId } from "@countersign/core";
import fc from "fast-check";
import { mergeLines } from "../../packages/core/src/merge/merge-lines.ts";
import { writeCommit, writeObject, writeTree } from "../contract/raw.ts";

/** A file, link or submodule; undefined where there is nothing. */
export type Entry = { readonly mode: string; readonly text: string } | undefined;

/** What stands at one path in the merge bases, in the parents, and in the merge. */
export interface PathShape {
  readonly bases: readonly Entry[];
  readonly sides: readonly Entry[];
  readonly result: Entry;
}

/** How the commits of a merge lie: of bases and sides, as many are taken as the form has. */
const FORMS = {
  "one base": { bases: 1, sides: 2 },
  "two bases": { bases: 2, sides: 2 },
  "no base": { bases: 0, sides: 2 },
  "a parent that is the base": { bases: 1, sides: 2 },
  "three parents": { bases: 1, sides: 3 },
} as const;

export interface Shape {
  readonly form: keyof typeof FORMS;
  readonly paths: Readonly<Record<string, PathShape>>;
}

const word = fc.constantFrom("x", "y", "z", "  x", "}");
const edit = fc.record({
  at: fc.nat(12),
  removed: fc.integer({ min: 0, max: 2 }),
  added: fc.array(fc.constantFrom("x", "y", "n"), { maxLength: 2 }),
});

function file(lines: readonly string[], mode = "100644"): Entry {
  return { mode, text: lines.map((line) => `${line}\n`).join("") };
}

/** What one line of history made of a file. */
function became(lines: readonly string[]): fc.Arbitrary<Entry> {
  const edited = edit.map(({ at, removed, added }) => lines.toSpliced(at, removed, ...added));
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(file(lines)) },
    { weight: 6, arbitrary: edited.map((text) => file(text)) },
    { weight: 1, arbitrary: edited.map((text) => file(text, "100755")) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom({ mode: "120000", text: "x" }, { mode: "160000", text: "y" }) },
  );
}

/** What the merge has: what comes out of the parents' lines, what a parent has, or something else. */
function resultOf([base]: readonly Entry[], sides: readonly Entry[], lines: readonly string[]): fc.Arbitrary<Entry> {
  const [ours, theirs] = sides;
  const texts = [base, ours, theirs].map((entry) => Buffer.from(entry?.text ?? ""));
  const merged = mergeLines(...(texts as [Buffer, Buffer, Buffer]));
  const clean = merged.clean && ours ? { ...ours, text: Buffer.from(merged.bytes).toString() } : theirs;
  return fc.oneof({ weight: 12, arbitrary: fc.constant(clean) }, fc.constantFrom(...sides), became(lines));
}

function pathShape(form: Shape["form"]): fc.Arbitrary<PathShape> {
  const { bases, sides } = FORMS[form];
  const many = (lines: readonly string[], count: number) =>
    fc.array(became(lines), { minLength: count, maxLength: count });
  return fc.array(word, { maxLength: 12 }).chain((lines) =>
    fc.tuple(many(lines, bases), many(lines, sides)).chain(([before, parents]) => {
      const after = form === "a parent that is the base" ? [before[0], parents[1]] : parents;
      return resultOf(before, after, lines).map((result) => ({ bases: before, sides: after, result }));
    }),
  );
}

/** Merges of a few paths. */
export const shapes: fc.Arbitrary<Shape> = fc.constantFrom(...(Object.keys(FORMS) as Shape["form"][])).chain((form) => {
  const path = pathShape(form);
  return fc.record({ form: fc.constant(form), paths: fc.record({ a: path, "a.b": path, "d/e": path, "d/f": path }) });
});

/** Writes a history of this shape, and returns its merge. */
export function writeMerge(gitdir: string, { form, paths }: Shape): CommitParents {
  const commit = (pick: (path: PathShape) => Entry, parents: readonly ObjectId[]): ObjectId => {
    const entries = Object.entries(paths).map(([path, shape]) => [path, pick(shape)] as const);
    return writeCommit(gitdir, { tree: writeFiles(gitdir, entries), parents, message: form });
  };
  const bases = Array.from({ length: FORMS[form].bases }, (_, at) => commit(({ bases: all }) => all[at], []));
  const sides = Array.from({ length: FORMS[form].sides }, (_, at) => commit(({ sides: all }) => all[at], bases));
  const parents = form === "a parent that is the base" ? [...bases, ...sides.slice(1)] : sides;
  return { oid: commit(({ result }) => result, parents), parents };
}

/** Writes a tree with at most one folder, `d`. */
export function writeFiles(gitdir: string, files: readonly (readonly [path: string, entry: Entry])[]): ObjectId {
  const written = files.flatMap(([path, entry]) => {
    return entry ? [{ mode: entry.mode, name: path, oid: writeObject(gitdir, "blob", entry.text) }] : [];
  });
  const folder = written.filter(({ name }) => name.startsWith("d/"));
  const inner = folder.map((entry) => ({ ...entry, name: entry.name.slice(2) }));
  const root = written.filter((entry) => !folder.includes(entry));
  const d = inner.length > 0 ? [{ mode: "40000", name: "d", oid: writeTree(gitdir, inner) }] : [];
  return writeTree(gitdir, [...root, ...d]);
}
