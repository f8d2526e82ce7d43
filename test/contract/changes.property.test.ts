import type { Change, ObjectId, Repository } from "@countersign/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch, type Scratch } from "../rig/repository/scratch.ts";
import { BACKENDS, collect, gitdirOf } from "./backends.ts";
import { formatNumstat, formatRaw, numstat, rawDiff } from "./oracle.ts";
import { EMPTY_TREE, type Raw, type RawTreeEntry, writeCommit, writeObject, writeTree } from "./raw.ts";

let scratch: Scratch;
let repo: Repo;
let gitdir: string;
const opened = new Map<string, Repository>();
beforeAll(async () => {
  scratch = openScratch();
  repo = initRepo(scratch, "repo");
  gitdir = gitdirOf(repo);
  for (const { name, open } of BACKENDS.slice(0, 2)) opened.set(name, await open(repo));
});
afterAll(async () => {
  for (const repository of opened.values()) await repository.close();
  scratch[Symbol.dispose]();
});

/** A leaf or a folder; names are few and short, so that files and folders meet under the same name. */
interface Folder {
  readonly [name: string]: Folder | { readonly mode: string; readonly text: string };
}
const name = fc.constantFrom("a", "a.", "a0", "a-b", "b", "\u00ff", "\u00c3\u00a9");
const leaf = fc.record({
  mode: fc.constantFrom("100644", "100755", "120000", "160000"),
  text: fc.constantFrom("", "x", "x\n", "y\nx\n"),
});
const { folder } = fc.letrec<{ folder: Folder }>((tie) => ({
  folder: fc.dictionary(name, fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("folder")), {
    maxKeys: 5,
  }),
}));

/** The names stand for bytes, one character each. */
function write(entries: Folder): ObjectId {
  const written = Object.entries(entries).map(([key, entry]): RawTreeEntry => {
    const bytes = Buffer.from(key, "latin1");
    if (!("mode" in entry) || typeof entry.mode !== "string")
      return { mode: "40000", name: bytes, oid: write(entry as Folder) };
    const oid = writeObject(gitdir, "blob", entry.text as string);
    return { mode: entry.mode, name: bytes, oid };
  });
  const key = ({ mode, name: bytes }: RawTreeEntry): Buffer =>
    Buffer.concat([bytes as Buffer, Buffer.from(mode === "40000" ? "/" : "\0")]);
  return writeTree(
    gitdir,
    written.sort((a, b) => Buffer.compare(key(a), key(b))),
  );
}

/** A root with one tree and a commit with another. */
function writeChange(before: ObjectId, after: ObjectId): Raw {
  const parents = [writeCommit(gitdir, { tree: before })];
  return { oid: writeCommit(gitdir, { tree: after, parents }), parents };
}

async function changesOf(backend: string, commit: Raw, lines = true): Promise<readonly Change[]> {
  const [answer] = await collect((opened.get(backend) as Repository).changes([commit], { lines }));
  return answer?.changes ?? [];
}

/** Files by number, in one tree. */
function writeFiles(texts: readonly string[]): ObjectId {
  const entries = texts.map((text, index) => ({
    mode: "100644",
    name: `${1000 + index}`,
    oid: writeObject(gitdir, "blob", text),
  }));
  return writeTree(gitdir, entries);
}

