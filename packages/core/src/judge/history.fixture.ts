import { decodeText, encodeText } from "../bytes.ts";
import { type ApprovedPart, approveCommit } from "../cosign/approve.ts";
import { signedAuthors } from "../cosign/authors.ts";
import { formatLines, type SignedHead } from "../cosign/lines.ts";
import { signedLines, workOf } from "../cosign/work.ts";
import { HEAD, LedgerWorld, type Side } from "../ledger/ledger-world.fixture.ts";
import { findOwnChanges } from "../merge/own-changes.ts";
import type { Change } from "../object/change.ts";
import { type Commit, parseCommit } from "../object/commit.ts";
import { diffTrees, type TreeSource } from "../object/diff-trees.ts";
import type { ObjectId } from "../object/oid.ts";
import { parseTree, readEntries } from "../object/tree-entries.ts";
import { parsePolicy } from "../policy/file/parse-policy.ts";
import type { Policy } from "../policy/policy.ts";
import { provenanceUnder } from "../provenance/under-policy.ts";
import type { Destination } from "../ref.ts";
import type {
  ChangeOptions,
  CommitChanges,
  CommitParents,
  CommitRange,
  RawCommit,
  RefTip,
  Repository,
  TreeEntry,
} from "../repository.ts";

import type { LedgerClaims } from "./records/ledger-claims.ts";
import { openLedger } from "./records/open-ledger.ts";

export const AI = "Retry uploads\n\nAssisted-by: Kiro:claude-opus-5\n";
export const TYPED = `${AI}Co-signed-by: Ada <ada@acme.example>\n`;
export const POLICY_FILE = "countersign.config.yaml";

/** What a commit is made with. */
export interface Made {
  readonly parents?: readonly ObjectId[];
  /** By path: the text of a file, or what stands there; `null` deletes. On top of the first parent's files. */
  readonly files?: Readonly<Record<string, string | NonNullable<Side> | null>>;
  /** The commit whose files it has in place of the first parent's. */
  readonly filesOf?: ObjectId;
  readonly author?: string;
  /** In seconds since 1970. */
  readonly date?: number;
  /** Further headers, each with its line end. */
  readonly headers?: string;
}

/** Who signs, for which branch, and where that stood. */
export interface SignedAs {
  readonly policy: Policy;
  readonly by?: "ada" | "eve";
  readonly branch?: string;
  readonly base?: ObjectId | undefined;
  readonly time?: string;
  readonly emergency?: string;
}

/** A repository in memory, of whole histories and a ledger, in which Ada and Eve sign. */
export class History extends LedgerWorld implements Repository {
  readonly #files = new Map<ObjectId, ReadonlyMap<string, NonNullable<Side>>>();

  /** A policy under which Ada and Eve are seniors with a key, and Bob is a junior. */
  policy(more = "", { project = "acme/payments" } = {}): Policy {
    return parsePolicy(encodeText(this.policyText(more, { project })), "test");
  }

  policyText(more = "", { project = "acme/payments" } = {}): string {
    const people = Object.entries({ ada: this.ada, eve: this.eve }).map(
      ([name, { text }]) => `  - { name: ${name}, emails: [${name}@acme.example], level: senior, keys: ["${text}"] }\n`,
    );
    const bob = "  - { name: bob, emails: [bob@acme.example], level: junior }\n";
    const protect = more.includes("protect:") ? "" : "protect: [{ branches: [main] }]\n";
    return `version: 1\nproject: ${project}\n${protect}people:\n${people.join("")}${bob}${more}`;
  }

