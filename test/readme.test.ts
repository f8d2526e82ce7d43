import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OVERVIEW_FORMATS, REPORT_FORMATS } from "@countersign/report";
import { expect, it } from "vitest";
import { installers } from "../packages/setup/src/agents/installers/installers.ts";
import { ROOT } from "./rig/suite/bins.ts";

/** What the first column of a table in a README names, from the line that heads it. */
function namesIn(file: string, head: string): readonly string[] {
  const table = readFileSync(join(ROOT, file), "utf8").split(head)[1]?.split("\n\n")[0] ?? "";
  const cells = table.split("\n").map((row) => row.split("|")[1] ?? "");
  return cells.flatMap((cell) => cell.match(/[a-z][\w-]*/gi) ?? []).sort();
}

it("lists on the policy's page every field of it", () => {
  const schema = JSON.parse(readFileSync(join(ROOT, "packages/core/schema/policy.schema.json"), "utf8"));
  const fields = Object.keys(schema.properties).filter((field) => field !== "$schema");
  expect(namesIn("packages/cli/docs/policy.md", "| field | what it says |")).toEqual(fields.sort());
});

it("lists on the program's pages every format, and every agent whose hooks it installs", () => {
  expect(namesIn("packages/cli/docs/check.md", "| `--format` | is |")).toEqual([...REPORT_FORMATS].sort());
  expect(namesIn("packages/cli/docs/report.md", "| `--format` | is |")).toEqual([...OVERVIEW_FORMATS].sort());
  const agents = installers.map(({ id }) => id);
  expect(namesIn("packages/cli/docs/agents.md", "| agent | file | marks |")).toEqual(agents.sort());
});

it("offers on the policy's page that of the demo", () => {
  const page = readFileSync(join(ROOT, "packages/cli/docs/policy.md"), "utf8");
  expect(page).toContain(readFileSync(join(ROOT, "examples/demo/countersign.config.yaml"), "utf8").trim());
});
