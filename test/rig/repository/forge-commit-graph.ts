import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Repo } from "./repo.ts";

const HEADER = 8;
const TABLE_ROW = 12;

/** Writes a commit-graph file that names another parent than the commit itself does. */
export function forgeCommitGraph(repo: Repo, commit: string, parent: string): void {
  repo.git(["commit-graph", "write", "--reachable"]);
  const path = join(repo.commonDir, "objects/info/commit-graph");
  const graph = readFileSync(path);
  const width = commit.length / 2;
  const chunk = (name: string): number => {
    for (let row = HEADER; ; row += TABLE_ROW) {
      if (graph.toString("latin1", row, row + 4) === name) return Number(graph.readBigUInt64BE(row + 4));
    }
  };
  const ids = chunk("OIDL");
  const position = (oid: string): number => (graph.indexOf(oid, ids, "hex") - ids) / width;
  // A tree's id, two parents by their positions, then generation and date.
  graph.writeUInt32BE(position(parent), chunk("CDAT") + position(commit) * (width + 16) + width);
  chmodSync(path, 0o644);
  writeFileSync(path, graph);
}