describe.each(BACKENDS.slice(0, 2))("$name", ({ name: backend }) => {
  it("gives the changes between any two trees that diff-tree prints, and the lines that numstat counts", async () => {
    await fc.assert(
      fc.asyncProperty(folder, folder, async (before, after) => {
        const commit = writeChange(write(before), write(after));
        const changes = await changesOf(backend, commit);
        expect(formatRaw(changes).toString("latin1")).toBe(rawDiff(repo, commit).toString("latin1"));
        expect(formatNumstat(changes).toString("latin1")).toBe(numstat(repo, commit).toString("latin1"));
        // Without lines they may be found in another way.
        const bare = await changesOf(backend, commit, false);
        expect(formatRaw(bare).toString("latin1")).toBe(formatRaw(changes).toString("latin1"));
      }),
      { numRuns: 80 },
    );
  });

  // Before version 2.50 git leaves out of the comparison some lines that occur often, `--minimal` or not.
  it("counts the lines that numstat counts where no line occurs twice", async () => {
    const file = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 30 });
    const end = fc.constantFrom("", "\n");
    const pairs = fc.array(fc.tuple(file, file, end, end), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(pairs, async (files) => {
        const before = writeFiles(files.map(([old, , ending]) => old.join("\n") + ending));
        const after = writeFiles(files.map(([, now, , ending]) => now.join("\n") + ending));
        const commit = writeChange(before, after);
        expect(formatNumstat(await changesOf(backend, commit)).toString()).toBe(numstat(repo, commit).toString());
      }),
      { numRuns: 40 },
    );
  });
});

interface ForgedEntry {
  readonly mode: string;
  readonly name: string;
  readonly empty: boolean;
}

/** Trees as no git writes them: modes of other tools, names twice, out of order or with a slash, what is cut short. */
const forged = fc.array(
  fc.record<ForgedEntry>({
    mode: fc.constantFrom("100644", "100664", "0100755", "40000", "040755", "160000", "120000", "0", "140000", "9", ""),
    name: fc.constantFrom("a", "a", "a.", "a/b", ".git", "..", "", "b"),
    empty: fc.boolean(),
  }),
  { maxLength: 4 },
);

describe("the git program", () => {
  it("gives the changes between forged trees that diff-tree prints, or fails where it does", async () => {
    const file = writeObject(gitdir, "blob", "x\n");
    const inner = writeFiles(["y"]);
    const forge = (entries: readonly ForgedEntry[]): ObjectId =>
      writeTree(
        gitdir,
        entries.map(({ mode, name: written, empty }) => {
          const folder = (Number.parseInt(mode, 8) & 0o170000) === 0o40000;
          return { mode, name: written, oid: folder ? (empty ? EMPTY_TREE : inner) : file };
        }),
      );
    writeObject(gitdir, "tree", "");
    await fc.assert(
      fc.asyncProperty(forged, forged, async (before, after) => {
        const commit = writeChange(forge(before), forge(after));
        const printed = attempt(() => rawDiff(repo, commit).toString("latin1"));
        const changes = await changesOf("the git program", commit, false).catch(() => undefined);
        expect(changes && formatRaw(changes).toString("latin1")).toBe(printed);
      }),
      { numRuns: 150 },
    );
  });
});

function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

describe("isomorphic-git", () => {
  it("counts the lines of the smallest difference, however often a line occurs", async () => {
    const lines = (count: number, most: number) => fc.array(fc.integer({ min: 0, max: most }), { maxLength: count });
    const file = fc.oneof(lines(12, 2), lines(120, 3), lines(300, 40));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(file, file), { minLength: 1, maxLength: 8 }), async (files) => {
        const texts = files.map((pair) => pair.map((numbers) => numbers.map((line) => `${line}\n`).join("")));
        const commit = writeChange(
          writeFiles(texts.map(([old = ""]) => old)),
          writeFiles(texts.map(([, now = ""]) => now)),
        );
        const changes = await changesOf("isomorphic-git on disk", commit);
        const expected = files
          .filter(([old, now]) => old.join() !== now.join())
          .map(([old, now]) => smallest(old, now));
        expect(changes.map((change) => change.lines)).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

/** The textbook's table of longest common subsequences. */
function smallest(old: readonly number[], now: readonly number[]): { added: number; deleted: number } {
  let row = new Array<number>(now.length + 1).fill(0);
  for (const line of old) {
    const next = [0];
    for (const [j, other] of now.entries()) {
      next.push(line === other ? (row[j] as number) + 1 : Math.max(row[j + 1] as number, next[j] as number));
    }
    row = next;
  }
  const common = row[now.length] as number;
  return { added: now.length - common, deleted: old.length - common };
}
