import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Repo } from "../rig/repository/repo.ts";
import { gitdirOf } from "./backends.ts";
import { writeCommit, writeObject, writeTree } from "./raw.ts";

/** Repositories that hold what a history can hold. */
export const WORLDS: readonly { readonly name: string; build(repo: Repo): void }[] = [
  { name: "a linear history", build: linear },
  { name: "merges of every kind", build: merges },
  { name: "every kind of change", build: changes },
  { name: "paths that are no text", build: paths },
  { name: "trees that git would not write", build: oddTrees },
  { name: "packs with deltas below loose objects", build: packs },
  { name: "refs of every kind", build: refs },
  { name: "history in disguise", build: disguised },
];

function linear(repo: Repo): void {
  repo.commit("one", { files: { "a.txt": "1\n2\n3\n" } });
  repo.commit("two", { files: { "a.txt": "1\n3\n4\n", "b.txt": "no line end" } });
  repo.commit("three", { files: { "b.txt": "no line end\n" } });
  repo.commit("nothing", { files: {} });
  repo.commit("", { files: { "a.txt": null } });
}

function merges(repo: Repo): void {
  repo.commit("base", { files: { "both.txt": "1\n2\n3\n" } });
  repo.git(["checkout", "-q", "-b", "left"]);
  repo.commit("left", { files: { "left.txt": "left\n" } });
  repo.git(["checkout", "-q", "-b", "right", "main"]);
  repo.commit("right", { files: { "right.txt": "right\n" } });
  repo.git(["merge", "-q", "--no-commit", "left"]);
  repo.commit("evil", { files: { "both.txt": "evil\n" } });
  // Each of two branches takes over the other's tip: two best common ancestors.
  repo.git(["checkout", "-q", "left"]);
  repo.git(["merge", "-q", "-m", "criss", "right~1"]);
  repo.git(["merge", "-q", "-s", "ours", "-m", "ours", "right"]);
  for (const name of ["one", "two", "three"]) {
    repo.git(["checkout", "-q", "-b", name, "main"]);
    repo.commit(name, { files: { [`${name}.txt`]: name } });
  }
  repo.git(["checkout", "-q", "main"]);
  repo.git(["merge", "-q", "-m", "octopus", "one", "two", "three"]);
  repo.git(["checkout", "-q", "--orphan", "island"]);
  repo.commit("island", { files: { "island.txt": "alone\n" } });
  repo.git(["merge", "-q", "--allow-unrelated-histories", "-m", "bridge", "main"]);
}

function changes(repo: Repo): void {
  repo.commit("files", {
    files: { "run.sh": "#!/bin/sh\n", "a/b/c/d/e.txt": "deep\n", "a.txt": "a\n", "a-b": "a\n", empty: "" },
  });
  const submodule = repo.oid("HEAD");
  const step = (message: string, ...entries: readonly string[]): void => {
    repo.git(["update-index", "--add", "--replace", "--index-info"], {
      input: entries.map((entry) => `${entry}\n`).join(""),
    });
    repo.git(["commit", "-q", "--allow-empty", "-m", message]);
  };
  const blob = (text: string): string => repo.git(["hash-object", "-w", "--stdin"], { input: text });
  step("mode", `100755 ${repo.oid("HEAD:run.sh")}\trun.sh`);
  step("link", `120000 ${blob("a.txt")}\tlink`);
  step("moved link", `120000 ${blob("a/b")}\tlink`);
  step("link becomes file", `100644 ${blob("a.txt")}\tlink`);
  step("submodule", `160000 ${submodule}\tlib`);
  step("submodule moves", `160000 ${repo.oid("HEAD")}\tlib`);
  step("submodule becomes file", `100644 ${blob("x\ny\n")}\tlib`);
  step(
    "file becomes folder",
    `0 ${"0".repeat(40)}\tlib`,
    `100644 ${blob("x\ny\n")}\tlib/x`,
    `100644 ${blob("z")}\tlib/y/z`,
  );
  step(
    "folder becomes submodule",
    `0 ${"0".repeat(40)}\tlib/x`,
    `0 ${"0".repeat(40)}\tlib/y/z`,
    `160000 ${submodule}\tlib`,
  );
  step("submodule goes", `0 ${"0".repeat(40)}\tlib`, `0 ${"0".repeat(40)}\tempty`);
  step("file and folder side by side", `0 ${"0".repeat(40)}\ta/b/c/d/e.txt`, `100644 ${blob("a")}\ta`);
}

