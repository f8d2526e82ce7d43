import { existsSync, readFileSync } from "node:fs";
import { setPriority } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { MutantResult } from "@stryker-mutator/api/core";
import { Stryker } from "@stryker-mutator/core";
import { EQUIVALENTS } from "./equivalents/index.ts";
import { AREAS, STRYKER } from "./stryker.ts";

// usage: mutate [PLACE…]: changes the code of these folders and files of core, one spot at a time, and says which changes
// no unit test beside that code notices. `policy/glob` is a place, and so is `cosign/verify.ts`; without one, all of AREAS.

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SOURCES = "packages/core/src";

process.chdir(ROOT);
setPriority(10);
const places = process.argv.length > 2 ? process.argv.slice(2) : AREAS;
const unknown = places.filter((place) => !existsSync(join(SOURCES, place)));
if (unknown.length > 0) {
  console.error(`${SOURCES} has no ${unknown.join(", ")}`);
  process.exit(2);
}
for (const place of places) report(place, await mutate(place));

function mutate(place: string): Promise<readonly MutantResult[]> {
  const isFile = place.endsWith(".ts");
  return new Stryker({
    ...STRYKER,
    mutate: [`${SOURCES}/${place}${isFile ? "" : "/**/*.ts"}`, "!**/*.test.ts", "!**/*.fixture.ts"],
    vitest: { configFile: "test/mutation/vitest.config.ts", dir: `${SOURCES}/${isFile ? dirname(place) : place}` },
    jsonReporter: { fileName: `reports/mutation/${place.replaceAll("/", "-")}.json` },
  }).runMutationTest();
}

function report(place: string, mutants: readonly MutantResult[]): void {
  const alive = mutants.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  const [explained, gaps] = [alive.filter(isEquivalent), alive.filter((mutant) => !isEquivalent(mutant))];
  for (const mutant of gaps) console.log(describe(mutant));
  const dead = EQUIVALENTS.filter(
    ({ file, code, mutated }) =>
      `${file}/`.startsWith(`${place}/`) && !alive.some((mutant) => isNamed(mutant, { file, code, mutated })),
  );
  for (const { file, code, mutated } of dead) {
    console.log(`equivalents/ names ${file}: ${code} → ${mutated}; no such mutant is alive`);
  }
  const killed = mutants.filter(({ status }) => status === "Killed" || status === "Timeout").length;
  const asked = killed + gaps.length;
  const score = ((100 * killed) / Math.max(asked, 1)).toFixed(1);
  console.log(`| ${place} | ${killed} | ${gaps.length} | ${explained.length} | ${score} % |`);
  if (gaps.length > 0 || dead.length > 0) process.exitCode = 1;
}

function isEquivalent(mutant: MutantResult): boolean {
  return EQUIVALENTS.some((equivalent) => isNamed(mutant, equivalent));
}

function isNamed(
  mutant: MutantResult,
  { file, code, mutated }: { readonly file: string; readonly code: string; readonly mutated: string },
): boolean {
  return (
    mutant.fileName.endsWith(`${SOURCES}/${file}`) && originalOf(mutant) === code && mutant.replacement === mutated
  );
}

function originalOf({ fileName, location: { start, end } }: MutantResult): string {
  const lines = readFileSync(fileName, "utf8")
    .split("\n")
    .slice(start.line - 1, end.line);
  return lines
    .map((line, at) =>
      line.slice(at === 0 ? start.column - 1 : 0, at === end.line - start.line ? end.column - 1 : line.length).trim(),
    )
    .join(" ");
}

function describe(mutant: MutantResult): string {
  const place = `${relative(ROOT, mutant.fileName)}:${mutant.location.start.line}`;
  return `${place} ${mutant.status}\n  - ${originalOf(mutant)}\n  + ${mutant.replacement}`;
}
