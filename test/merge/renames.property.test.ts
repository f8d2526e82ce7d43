import { readFileSync } from "node:fs";
import type { ObjectId } from "@countersign/core";
import { openGitRepository } from "@countersign/git/internal";
import fc from "fast-check";
import { expect, it } from "vitest";
import { mergeCommits } from "../../packages/core/src/merge-way/merge-trees.ts";
import { WouldBeRepository } from "../../packages/core/src/merge-way/would-be-repository.ts";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";

/** The lines of the files at each path. */
type Files = ReadonlyMap<string, readonly string[]>;

const PATHS = ["a", "b", "d/x", "d/y", "d/in/z", "e/w"];
const NEW_PATHS = ["n", "d/n", "d/in/n", "e/n", "g/n", "a/n", "g/in/z"];
const BASE: Files = new Map(
  PATHS.map((path) => [path, Array.from({ length: 12 }, (_, line) => `${path} ${line}\n`)] as const),
);

const step = fc.record({
  how: fc.constantFrom("edit", "edit", "rename", "rename", "rename and edit", "copy", "delete", "add", "move folder"),
  path: fc.constantFrom(...PATHS),
  line: fc.nat(11),
  to: fc.constantFrom(...NEW_PATHS),
  folder: fc.constantFrom(["d/", "g/"], ["d/", "e/"], ["d/in/", "d/"], ["d/", ""], ["e/", "d/in/"]),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const steps = fc.array(step, { minLength: 1, maxLength: 3 });
const histories = fc.record({ crossed: fc.boolean(), ours: steps, theirs: steps, ourLast: steps, theirLast: steps });

function take(files: Files, all: readonly Step[], side: string): Files {
  const now = new Map(files);
  const edited = (lines: readonly string[], at: number) => lines.with(at % lines.length, `${side} ${at}\n`);
  for (const { how, path, line, to, folder } of all) {
    const lines = now.get(path);
    if (how === "add") now.set(to, [`${side} ${to}\n`, "new\n"]);
    else if (how === "move folder") {
      for (const [old, moved] of [...now].filter(([old]) => old.startsWith(folder[0] as string))) {
        now.delete(old);
        now.set(`${folder[1]}${old.slice((folder[0] as string).length)}`, moved);
      }
    } else if (lines) {
      if (how !== "edit" && how !== "copy") now.delete(path);
      if (how === "edit") now.set(path, edited(lines, line));
      else if (how === "rename and edit") now.set(to, edited(lines, line));
      else if (how !== "delete") now.set(to, lines);
    }
  }
  // No file stands where there is a folder.
  for (const path of now.keys()) if ([...now.keys()].some((other) => other.startsWith(`${path}/`))) now.delete(path);
  return now;
}

/** Writes all commits at once. */
class Importer {
  #stream = "";
  #count = 0;

  commit(files: Files, parents: readonly number[] = []): number {
    this.#count += 1;
    const [from, ...merged] = parents;
    this.#stream += `commit refs/heads/x\nmark :${this.#count}\ncommitter A <a@example.org> 0 +0000\ndata 0\n`;
    this.#stream += from === undefined ? "" : `from :${from}\n`;
    this.#stream += merged.map((parent) => `merge :${parent}\n`).join("");
    this.#stream += "deleteall\n";
    for (const [path, lines] of files) {
      const text = lines.join("");
      this.#stream += `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`;
    }
    // The next one begins again unless it says where.
    this.#stream += "\nreset refs/heads/x\n\n";
    return this.#count;
  }

  /** The ids of the commits, by their numbers. */
  run(repo: Repo): readonly string[] {
    const marks = `${repo.dir}/marks`;
    repo.git(["fast-import", "--quiet", "--force", `--export-marks=${marks}`], { input: this.#stream });
    const ids: string[] = [];
    for (const line of readFileSync(marks, "utf8").split("\n")) {
      const [mark = "", oid = ""] = line.split(" ");
      ids[Number(mark.slice(1))] = oid;
    }
    return ids;
  }
}

it("a merge in memory of files that were renamed, moved, copied and added is git's, or is given up", async () => {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  const importer = new Importer();
  const samples = fc.sample(histories, 150).map((history) => {
    const { crossed, ours, theirs, ourLast, theirLast } = history;
    const root = importer.commit(BASE);
    const [our, their] = [take(BASE, ours, "ours"), take(BASE, theirs, "theirs")];
    const sides = [importer.commit(our, [root]), importer.commit(their, [root])] as const;
    if (!crossed) return { history, ours: sides[0], theirs: sides[1] };
    const both = [take(our, theirs, "theirs"), take(their, ours, "ours")] as const;
    return {
      history,
      ours: importer.commit(take(both[0], ourLast, "our last"), sides),
      theirs: importer.commit(take(both[1], theirLast, "their last"), [sides[1], sides[0]]),
    };
  });
  const ids = importer.run(repo);
  const input = samples.map(({ ours, theirs }) => `${ids[ours]} ${ids[theirs]}\n`).join("");
  const answers = repo.git(["merge-tree", "--stdin", "--name-only", "--no-messages"], { input }).split("\0\0");
  const repository = await openGitRepository(repo.dir, repo.env);
  let [made, givenUp] = [0, 0];
  for (const [index, { history, ours, theirs }] of samples.entries()) {
    const [clean, tree] = answers[index]?.split("\0").filter(Boolean) ?? [];
    const would = new WouldBeRepository(repository);
    const merged = await mergeCommits(would, ids[ours] as ObjectId, ids[theirs] as ObjectId);
    if ("tree" in merged) {
      expect({ clean, tree }, JSON.stringify(history)).toEqual({ clean: "1", tree: merged.tree });
      made += 1;
    } else if (clean === "1") givenUp += 1;
  }
  expect(made).toBeGreaterThan(givenUp);
  await repository.close();
});
