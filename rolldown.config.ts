import { rmSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "rolldown";

/**
 * Bins are bundled without runtime dependencies, so that a hook starts fast and installs as one package. What a bin needs
 * now and then, such as the policy's parser, lies in chunks beside it. A push always needs the policy.
 */
const packages = [
  {
    folder: "packages/pre-commit",
    bins: {
      "pre-commit": "src/bins/pre-commit.ts",
      "prepare-commit-msg": "src/bins/prepare-commit-msg.ts",
      "commit-msg": "src/bins/commit-msg.ts",
    },
    chunks: true,
  },
  { folder: "packages/pre-push", bins: { bin: "src/bin.ts" }, chunks: false },
  { folder: "packages/cli", bins: { bin: "src/bin.ts" }, chunks: true },
];

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

/**
 * Left to itself the bundler keeps in an entry what a chunk needs too, and that chunk would then run the entry once
 * more where it was started by another path.
 */
const entriesAlone: Plugin = {
  name: "entries-alone",
  generateBundle(_options, bundle) {
    for (const { fileName, ...chunk } of Object.values(bundle)) {
      if (chunk.type === "chunk" && !chunk.isEntry && /require\(["'`]\.\.\//.test(chunk.code)) {
        throw new Error(`${fileName} needs what an entry holds: let that entry load a main module`);
      }
    }
  },
};

/** Chunks are named after what is in them; one that is not made any more must not be published. */
function withoutOldChunks(folder: string): Plugin {
  return {
    name: "without-old-chunks",
    buildStart: () => rmSync(join(folder, "dist/chunks"), { recursive: true, force: true }),
  };
}

export default defineConfig(
  packages.map(({ folder, bins, chunks }) => ({
    input: Object.fromEntries(Object.entries(bins).map(([name, source]) => [name, join(folder, source)])),
    platform: "node" as const,
    // Without the condition "node" yaml comes as an ES module, of which only what is used gets into the bundle.
    resolve: {
      conditionNames: ["countersign-source", "import", "default"],
      // What the package names as its main file takes its parts from a function that no bundler sees through.
      alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    },
    plugins: [withoutOldChunks(folder), commonJs, lateCrypto, asciiOnly, entriesAlone],
    output: {
      dir: join(folder, "dist"),
      entryFileNames: "[name].js",
      chunkFileNames: "chunks/[name].js",
      codeSplitting: chunks && { groups: [{ name: "shared", minShareCount: 2 }] },
      format: "cjs" as const,
      comments: false,
      minify: true,
    },
  })),
);
