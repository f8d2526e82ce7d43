import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { CountersignError, POLICY_FILES, type PolicyInForce, parsePolicyFile, zeroOid } from "@countersign/core";
import { Explorer } from "cosmiconfig/dist/Explorer.js";
import type { GitRepository } from "./git-repository.ts";
import { findWorkTree } from "./work-tree.ts";

/**
 * Reads the policy of the work tree, for trying one out before it is committed. It is never in force: a push is judged
 * by the policy on the default branch.
 * @throws `WORK_TREE_MISSING`, `POLICY_MISSING`, `POLICY_AMBIGUOUS`, `POLICY_MALFORMED`.
 */
export async function readWorkTreePolicy(repository: GitRepository): Promise<PolicyInForce> {
  const root = await findWorkTree(repository);
  const found: string[] = [];
  // cosmiconfig stops at the first file; each name is asked for alone, so that a second one is noticed.
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
  const name = relative(root, path);
  return {
    policy: await parsePolicyFile(await readFile(path), name),
    ref: "the work tree",
    commit: undefined,
    entry: { path: name, mode: "100644", oid: zeroOid(repository.format) },
  };
}

function keep(_path: string, content: string): { readonly content: string } {
  return { content };
}
