import { basename, dirname } from "node:path";
import { defineConfig, type Plugin } from "rolldown";

/** Each bin is one file without runtime dependencies, so that a hook starts fast and installs as one package. */
const bins = {
  "packages/pre-commit/src/bins/pre-commit.ts": "packages/pre-commit/dist/pre-commit.js",
  "packages/pre-commit/src/bins/prepare-commit-msg.ts": "packages/pre-commit/dist/prepare-commit-msg.js",
  "packages/pre-commit/src/bins/commit-msg.ts": "packages/pre-commit/dist/commit-msg.js",
  "packages/pre-push/src/bin.ts": "packages/pre-push/dist/bin.js",
  "packages/cli/src/bin.ts": "packages/cli/dist/bin.js",
};

/** CommonJS starts faster: Node sets up no module loader for it. The package around it holds ES modules. */
const commonJs: Plugin = {
  name: "common-js-folder",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "package.json", source: '{ "type": "commonjs" }\n' });
  },
};

/** node:crypto takes longer to load than most pushes take to judge, and only signatures need it. */
const lateCrypto: Plugin = {
  name: "late-crypto",
  renderChunk(code) {
    const late = 'new Proxy({}, { get: (_, name) => require("node:crypto")[name] })';
    const replaced = code.replace(/require\(["`]node:crypto["`]\)/, late);
    if (replaced === code && code.includes("node:crypto")) throw new Error("the load of node:crypto was not found");
    return replaced;
  },
};

/** A file with a single character beyond Latin-1 is kept as two bytes a character, and takes twice as long to compile. */
const asciiOnly: Plugin = {
  name: "ascii-only",
  // Behind the minifier, which would write the characters out again.
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === "chunk") chunk.code = chunk.code.replace(/[^\0-~]/g, escapeUnit);
    }
  },
};

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

export default defineConfig(
  Object.entries(bins).map(([input, file]) => ({
    input,
    platform: "node" as const,
    // Without the condition "node" yaml comes as an ES module, of which only what is used gets into the bundle.
    resolve: { conditionNames: ["countersign-source", "import", "default"] },
    plugins: [commonJs, lateCrypto, asciiOnly],
    output: {
      dir: dirname(file),
      entryFileNames: basename(file),
      format: "cjs" as const,
      codeSplitting: false,
      comments: false,
      minify: true,
    },
  })),
);
