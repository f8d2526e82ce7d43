import type { ObjectFormat, ObjectId } from "@countersign/core";
import { readAuthors } from "@countersign/core/internal";
import { type MadeFile, MemoryRepository } from "../rig/repository/memory-repository.ts";
import { mergeFiles } from "./merge-files.ts";

export const MARK = "\n\nAssisted-by: claude:x\n";
export type Way = "squash" | "merge" | "rebase";

export interface Made {
  readonly by?: string;
  readonly committer?: string;
  readonly ai?: boolean;
  /** Seconds since 1970. */
  readonly date?: number;
}

/** Commits as people, agents and the buttons of forges make them, in memory. */
export class History {
  readonly repository: MemoryRepository;

  constructor(format: ObjectFormat = "sha1") {
    this.repository = new MemoryRepository(format);
  }

  /** A commit on one parent or several, with the first one's files and these. */
  commit(
    parents: ObjectId | readonly ObjectId[] | undefined,
    files: Readonly<Record<string, MadeFile>>,
    message = "work\n",
    { by = "bob", committer = by, ai = false, date = 1_700_000_000 }: Made = {},
  ): ObjectId {
    return this.repository.add(`${message.trimEnd()}${ai ? MARK : "\n"}`, {
      parents: typeof parents === "string" ? [parents] : (parents ?? []),
      files,
      author: identity(by),
      committer: identity(committer),
      date,
    });
  }

  /** The contents of a file. */
  text(commit: ObjectId, path: string): string {
    const entry = this.repository.filesOf(commit).get(path);
    if (!entry) throw new Error(`there is no ${path}`);
    return this.repository.textOf(entry.oid);
  }

  /** The commits of a branch, parents before children. */
  since(base: ObjectId, head: ObjectId): readonly ObjectId[] {
    const added = this.repository.added([head], [base]);
    const order = new Set<ObjectId>();
    const visit = (oid: ObjectId): void => {
      if (!added.has(oid) || order.has(oid)) return;
      this.repository.parentsOf(oid).forEach(visit);
      order.add(oid);
    };
    visit(head);
    return [...order];
  }

  /** Those of them that are no merges. */
  plain(base: ObjectId, head: ObjectId): readonly ObjectId[] {
    return this.since(base, head).filter((oid) => this.repository.parentsOf(oid).length < 2);
  }

  async base(a: ObjectId, b: ObjectId): Promise<ObjectId | undefined> {
    return [...(await this.repository.mergeBases(a, b))].sort()[0];
  }

  /** A merge commit. What conflicts stays as the first parent has it; `files` are put on top. */
  async merge(
    first: ObjectId,
    second: ObjectId,
    files: Readonly<Record<string, MadeFile>> = {},
    { message = "Merge\n", ...made }: Made & { readonly message?: string } = {},
  ): Promise<ObjectId> {
    const merged = await this.#merged(first, second);
    return this.#with(merged ?? this.repository.filesOf(first), [first, second], message, files, made);
  }

  /** What a forge's button makes of a branch. */
  async land(way: Way, tip: ObjectId, head: ObjectId, { by = "opener", message = "" } = {}): Promise<ObjectId> {
    if (way === "rebase") return this.pick(tip, ...this.plain(tip, head));
    const merged = await this.#merged(tip, head);
    if (!merged) throw new Error("it does not merge");
    if (way === "merge") {
      return this.#with(merged, [tip, head], message || "Merge pull request\n", {}, { by, committer: "forge" });
    }
    const commits = this.plain(tip, head).map((oid) => this.repository.messageOf(oid).trim());
    const authors = this.since(tip, head).flatMap((oid) => [...readAuthors(parseRaw(this.repository, oid)).keys()]);
    const co = [...new Set(authors)].filter((email) => email !== address(by)).sort();
    const said = `Title (#1)\n\n${commits.map((each) => `* ${each}`).join("\n\n")}\n\n---------\n\n`;
    const squashed = message || `${said}${co.map((email) => `Co-authored-by: x <${email}>\n`).join("")}`;
    return this.#with(merged, [tip], squashed, {}, { by, committer: "forge" });
  }

  /** Cherry-picks commits; one that has become empty is left out, unless it was made so. */
  pick(tip: ObjectId, ...commits: readonly ObjectId[]): ObjectId {
    let at = tip;
    for (const oid of commits) {
      const [parent] = this.repository.parentsOf(oid);
      const files = this.repository.filesOf(oid);
      const merged = mergeFiles(this.repository, this.repository.filesOf(parent), this.repository.filesOf(at), files);
      if (!merged) throw new Error("it does not apply");
      const isEmpty = isSame(merged, this.repository.filesOf(at));
      if (isEmpty && !isSame(files, this.repository.filesOf(parent))) continue;
      at = this.repository.add(this.repository.messageOf(oid), {
        parents: [at],
        files: replacing(this.repository.filesOf(at), merged),
        author: this.repository.authorOf(oid),
        committer: identity("forge"),
        date: 1_700_000_000,
      });
    }
    return at;
  }

  /** A person's inverse of a commit. */
  revert(tip: ObjectId, commit: ObjectId, files: Readonly<Record<string, MadeFile>> = {}, by = "carl"): ObjectId {
    const { repository } = this;
    const [parent] = repository.parentsOf(commit);
    const [base, ours] = [repository.filesOf(commit), repository.filesOf(tip)];
    const merged = mergeFiles(repository, base, ours, repository.filesOf(parent));
    if (!merged) throw new Error("it does not revert");
    return this.#with(merged, [tip], `Revert\n\nThis reverts commit ${commit}.\n`, files, { by });
  }

  async #merged(first: ObjectId, second: ObjectId) {
    const { repository } = this;
    const base = await this.base(first, second);
    return mergeFiles(repository, repository.filesOf(base), repository.filesOf(first), repository.filesOf(second));
  }

  #with(
    entries: ReturnType<MemoryRepository["filesOf"]>,
    parents: readonly ObjectId[],
    message: string,
    files: Readonly<Record<string, MadeFile>>,
    made: Made,
  ): ObjectId {
    const all = { ...replacing(this.repository.filesOf(parents[0]), entries), ...files };
    return this.commit(parents, all, message, made);
  }
}

export function address(name: string): string {
  return name === "claude" ? "noreply@anthropic.com" : `${name}@acme.example`;
}

function identity(name: string): string {
  return `${name} <${address(name)}>`;
}

function parseRaw(repository: MemoryRepository, oid: ObjectId) {
  const message = Buffer.from(repository.messageOf(oid));
  const [, name = "", email = ""] = /^(.*) <(.*)>$/.exec(repository.authorOf(oid)) ?? [];
  return { author: { name, email }, message };
}

/** What has to be set so that one commit's files become these. */
function replacing(
  from: ReturnType<MemoryRepository["filesOf"]>,
  to: ReturnType<MemoryRepository["filesOf"]>,
): Record<string, MadeFile> {
  return Object.fromEntries([...new Set([...from.keys(), ...to.keys()])].map((path) => [path, to.get(path) ?? null]));
}

function isSame(a: ReturnType<MemoryRepository["filesOf"]>, b: ReturnType<MemoryRepository["filesOf"]>): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