function paths(repo: Repo): void {
  const gitdir = gitdirOf(repo);
  const names = ["tab\tname", "line\nname", 'quo"te', "back\\slash", " blank ", "ümläut", "*.txt", ":(top)x", "-dash"];
  const raw = [
    Buffer.of(0xff, 0xfe),
    Buffer.of(0xff, 0xfd),
    Buffer.of(0xc3),
    Buffer.from("e\u0301"),
    Buffer.from("\u{1f600}"),
  ];
  const all = [...names.map((name) => Buffer.from(name)), ...raw].sort(Buffer.compare);
  let parents: string[] = [];
  for (const text of ["one\n", "two\n"]) {
    const oid = writeObject(gitdir, "blob", text);
    const folder = writeTree(
      gitdir,
      all.map((name) => ({ mode: "100644", name, oid })),
    );
    const files = all.map((name) => ({ mode: "100644", name, oid }));
    const tree = writeTree(gitdir, [...files, { mode: "40000", name: Buffer.of(0xff, 0xff), oid: folder }]);
    parents = [writeCommit(gitdir, { tree, parents, message: text })];
  }
  repo.git(["update-ref", "refs/heads/main", parents[0] as string]);
}

function oddTrees(repo: Repo): void {
  const gitdir = gitdirOf(repo);
  const one = writeObject(gitdir, "blob", "1\n");
  const two = writeObject(gitdir, "blob", "2\n");
  const empty = writeTree(gitdir, []);
  let parents: string[] = [];
  for (const tree of [
    writeTree(gitdir, [{ mode: "100664", name: "f", oid: one }]),
    writeTree(gitdir, [{ mode: "100644", name: "f", oid: one }]),
    writeTree(gitdir, [
      { mode: "100711", name: "f", oid: one },
      { mode: "040000", name: "g", oid: empty },
    ]),
    writeTree(gitdir, [
      { mode: "100644", name: "f", oid: two },
      { mode: "100644", name: "f", oid: one },
    ]),
    writeTree(gitdir, [
      { mode: "40000", name: "d", oid: empty },
      { mode: "20000", name: "device", oid: one },
    ]),
  ]) {
    parents = [writeCommit(gitdir, { tree, parents })];
  }
  repo.git(["update-ref", "refs/heads/main", parents[0] as string]);
}

function packs(repo: Repo): void {
  const lines = (changed: number): string =>
    Array.from({ length: 400 }, (_, i) => `line ${i}${i === changed ? " changed" : ""}\n`).join("");
  for (let i = 0; i < 8; i += 1)
    repo.commit(`commit ${i}`, { files: { "large.txt": lines(i * 40), [`dir/${i}.txt`]: lines(i) } });
  repo.git(["tag", "-a", "-m", "packed", "v1"]);
  repo.git(["gc", "-q", "--aggressive", "--prune=now"]);
  repo.commit("second pack", { files: { "large.txt": lines(7) } });
  repo.git(["repack", "-q", "-d"]);
  repo.git(["pack-refs", "--all"]);
  repo.commit("loose", { files: { "large.txt": lines(9) } });
}

function refs(repo: Repo): void {
  const first = repo.commit("one");
  repo.git(["tag", "light"]);
  repo.git(["tag", "-a", "-m", "annotated", "annotated"]);
  repo.git(["tag", "-a", "-m", "nested", "nested", "annotated"]);
  repo.git(["tag", "of-tree", "HEAD^{tree}"]);
  repo.git(["tag", "-a", "-m", "tag of a tree", "annotated-tree", "HEAD^{tree}"]);
  repo.git(["pack-refs", "--all"]);
  repo.commit("two");
  for (const name of ["ma", "main-2", "mainz/x", "ünï", "a.b", "\u{1f600}", "\uff5e"]) repo.git(["branch", name]);
  repo.git(["update-ref", "refs/remotes/origin/main", first]);
  repo.git(["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
  repo.git(["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
  repo.git(["symbolic-ref", "refs/heads/alias-of-alias", "refs/heads/alias"]);
  repo.git(["symbolic-ref", "refs/heads/dangling", "refs/heads/nowhere"]);
  const gitdir = gitdirOf(repo);
  writeFileSync(join(gitdir, "refs/heads/left.lock"), `${first}\n`);
  writeFileSync(join(gitdir, "refs/heads/broken"), "no id\n");
  writeFileSync(join(gitdir, "refs/heads/empty"), "");
  writeFileSync(join(gitdir, "refs/heads/zeros"), `${"0".repeat(40)}\n`);
}

function disguised(repo: Repo): void {
  const one = repo.commit("one");
  const two = repo.commit("two");
  const three = repo.commit("three");
  const other = writeCommit(gitdirOf(repo), { message: "put in place of two" });
  repo.git(["replace", two, other]);
  const gitdir = gitdirOf(repo);
  writeFileSync(join(gitdir, "info/grafts"), `${three} ${one}\n`);
  writeFileSync(join(gitdir, "shallow"), `${two}\n`);
}
