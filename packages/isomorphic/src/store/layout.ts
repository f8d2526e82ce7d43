import { CountersignError } from "@countersign/core";
import { upToLast } from "@countersign/core/internal";
import { getConfig } from "isomorphic-git";
import { unsupported } from "./faults.ts";
import { type Files, readText } from "./files.ts";

/** Where a repository keeps its parts. */
export interface Layout {
  /** The folder of HEAD: the repository's own, or that of a linked work tree. */
  readonly gitdir: string;
  /** The folder of refs, packed-refs, shallow and config, which linked work trees share. */
  readonly common: string;
  /** The folders that have an `objects` folder to read from: `common`, then the alternates. */
  readonly stores: readonly string[];
}

/** git follows a chain of alternates no further. */
const ALTERNATE_DEPTH = 5;

/**
 * Finds the parts of a repository.
 * @throws `NOT_A_REPOSITORY`, and a fault for a repository that isomorphic-git cannot read.
 */
export async function readLayout(fs: Files, named: string): Promise<Layout> {
  const gitdir = await followGitFile(fs, named);
  const commondir = await readText(fs, `${gitdir}/commondir`);
  const common = commondir === undefined ? gitdir : resolve(gitdir, commondir.trim());
  const head = (await fs.readdir(gitdir))?.includes("HEAD");
  const objects = (await fs.readdir(common))?.includes("objects");
  if (!head || !objects) throw new CountersignError("NOT_A_REPOSITORY", {});
  await refuseUnsupported(fs, common);
  const stores = new Set<string>();
  await collectStores(fs, common, stores, 0);
  return { gitdir, common, stores: [...stores] };
}

/** A work tree's or submodule's `.git` may be a file that names the folder. */
async function followGitFile(fs: Files, named: string): Promise<string> {
  const target = /^gitdir: (.+)/.exec((await readText(fs, named)) ?? "")?.[1]?.trimEnd();
  const folder = named.slice(0, named.lastIndexOf("/") + 1) || ".";
  return target === undefined ? upToLast(/[^/]/, named) || named : resolve(folder, target);
}

async function refuseUnsupported(fs: Files, common: string): Promise<void> {
  const setting = (name: string): Promise<string | undefined> =>
    getConfig({ fs, gitdir: common, path: `extensions.${name}` });
  const format = await setting("objectformat");
  if (format !== undefined && format !== "sha1") throw unsupported(`the object format ${format}`);
  const storage = await setting("refstorage");
  if (storage !== undefined && storage !== "files") throw unsupported(`the ref storage ${storage}`);
}

async function collectStores(fs: Files, store: string, found: Set<string>, depth: number): Promise<void> {
  if (found.has(store) || depth > ALTERNATE_DEPTH) return;
  found.add(store);
  const alternates = (await readText(fs, `${store}/objects/info/alternates`)) ?? "";
  for (const line of alternates.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const objects = resolve(`${store}/objects`, line);
    // isomorphic-git reads `objects` below a folder; an object folder of another name is out of its reach.
    if (!objects.endsWith("/objects")) throw unsupported(`the alternate object folder ${objects}`);
    await collectStores(fs, objects.slice(0, -"/objects".length), found, depth + 1);
  }
}

function resolve(folder: string, path: string): string {
  return /^(?:\/|[A-Za-z]:[\\/])/.test(path) ? path : `${folder}/${path}`;
}
