import { run } from "../process/run.ts";
import type { Repo } from "../repository/repo.ts";

/** `mode id` of what stands at each path. */
type Files = ReadonlyMap<string, string>;

function filesOf(repo: Repo, commit: string | undefined): Files {
  if (commit === undefined) return new Map();
  const { stdout } = run("git", ["ls-tree", "-r", "-z", commit], { cwd: repo.dir, env: repo.env });
  const lines = stdout.split("\0").filter(Boolean);
  return new Map(
    lines.map((line) => [line.slice(line.indexOf("\t") + 1), line.split("\t")[0]?.replace(/ \w+ /, " ") ?? ""]),
  );
}

/** What git merges two files into, or undefined. */
function mergedFile(repo: Repo, base: string, ours: string, theirs: string): string | undefined {
  if (![base, ours, theirs].every((entry) => entry.startsWith("100"))) return undefined;
  const script = `for side in ours base theirs; do eval "git cat-file blob \\$$side" >"$TMP_DIR/$side"; done
    git merge-file -p -q "$TMP_DIR/ours" "$TMP_DIR/base" "$TMP_DIR/theirs" | git hash-object -w --stdin`;
  const ids = { ours, base, theirs };
  const variables = Object.fromEntries(Object.entries(ids).map(([side, entry]) => [side, entry.split(" ")[1] ?? ""]));
  const env = { ...repo.env, ...variables, TMP_DIR: repo.git(["rev-parse", "--absolute-git-dir"]) };
  const { status, stdout } = run("bash", ["-c", `set -o pipefail; ${script}`], { cwd: repo.dir, env });
  return status === 0 ? `${ours.split(" ")[0]} ${stdout.trim()}` : undefined;
}

/** The raw records of what a merge does itself, by git alone: against what each path's clean merge gives. */
export function ownChangeOf(repo: Repo, commit: string, parents: readonly string[]): string {
  const zero = `000000 ${"0".repeat(repo.oid(commit).length)}`;
  const how = parents.length > 2 ? ["--octopus"] : ["--all"];
  const asked = run("git", ["merge-base", ...how, ...parents], { cwd: repo.dir, env: repo.env });
  const bases = asked.stdout.split("\n").filter(Boolean);
  const [first] = bases;
  if (bases.length > 1) throw new Error("only histories with one merge base are signed here");
  const [base, tree, ...sides] = [first, commit, ...parents].map((each) => filesOf(repo, each));
  const at = (files: Files | undefined, path: string): string => files?.get(path) ?? zero;
  const paths = [...new Set([base, tree, ...sides].flatMap((files) => [...(files?.keys() ?? [])]))];
  paths.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return paths
    .map((path) => {
      const changed = [...new Set(sides.map((side) => at(side, path)))].filter((entry) => entry !== at(base, path));
      const [ours = at(base, path), theirs] = changed;
      const clean =
        theirs === undefined ? ours : parents.length > 2 ? undefined : mergedFile(repo, at(base, path), ours, theirs);
      const [before, after] = [clean ?? at(sides[0], path), at(tree, path)];
      if (clean === after) return "";
      const status =
        before === zero ? "A" : after === zero ? "D" : before.slice(0, 3) === after.slice(0, 3) ? "M" : "T";
      const [[oldMode, oldOid], [newMode, newOid]] = [before.split(" "), after.split(" ")] as const;
      return `:${oldMode} ${newMode} ${oldOid} ${newOid} ${status}\0${path}\0`;
    })
    .join("");
}
