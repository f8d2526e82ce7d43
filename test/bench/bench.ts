import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchAudit } from "./audit.ts";
import { benchCommitHooks } from "./commit-hooks.ts";
import { benchCosigns } from "./cosigns.ts";
import { benchHookedGit } from "./hooked-git.ts";
import { benchLog } from "./log.ts";
import { benchNeighbours } from "./neighbours.ts";
import { benchPrePush } from "./pre-push.ts";
import { benchReceive } from "./receive.ts";
import { Report } from "./report.ts";

// usage: bench [--node PATH]... [--write]
// With --node only what depends on the start of Node is measured, once for each; --write keeps all of it in RESULTS.md.

const { values } = parseArgs({
  options: { node: { type: "string", multiple: true, default: [] }, write: { type: "boolean", default: false } },
});
const RESULTS = fileURLToPath(new URL("RESULTS.md", import.meta.url));

function measureStart(node: string): Report {
  const report = new Report(node);
  benchPrePush(report);
  benchCommitHooks(report);
  return report;
}

function measureAll(): Report {
  const report = measureStart(process.execPath);
  benchHookedGit(report);
  benchNeighbours(report);
  benchReceive(report);
  benchLog(report);
  benchAudit(report);
  benchCosigns(report);
  return report;
}

const pages: string[] = [];
if (values.write || values.node.length === 0) pages.push(measureAll().toMarkdown());
for (const node of values.node) {
  console.log(`\n${node}`);
  pages.push(measureStart(node).toMarkdown());
}
if (values.write) writeFileSync(RESULTS, `# What it costs\n\n${pages.join("\n---\n\n")}`);
