import { defineConfig } from "vitest/config";

// Stryker names the folder. What asks for linear time would take minutes where every step is counted.
export default defineConfig({
  test: { include: ["**/*.test.ts"], exclude: ["**/large-*.test.ts"], isolate: false, testTimeout: 60_000 },
});
