import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Everything below a folder but git's own: each path with its kind, its mode and its bytes as base64. */
export function readTree(root: string, folder = ""): Readonly<Record<string, string>> {
  const tree: Record<string, string> = {};
  for (const name of readdirSync(join(root, folder)).sort()) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (path === ".git") continue;
    const stats = lstatSync(join(root, path));
    const mode = (stats.mode & 0o777).toString(8);
    if (stats.isDirectory()) Object.assign(tree, { [path]: "folder" }, readTree(root, path));
    else if (stats.isSymbolicLink()) tree[path] = `link to ${readlinkSync(join(root, path))}`;
    else tree[path] = `${mode} ${readFileSync(join(root, path)).toString("base64")}`;
  }
  return tree;
}
