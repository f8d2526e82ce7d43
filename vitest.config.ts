import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Most of a test is waiting for git.
    maxWorkers: "100%",
    projects: [
      {
        resolve: { conditions: ["countersign-source"] },
        ssr: { resolve: { conditions: ["countersign-source"] } },
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts"],
          pool: "threads",
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        resolve: { conditions: ["countersign-source"] },
        ssr: { resolve: { conditions: ["countersign-source"] } },
        test: {
          name: "blackbox",
          include: ["test/**/*.test.ts"],
          globalSetup: ["test/rig/suite/global-setup.ts"],
          setupFiles: ["test/rig/suite/fixed-seed.ts"],
          isolate: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
