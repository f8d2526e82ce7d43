import type { Repo } from "./repo.ts";

/** So many commits that the hook asks git for a list of them; a few are read one by one. */
export const MANY = 61;

/** Puts that many clean commits on the branch that is checked out, `main`. */
export function addMany(repo: Repo): void {
  const commits = Array.from({ length: MANY }, (_, index) => {
    const when = `${1_700_000_000 + index} +0000`;
    const from = index === 0 ? `from ${repo.oid("HEAD")}\n` : "";
    return `commit refs/heads/main\ncommitter Bob <bob@acme.example> ${when}\ndata 1\nx\n${from}`;
  });
  repo.git(["fast-import", "--quiet", "--force"], { input: commits.join("\n") });
}
