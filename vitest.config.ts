import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["countersign-source"] },
  ssr: { resolve: { conditions: ["countersign-source"] } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: ["test/rig/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
