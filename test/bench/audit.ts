import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { initRepo, type Repo } from "../rig/repository/repo.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN } from "../rig/suite/bins.ts";
import { CLAUDE, COSIGN, POLICY } from "../rig/worlds/push-world.ts";
import type { Case, Report } from "./report.ts";

const COMMITS = 100_000;
/** One in so many commits is an agent's, and co-signed. */
const ASSISTED_EVERY = 100;
/** Where there are merges, one in so many landings brings a commit by one. */
const MERGE_EVERY = 10;
const SHARDS = [1, 2, 3, 4].map((number) => `--shard ${number}/4`);

/** What an audit of a long history costs, beside `log` on the same branch. */
export function benchAudit(report: Report): void {
  benchHistory(report, "commits in a row", () => false);
  benchHistory(report, "landings, one in ten a merge", (at) => at % MERGE_EVERY === 0);
}

function benchHistory(report: Report, what: string, isMerge: (at: number) => boolean): void {
  using scratch = openScratch();
  const repo = initRepo(scratch, "repo");
  importHistory(repo, isMerge);
  const countersign = (...commands: readonly string[]): Case => {
    return (probe) => {
      for (const command of commands) {
        const script = `"${report.node}" "${COUNTERSIGN_BIN}" ${command} >/dev/null`;
        const { status } = spawnSync("sh", ["-c", script], { cwd: repo.dir, env: { ...repo.env, ...probe } });
        if (status !== 0) throw new Error(`${command} ended with ${status}`);
      }
    };
  };
  const again = countersign("audit main");
  report.compare(
    `Auditing ${COMMITS.toLocaleString("en")} ${what}`,
    { rounds: 1, warm: 0 },
    {
      "countersign log": countersign("log main --format jsonl"),
      "countersign audit, the first one": (probe) => {
        rmSync(join(repo.dir, ".git", "countersign"), { recursive: true, force: true });
        again(probe);
      },
      "countersign audit, again": again,
      "countersign audit --no-cache": countersign("audit main --no-cache"),
      "four shards of it together": countersign(...SHARDS.map((shard) => `audit main --no-cache ${shard}`)),
    },
  );
}

function importHistory(repo: Repo, isMerge: (at: number) => boolean): void {
  const files = (path: string, text: string): string =>
    `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  const chunks: string[] = [];
  let mark = 0;
  const commit = (ref: string, message: string, parents: readonly number[], file: string): number => {
    mark += 1;
    const person = `Bob <bob@acme.example> ${1_700_000_000 + mark} +0000`;
    const from = parents.map((parent, index) => `${index === 0 ? "from" : "merge"} :${parent}\n`);
    chunks.push(
      `commit refs/heads/${ref}\nmark :${mark}\nauthor ${person}\ncommitter ${person}\n`,
      `data ${Buffer.byteLength(message)}\n${message}\n${from.join("")}${file}`,
    );
    return mark;
  };
  let tip = commit("main", "Policy\n", [], files("countersign.config.yaml", POLICY));
  for (let at = 1; at <= COMMITS; at += 1) {
    const isAssisted = at % ASSISTED_EVERY === 0;
    const message = `Change ${at}\n\n${isAssisted ? `${CLAUDE}\n${COSIGN}\n` : "Because of this and that.\n"}`;
    const file = files(`src/${at % 25}/${at % 500}.txt`, `${at}\n`);
    if (isMerge(at)) {
      const topic = commit("topic", message, [tip], file);
      tip = commit("main", `Merge branch 'topic-${at}'\n`, [tip, topic], file);
    } else tip = commit("main", message, [tip], file);
  }
  repo.git(["fast-import", "--quiet", "--force"], { input: chunks.join("") });
  repo.git(["update-ref", "-d", "refs/heads/topic"]);
}
