import { spawnSync } from "node:child_process";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import type { Report } from "./report.ts";

const COMMITS = 80_000;

/** What `log` costs on a long history, beside git's reading of the same commits. */
export function benchLog(report: Report): void {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  importHistory(repo);
  const shell = (command: string) => (probe: NodeJS.ProcessEnv) => {
    const env = { ...repo.env, ...probe };
    spawnSync("sh", ["-c", `${command} >/dev/null`], { cwd: repo.dir, env, stdio: "ignore" });
  };
  report.compare(
    `Listing ${COMMITS.toLocaleString("en")} commits`,
    { rounds: 5 },
    {
      "git rev-list --all | git cat-file --batch": shell("git rev-list --all | git cat-file --batch"),
      "countersign log --all --format jsonl": shell(`"${report.node}" "${COUNTERSIGN_BIN}" log --all --format jsonl`),
    },
  );
}

/** Messages of the size that real projects have, one in twenty with an agent's mark. */
function importHistory(repo: Repo): void {
  const body =
    "The request is sent again when the server closes the connection early,\nas the old client did.\n\n".repeat(3);
  const commits: string[] = [];
  for (let index = 0; index < COMMITS; index += 1) {
    const mark = index % 20 === 0 ? "Co-authored-by: Claude <noreply@anthropic.com>\n" : "";
    const person = `Person ${index % 97} <p${index % 97}@acme.example>`;
    const message = `upload: retry number ${index}\n\n${body}${mark}Signed-off-by: ${person}\n`;
    const when = `${1_500_000_000 + index * 60} +0000`;
    commits.push(
      `commit refs/heads/main\nauthor ${person} ${when}\ncommitter ${person} ${when}\ndata ${message.length}\n${message}`,
    );
  }
  repo.git(["fast-import", "--quiet"], { input: commits.join("\n") });
}
