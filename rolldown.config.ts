import { defineConfig } from "rolldown";

/** Each bin is one file without runtime dependencies, so that a hook starts fast and installs as one package. */
const bins = {
  "packages/pre-push/src/bin.ts": "packages/pre-push/dist/bin.js",
  "packages/cli/src/bin.ts": "packages/cli/dist/bin.js",
};

export default defineConfig(
  Object.entries(bins).map(([input, file]) => ({
    input,
    platform: "node",
    resolve: { conditionNames: ["countersign-source", "import", "node", "default"] },
    output: { file, format: "esm", codeSplitting: false, comments: false },
  })),
);
