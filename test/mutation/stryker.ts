import type { PartialStrykerOptions } from "@stryker-mutator/api/core";

/** The folders of core on which every verdict rests. */
export const AREAS: readonly string[] = ["trailer", "cosign", "policy", "judge"];

export const STRYKER: PartialStrykerOptions = {
  testRunner: "vitest",
  // pnpm keeps the runner where Stryker does not look by itself.
  plugins: [import.meta.resolve("@stryker-mutator/vitest-runner")],
  coverageAnalysis: "perTest",
  concurrency: 1,
  // A mutant that never ends is found by counting its steps; this is for one that hangs without.
  timeoutMS: 3000,
  reporters: ["json", "progress-append-only"],
  cleanTempDir: "always",
  tempDirName: "reports/mutation/sandbox",
  // What is copied before it is changed: core, and what its tests are run with.
  ignorePatterns: [
    "**/dist",
    "examples",
    "reports",
    "test/*",
    "!test/mutation",
    "packages/*",
    "!packages/core",
    "/tsconfig.json",
  ],
  // Stryker would rewrite it through TypeScript's programming interface.
  tsconfigFile: "none",
  allowConsoleColors: false,
  logLevel: "warn" as never,
};
