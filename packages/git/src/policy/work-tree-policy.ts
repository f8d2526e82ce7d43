import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { CountersignError, type PolicyInForce, parsePolicyFile } from "@countersign/core";
import { POLICY_FILES, zeroOid } from "@countersign/core/internal";
import { Explorer } from "cosmiconfig/dist/Explorer.js";
import { findWorkTree } from "../place/work-tree.ts";
import type { GitRepository } from "../repository/git-repository.ts";

/** The policy file of a work tree. */
export interface WorkTreeFile {
  /** Relative to the root of the work tree. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the policy of the work tree, for trying one out before it is committed. It is never in force: a push is judged
 * by the policy on the default branch.
 * @throws `WORK_TREE_MISSING`, `POLICY_MISSING`, `POLICY_AMBIGUOUS`, `POLICY_MALFORMED`.
 */
export async function readWorkTreePolicy(repository: GitRepository): Promise<PolicyInForce> {
  const { name, bytes } = await readWorkTreePolicyFile(repository);
  return {
    policy: await parsePolicyFile(bytes, name),
    ref: "the work tree",
    commit: undefined,
    entry: { path: name, mode: "100644", oid: zeroOid(repository.format) },
  };
}

/**
 * Finds the policy file of the work tree, whatever it holds.
 * @throws `WORK_TREE_MISSING`, `POLICY_MISSING`, `POLICY_AMBIGUOUS`.
 */
export async function readWorkTreePolicyFile(repository: GitRepository): Promise<WorkTreeFile> {
  const root = await findWorkTree(repository);
  const found: string[] = [];
  // The names are cosmiconfig's convention, and it looks for them. It stops at the first file, so each is asked for alone.
  for (const name of POLICY_FILES) {
    const explorer = new Explorer({
      moduleName: "countersign",
      searchPlaces: [name],
      // The bytes are parsed by the one strict parser below; no loader runs code.
      loaders: { ".yaml": keep, ".yml": keep, ".json": keep, noExt: keep },
      transform: (result) => result,
      cache: false,
      ignoreEmptySearchPlaces: false,
      // The root alone: never a folder above it, and never the home folder.
      searchStrategy: "none",
      metaConfigFilePath: null,
      mergeImportArrays: false,
    });
    const result = await explorer.search(root);
    if (result) found.push(result.filepath);
  }
  const [path, second] = found;
  if (path === undefined) throw new CountersignError("POLICY_MISSING", { ref: "the work tree" });
  if (second !== undefined) {
    const files = found.map((file) => relative(root, file));
    throw new CountersignError("POLICY_AMBIGUOUS", { source: "the work tree", files });
  }
  return { name: relative(root, path), bytes: await readFile(path) };
}

function keep(_path: string, content: string): { readonly content: string } {
  return { content };
}
