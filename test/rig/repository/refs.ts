import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Repo } from "./repo.ts";

/** The refs of a server by full name: from its files where all lie there plainly, for which no git has to be started. */
export function refsOf(repo: Repo): ReadonlyMap<string, string> {
  const refs = readPlainRefs(repo.dir) ?? listRefs(repo);
  return new Map([...refs].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}

function listRefs(repo: Repo): readonly (readonly [string, string])[] {
  const output = repo.git(["for-each-ref", "--format=%(refname) %(objectname)"]);
  return output === "" ? [] : output.split("\n").map((line) => line.split(" ") as [string, string]);
}

/** Undefined where one of them is anything but an object id in a file of its own. */
function readPlainRefs(folder: string): ReadonlyMap<string, string> | undefined {
  if (!existsSync(join(folder, "refs")) || existsSync(join(folder, "packed-refs"))) return undefined;
  const refs = new Map<string, string>();
  for (const entry of readdirSync(join(folder, "refs"), { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, "utf8").trim();
    if (!/^[0-9a-f]{40,64}$/.test(text)) return undefined;
    refs.set(file.slice(folder.length + 1), text);
  }
  return refs;
}
