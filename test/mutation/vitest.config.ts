import { defineConfig } from "vitest/config";

// Stryker names the folder. Files are isolated, since what a module does as it is loaded is changed too.
// What asks for linear time would take minutes where every step is counted.
export default defineConfig({
  test: { include: ["**/*.test.ts"], exclude: ["**/large-*.test.ts"], testTimeout: 60_000 },
});
