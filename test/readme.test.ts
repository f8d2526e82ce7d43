import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./rig/bins.ts";

/** Ids and the temporary folder differ from run to run; all else in the README is what the demo prints. */
function mask(text: string): string {
  return text
    .replace(/SHA256:[\w+/]+/g, "<key>")
    .replace(/\b[0-9a-f]{7,64}\b/g, "<id>")
    .replace(/countersign-demo(?:-\w+)?/g, "<folder>")
    .replace(/\S*\/<folder>/g, "<folder>")
    .replace(/[ \t]+$/gm, "");
}

it("shows in the README what the demo really prints", { timeout: 120_000 }, () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const shown = [...readme.matchAll(/```console\n(.*?)\n```/gs)].map(([, block = ""]) => mask(block));
  expect(shown).toHaveLength(2);
  const { status, stdout } = spawnSync("npx", ["tsx", "examples/demo/src/demo.ts"], { cwd: ROOT, encoding: "utf8" });
  expect(status).toBe(0);
  // The second shows the ends of two scenes.
  for (const part of [shown[0], ...(shown[1] as string).split("\n\n")]) expect(mask(stdout)).toContain(part);
});

it("offers in the README the policy of the demo", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  expect(readme).toContain(readFileSync(join(ROOT, "examples/demo/countersign.config.yaml"), "utf8").trim());
});

it("shows in the README the check by hand that the tests run", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  expect(readme).toContain(readFileSync(join(ROOT, "examples/check-by-hand/check.sh"), "utf8").trim());
});
