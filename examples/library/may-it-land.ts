import { writeFile } from "node:fs/promises";
import { openRepository } from "@countersign/git";
import { formatMarkdown } from "@countersign/report";

await using repository = await openRepository(".");
const decision = await repository.judge("HEAD");
for (const { subject, agents, missing } of decision.commits) {
  console.log(subject, agents, missing ?? "may land");
}
await writeFile("comment.md", formatMarkdown(decision));
process.exitCode = decision.exitCode;
