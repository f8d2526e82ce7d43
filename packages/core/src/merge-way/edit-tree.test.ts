import { describe, expect, it } from "vitest";
import { decodeText, encodeText } from "../bytes.ts";
import { NO_MODE } from "../object/change.ts";
import type { ObjectId } from "../object/oid.ts";
import { parseTree } from "../object/tree-entries.ts";
import type { Repository } from "../repository.ts";
import { editTree } from "./edit-tree.ts";
import { WouldBeRepository } from "./would-be-repository.ts";

const MODE = "100644";

/** Nothing is stored: all trees are made. */
function open(): WouldBeRepository {
  return new WouldBeRepository({ format: "sha1" } as Repository);
}

function edits(repository: WouldBeRepository, files: Readonly<Record<string, string | null>>) {
  return Object.entries(files).map(([path, text]) => ({
    path: encodeText(path),
    mode: text === null ? NO_MODE : MODE,
    oid: repository.made.addBlob(encodeText(text ?? "")),
  }));
}

async function listFiles(repository: WouldBeRepository, tree: ObjectId, folder = ""): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { path, mode, oid } of parseTree(await repository.tree(tree, 1e6), "sha1")) {
    if (mode === "040000") Object.assign(files, await listFiles(repository, oid, `${folder}${path}/`));
    else files[`${folder}${path}`] = decodeText(await repository.blob(oid, 1e6));
  }
  return files;
}

async function edited(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string | null>>) {
  const repository = open();
  const tree = await editTree(repository, undefined, edits(repository, before));
  const result = await editTree(repository, tree, edits(repository, after));
  return result && listFiles(repository, result);
}

describe("a tree with edits", () => {
  const BEFORE = { a: "1", "a.txt": "2", "dir/b": "3", "dir/deep/c": "4" };

  it.each<
    readonly [what: string, edits: Readonly<Record<string, string | null>>, after: Record<string, string> | undefined]
  >([
    ["keeps the rest", { "dir/b": "33" }, { ...BEFORE, "dir/b": "33" }],
    ["gets new folders", { "x/y/z": "5" }, { ...BEFORE, "x/y/z": "5" }],
    ["loses a folder with its last file", { "dir/deep/c": null }, { a: "1", "a.txt": "2", "dir/b": "3" }],
    [
      "may have a folder in place of a file that goes",
      { a: null, "a/x": "5" },
      { "a.txt": "2", "a/x": "5", "dir/b": "3", "dir/deep/c": "4" },
    ],
    [
      "may have a file in place of a folder that goes",
      { "dir/b": null, "dir/deep/c": null, dir: "5" },
      { a: "1", "a.txt": "2", dir: "5" },
    ],
    ["has no folder in place of a file that stays", { "a/x": "5" }, undefined],
    ["has no file in place of a folder that stays", { "dir/b": null, dir: "5" }, undefined],
  ])("%s", async (_, changes, after) => {
    expect(await edited(BEFORE, changes)).toEqual(after);
  });
});
