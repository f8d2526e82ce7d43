import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build } from "rolldown";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { GATE } from "../../rolldown.config.ts";
import { openScratch } from "../rig/repository/scratch.ts";
import { COUNTERSIGN_BIN, GATE_FILE, ROOT } from "../rig/suite/bins.ts";

const PACKAGE = join(ROOT, "packages/action");

it("the gate is the file that its source gives, whoever builds it and however often", async () => {
  using scratch = openScratch();
  const built: string[] = [];
  for (const name of ["one", "two"]) {
    await build({ ...GATE, cwd: ROOT, logLevel: "warn", output: { ...GATE.output, dir: join(scratch.dir, name) } });
    built.push(readFileSync(join(scratch.dir, name, "gate.mjs"), "utf8"));
  }
  expect(built[0]).toBe(built[1]);
  expect(built[0]).toBe(readFileSync(GATE_FILE, "utf8"));
  // A release commits it beside action.yml; here it is not kept.
  const kept = execFileSync("git", ["ls-files", "packages/action/dist"], { cwd: ROOT, encoding: "utf8" });
  if (kept !== "")
    expect(execFileSync("git", ["show", "HEAD:packages/action/dist/gate.mjs"], { cwd: ROOT, encoding: "utf8" })).toBe(
      built[0],
    );
});

it("the gate imports nothing but what Node has, and names no folder of the machine that built it", () => {
  const text = readFileSync(GATE_FILE, "utf8");
  const imported = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?["']([^"'\n]+)["']/g)].map(([, name = ""]) => name);
  expect(imported.length).toBeGreaterThan(0);
  expect(imported.filter((name) => !isBuiltin(name))).toEqual([]);
  expect(text).not.toContain(ROOT);
});

it("the program brings the very file, so that init needs nothing from elsewhere", () => {
  expect(readFileSync(join(COUNTERSIGN_BIN, "../gate.mjs"), "utf8")).toBe(readFileSync(GATE_FILE, "utf8"));
});

it("action.yml runs that file, and its inputs are those that the gate reads", () => {
  const { runs, inputs } = parse(readFileSync(join(PACKAGE, "action.yml"), "utf8")) as {
    runs: { using: string; main: string };
    inputs: Record<string, unknown>;
  };
  expect(runs.using).toMatch(/^node2\d$/);
  expect(existsSync(join(PACKAGE, runs.main))).toBe(true);
  const sources = readdirSync(join(PACKAGE, "src"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const text = sources.map((name) => readFileSync(join(PACKAGE, "src", name), "utf8")).join("");
  const read = [...text.matchAll(/\binput\("(\w+)"\)/g)].map(([, name]) => name);
  expect([...new Set(read)].sort()).toEqual(Object.keys(inputs).sort());
});
