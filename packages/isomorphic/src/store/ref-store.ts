import { CountersignError, isObjectId, type ObjectId, type RefTip } from "@countersign/core";
import { compareBytes, isZeroOid } from "@countersign/core/internal";
import { unreadable } from "./faults.ts";
import { type Files, readText } from "./files.ts";
import type { Layout } from "./layout.ts";

/** What git forbids anywhere in a ref's name; `..` and a leading dot also keep a name inside of the repository's folder. */
const FORBIDDEN = /[\0-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|(?:^|\/)\.|\.(?:$|\/)|\.lock(?:$|\/)|^\/|\/$/;
const SPECIAL = /^[A-Z][A-Z_]*$/;

/** Whether a name is that of a ref, `refs/…`, or of a special one, such as `HEAD`. */
function isRefName(name: string): boolean {
  return (name.startsWith("refs/") || SPECIAL.test(name)) && !FORBIDDEN.test(name);
}

/** What a ref's file says: an id, the name of another ref, or nothing that git takes for either. */
type RefValue = { readonly oid: ObjectId } | { readonly target: string } | "broken";

/** git follows symbolic refs through no more than five names. */
const MOST_NAMES = 5;

/**
 * Reads refs from their files. isomorphic-git's own calls are not used: they read `packed-refs` once for each ref,
 * and mix peeled tags into the names.
 */
export class RefStore {
  readonly #fs: Files;
  readonly #layout: Layout;

  constructor(fs: Files, layout: Layout) {
    this.#fs = fs;
    this.#layout = layout;
  }

  /** The refs whose name is `prefix` or begins with it and a slash, by name. Broken ones are left out, as git does. */
  async list(prefix: string): Promise<readonly RefTip[]> {
    const packed = await this.#readPacked();
    const names = new Set(packed.keys());
    await this.#collectLoose("refs", names);
    const tips: RefTip[] = [];
    for (const name of sortNames(names)) {
      if (name !== prefix && !name.startsWith(`${prefix}/`)) continue;
      const end = await this.#follow(name, packed);
      if (end?.oid === undefined || isZeroOid(end.oid)) continue;
      tips.push({ name, oid: end.oid, ...(end.name === name ? {} : { target: end.name }) });
    }
    return tips;
  }

  /** What a ref or a special one holds, symbolic ones followed; undefined if there is no such ref. */
  async read(name: string): Promise<ObjectId | undefined> {
    return isRefName(name) ? (await this.#follow(name, await this.#readPacked()))?.oid : undefined;
  }

  /** @throws if a symbolic ref leads in a circle. */
  async symbolicRef(name: string): Promise<string | undefined> {
    const end = isRefName(name) ? await this.#follow(name, new Map()) : undefined;
    if (end?.endless) throw new CountersignError("REVISION_UNKNOWN", { revision: name });
    return end === undefined || end.name === name ? undefined : end.name;
  }

  /** The last name of a chain of symbolic refs and what it holds; undefined if the chain is broken. */
  async #follow(first: string, packed: ReadonlyMap<string, ObjectId>): Promise<End | undefined> {
    let name = first;
    for (let names = 0; names < MOST_NAMES; names += 1) {
      const value = await this.#readLoose(name);
      if (value === undefined) return { name, oid: packed.get(name) };
      // A broken file still stands before a packed ref of the same name.
      if (value === "broken") return undefined;
      if ("oid" in value) return { name, oid: value.oid };
      name = value.target;
    }
    return { name, oid: undefined, endless: true };
  }

  async #readLoose(name: string): Promise<RefValue | undefined> {
    const folder = name.startsWith("refs/") ? this.#layout.common : this.#layout.gitdir;
    const path = `${folder}/${name}`;
    // With core.preferSymlinkRefs a symbolic ref is a symbolic link, which reading would follow.
    const linked = (await this.#fs.lstat(path))?.isSymbolicLink()
      ? (await this.#fs.readlink(path))?.toString()
      : undefined;
    const text = linked?.startsWith("refs/") ? `ref: ${linked}` : await readText(this.#fs, path);
    if (text === undefined) return undefined;
    const target = /^ref:\s*(.*?)\s*$/s.exec(text)?.[1];
    if (target !== undefined) return isRefName(target) ? { target } : "broken";
    const oid = /^[0-9a-f]{40}(?=\s|$)/i.exec(text)?.[0].toLowerCase() ?? "";
    return isObjectId(oid) ? { oid } : "broken";
  }

  async #collectLoose(folder: string, names: Set<string>): Promise<void> {
    for (const entry of (await this.#fs.readdir(`${this.#layout.common}/${folder}`)) ?? []) {
      const name = `${folder}/${entry}`;
      if (!isRefName(name)) continue;
      const stats = await this.#fs.lstat(`${this.#layout.common}/${name}`);
      if (stats?.isDirectory()) await this.#collectLoose(name, names);
      else names.add(name);
    }
  }

  async #readPacked(): Promise<ReadonlyMap<string, ObjectId>> {
    const refs = new Map<string, ObjectId>();
    const text = (await readText(this.#fs, `${this.#layout.common}/packed-refs`)) ?? "";
    for (const line of text.split("\n")) {
      // A line that begins with ^ says what the tag above it peels to.
      if (line === "" || line.startsWith("#") || line.startsWith("^")) continue;
      const oid = line.slice(0, 40);
      if (!isObjectId(oid) || line[40] !== " ") throw unreadable("packed-refs", `the line "${line}" is malformed`);
      const name = line.slice(41).trimEnd();
      if (isRefName(name)) refs.set(name, oid);
    }
    return refs;
  }
}

interface End {
  readonly name: string;
  readonly oid: ObjectId | undefined;
  readonly endless?: boolean;
}

/** Sorts by UTF-8 bytes, as git does; JavaScript's own order is that of UTF-16. */
function sortNames(names: Iterable<string>): readonly string[] {
  const encoder = new TextEncoder();
  const keyed = [...names].map((name) => ({ name, key: encoder.encode(name) }));
  return keyed.sort((a, b) => compareBytes(a.key, b.key)).map(({ name }) => name);
}