  /** Stores a commit, by Bob unless another one is named. */
  make(message = "Anything\n", made: Made = {}): ObjectId {
    const { parents = [], files = {}, filesOf = parents[0], author = "bob", date = 1_800_000_000, headers = "" } = made;
    const all = new Map(filesOf && this.#files.get(filesOf));
    for (const [path, file] of Object.entries(files)) {
      if (file === null) all.delete(path);
      else all.set(path, typeof file === "string" ? this.file(file) : file);
    }
    const person = `${author} <${author}@acme.example> ${date} +0000`;
    const lines = [
      `tree ${this.treeOf(all)}\n`,
      ...parents.map((parent) => `parent ${parent}\n`),
      `author ${person}\ncommitter ${person}\n${headers}\n${message}`,
    ];
    const oid = this.put("commit", Buffer.from(lines.join("")));
    this.#files.set(oid, all);
    return oid;
  }

  /** Stores a commit with a co-sign in its message that is signed. */
  async cosign(message: string, made: Made, as: SignedAs): Promise<ObjectId> {
    const { policy, by = "ada", branch = "main", base, time = HEAD.time, emergency } = as;
    const cosigner = `${by}@acme.example`;
    const unsigned = await this.read(this.make(message, made));
    const authors = signedAuthors(policy, unsigned.commit);
    const lines = signedLines(workOf(policy, branch, unsigned), { cosigner, time, base, authors }, emergency);
    const signature = Buffer.from(this[by].sign(formatLines(lines))).toString("base64");
    const of = `${cosigner} ${time} ${base ?? "-"} ${authors.map((author) => `<${author}>`).join(" ")}`;
    return this.make(`${message}Co-signed-by: ${by} <${cosigner}>\nCo-signature: ${of} ${signature}\n`, made);
  }

  /** Stores a commit with the message of another one. */
  async copy(of: ObjectId, made: Made): Promise<ObjectId> {
    return this.make(decodeText(parseCommit(await this.commit(of)).message), made);
  }

  /** A commit as it is approved. */
  async read(oid: ObjectId): Promise<{ commit: Commit; changes: readonly Change[]; own: readonly Change[] }> {
    const commit = parseCommit(await this.commit(oid));
    const changes = await this.changesOf(oid);
    return { commit, changes, own: commit.parents.length > 1 ? await findOwnChanges(this, commit) : changes };
  }

  /** The block of a commit in a record, and what it approves. */
  async part(oid: ObjectId, policy: Policy, branch = "main"): Promise<ApprovedPart> {
    const read = await this.read(oid);
    return approveCommit(policy, branch, { ...read, provenance: provenanceUnder(policy)(read.commit) });
  }

  async changesOf(oid: ObjectId, parent?: ObjectId): Promise<readonly Change[]> {
    const { parents } = parseCommit(await this.commit(oid));
    for await (const { changes } of this.changes([{ oid, parents: parent ? [parent] : parents }])) return changes;
    return [];
  }

  async refs(): Promise<readonly RefTip[]> {
    return [];
  }

  async symbolicRef(): Promise<undefined> {
    return undefined;
  }

  throwIfEnded(): void {}

  async *commits({ tips, exclude }: CommitRange): AsyncGenerator<RawCommit> {
    const out = await this.#reach(exclude);
    for (const oid of await this.#reach(tips, out)) yield this.commit(oid);
  }

  async *changes(
    commits: readonly CommitParents[],
    { names, lines = false }: ChangeOptions = {},
  ): AsyncGenerator<CommitChanges> {
    const source: TreeSource = {
      format: this.format,
      entries: async (tree: ObjectId) => readEntries(await this.tree(tree), this.format),
    };
    for (const { oid, parents } of commits) {
      const [before, after] = await Promise.all([parents[0], oid].map((each) => this.#treeOf(each)));
      const changes = await diffTrees(source, before, after, names);
      const counted = changes.map((change) => ({ ...change, lines: { added: 1, deleted: 1 } }));
      yield { commit: oid, changes: lines ? counted : changes };
    }
  }

  async rootEntries(commit: ObjectId, names: readonly string[]): Promise<readonly TreeEntry[]> {
    const tree = await this.#treeOf(commit);
    return tree ? [...parseTree(await this.tree(tree), this.format)].filter(({ path }) => names.includes(path)) : [];
  }

  async isAncestor(ancestor: ObjectId, ...descendants: readonly ObjectId[]): Promise<boolean> {
    return (await this.#reach(descendants)).has(ancestor);
  }

  async mergeBases(commit: ObjectId, ...others: readonly ObjectId[]): Promise<readonly ObjectId[]> {
    const [one, other] = [await this.#reach([commit]), await this.#reach(others)];
    const common = [...one].filter((oid) => other.has(oid));
    const behind = await this.#reach(
      (await Promise.all(common.map(async (oid) => parseCommit(await this.commit(oid)).parents))).flat(),
    );
    return common.filter((oid) => !behind.has(oid));
  }

  async close(): Promise<void> {}

  kill(): void {}

  async #treeOf(oid: ObjectId | undefined): Promise<ObjectId | undefined> {
    return oid && parseCommit(await this.commit(oid)).tree;
  }

  /** Children before their parents only where the history has no branches. */
  async #reach(tips: readonly ObjectId[], out: ReadonlySet<ObjectId> = new Set()): Promise<ReadonlySet<ObjectId>> {
    const reached = new Set(tips.filter((tip) => !out.has(tip)));
    for (const oid of reached) {
      for (const parent of parseCommit(await this.commit(oid)).parents) if (!out.has(parent)) reached.add(parent);
    }
    return reached;
  }
}

/** The head of a record for one branch. */
export function headFor(base: ObjectId | undefined, more: Partial<SignedHead> = {}): SignedHead {
  return { ...HEAD, branches: [{ ref: "refs/heads/main", base }], ...more };
}

/** Where a push goes: a repository with these branches, of which `main` has the policy. */
export function destinationOf(
  branches: Readonly<Record<string, ObjectId>>,
  aliases: Readonly<Record<string, string>> = {},
): Destination {
  return {
    branches: new Map(Object.entries(branches)),
    defaultBranch: "main",
    aliases: new Map(Object.entries(aliases)),
  };
}

export const LEDGER = "countersign/ledger";

/** What the ledger of a history says as it is now. */
export function ledgerOf(history: History, policy: Policy, branch: string | undefined = "main"): LedgerClaims {
  const ledger = openLedger(history, { destination: destinationOf({ [LEDGER]: history.commitAll() }) }, policy, branch);
  if (!ledger) throw new Error("the policy names a ledger");
  return ledger;
}

export async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
