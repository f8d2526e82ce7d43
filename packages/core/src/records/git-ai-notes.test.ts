import { expect, it } from "vitest";
import { encodeText } from "../bytes.ts";
import { FolderReader } from "../object/folder-reader.ts";
import type { ObjectId } from "../object/oid.ts";
import { formatTree } from "../object/tree-entries.ts";
import type { Repository, TreeEntry } from "../repository.ts";
import { findNotes } from "./git-ai-notes.ts";

const COMMIT = "00b6c2f73e61a4f7173a8a7cb78d8420f9a3d18d" as ObjectId;
const oid = (name: string): ObjectId => name.padEnd(40, "0") as ObjectId;
const note = (path: string, name: string): TreeEntry => ({ path, mode: "100644", oid: oid(name) });
const folder = (path: string, name: string): TreeEntry => ({ path, mode: "040000", oid: oid(name) });

/** A repository of nothing but these trees, which counts how often one is read. */
function forest(trees: Readonly<Record<string, readonly TreeEntry[]>>) {
  const reads: string[] = [];
  const tree = async (id: ObjectId): Promise<Uint8Array> => {
    const name = id.replace(/0+$/, "");
    reads.push(name);
    const entries = (trees[name] ?? []).map(({ path, mode, oid }) => {
      return { name: encodeText(path), mode, id: Uint8Array.from(Buffer.from(oid, "hex")) };
    });
    return formatTree(entries);
  };
  return { reads, folders: new FolderReader({ format: "sha1", tree } as unknown as Repository) };
}

it.each<[what: string, trees: Readonly<Record<string, readonly TreeEntry[]>>, notes: readonly string[]]>([
  ["in a flat tree", { a: [note(COMMIT, "f1"), note(oid("1"), "f2")] }, ["f1"]],
  ["in a folder", { a: [folder("00", "b")], b: [note(COMMIT.slice(2), "f1")] }, ["f1"]],
  [
    "in a folder of a folder",
    { a: [folder("00", "b")], b: [folder("b6", "c")], c: [note(COMMIT.slice(4), "f1")] },
    ["f1"],
  ],
  [
    "at several depths",
    { a: [note(COMMIT, "f1"), folder("00", "b")], b: [note(COMMIT.slice(2), "f2"), folder("b6", "c")], c: [] },
    ["f1", "f2"],
  ],
  ["never under a folder's name", { a: [folder(COMMIT, "b")], b: [] }, []],
  ["never in another commit's folder", { a: [folder("01", "b")], b: [note(COMMIT.slice(2), "f1")] }, []],
  ["never through a file", { a: [note("00", "b")], b: [note(COMMIT.slice(2), "f1")] }, []],
])("a note is found %s", async (_, trees, notes) => {
  expect(await findNotes(forest(trees).folders, oid("a"), COMMIT)).toEqual(notes.map(oid));
});

it("opens a folder once for all commits whose notes lie in it", async () => {
  const { reads, folders } = forest({ a: [folder("00", "b")], b: [note(COMMIT.slice(2), "f1")] });
  for (let i = 0; i < 3; i += 1) await findNotes(folders, oid("a"), COMMIT);
  expect(reads).toEqual(["a", "b"]);
});

it("keeps no more folders in mind than fit", async () => {
  const many = Array.from({ length: 30_000 }, (_, i) => note(String(i), "f1"));
  const { reads, folders } = forest({ a: many, b: many, c: [] });
  for (const name of ["a", "b", "b", "a", "c", "a"]) await folders.open(oid(name));
  expect(reads).toEqual(["a", "b", "a", "c"]);
});
