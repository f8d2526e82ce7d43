import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "rolldown";

const PRE_PUSH = "packages/pre-push/src/bin.ts";
const COMMIT_HOOKS = {
  "pre-commit": "packages/pre-commit/src/bins/pre-commit.ts",
  "prepare-commit-msg": "packages/pre-commit/src/bins/prepare-commit-msg.ts",
  "commit-msg": "packages/pre-commit/src/bins/commit-msg.ts",
};

/** Bins that are made together: where to, from what, and in which folder beside them the parts lie that they share. */
interface Bundle {
  readonly to: string;
  readonly bins: Readonly<Record<string, string>>;
  readonly chunks?: string;
}

/**
 * Bins are bundled without runtime dependencies, so that a hook starts fast and installs as one package. What a bin needs
 * now and then, such as the policy's parser, lies in chunks beside it. A push always needs the policy. The program's
 * package has the hooks too: whatever installs it, also for the whole machine, links all that is needed.
 */
const bundles: readonly Bundle[] = [
  { to: "packages/pre-commit/dist", bins: COMMIT_HOOKS, chunks: "chunks" },
  { to: "packages/pre-push/dist", bins: { bin: PRE_PUSH }, chunks: "chunks" },
  { to: "packages/cli/dist", bins: { bin: "packages/cli/src/bin.ts" }, chunks: "chunks" },
  { to: "packages/cli/dist", bins: { husky: "packages/cli/src/husky.ts" } },
  { to: "packages/cli/dist", bins: { "pre-push": PRE_PUSH } },
  { to: "packages/cli/dist", bins: COMMIT_HOOKS, chunks: "commit-hooks" },
];

/** The schema that editors check a policy with lies where every adopter has it: in the installed program. */
const policySchema: Plugin = {
  name: "policy-schema",
  generateBundle({ dir }) {
    if (!dir?.endsWith("packages/cli/dist")) return;
    const source = readFileSync("packages/core/schema/policy.schema.json", "utf8");
    this.emitFile({ type: "asset", fileName: "policy.schema.json", source });
  },
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

const SHARED = "shared";

/**
 * What is needed in two places or more goes into chunks by the places that need it: compiling takes some 4 ms for each
 * 100 KB, so that nothing should be loaded for others. Each file takes time too; small ones are joined.
 */
const COMMON = { name: SHARED, minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 24_000 };

/** What js-yaml defines of types and schemas goes with the bundle unless it is said that defining them does nothing else. */
const pureTags: Plugin = {
  name: "pure-tags",
  transform(code, id) {
    // cosmiconfig brings an older one, which has none of these.
    if (!id.endsWith("js-yaml.mjs") || !code.includes("defineScalarTag")) return undefined;
    const marked = code.replace(
      /^(var \w+ = )(?=define\w+Tag\(|new Schema\(|\w+_SCHEMA\.withTags\()/gm,
      "$1/* @__PURE__ */ ",
    );
    if (marked === code) throw new Error("the definitions of js-yaml were not found");
    return marked;
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
function withoutOldChunks({ to, chunks }: Bundle): Plugin {
  return {
    name: "without-old-chunks",
    buildStart: () => {
      if (chunks !== undefined) rmSync(join(to, chunks), { recursive: true, force: true });
    },
  };
}

export default defineConfig(
  bundles.map((bundle) => ({
    input: bundle.bins,
    external: ["husky"],
    platform: "node" as const,
    resolve: {
      // Without the condition "node" yaml comes as an ES module, of which only what is used gets into the bundle.
      conditionNames: ["countersign-source", "import", "default"],
      // What the package names as its main file takes its parts from a function that no bundler sees through.
      alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    },
    plugins: [pureTags, withoutOldChunks(bundle), commonJs, policySchema, lateCrypto, asciiOnly, entriesAlone],
    output: {
      dir: bundle.to,
      entryFileNames: "[name].js",
      // What several bins share would be named after them all.
      chunkFileNames: ({ name }) => `${bundle.chunks}/${name.startsWith(SHARED) ? `${SHARED}-[hash]` : "[name]"}.js`,
      codeSplitting: bundle.chunks !== undefined && { groups: [COMMON] },
      format: "cjs" as const,
      comments: false,
      minify: true,
    },
  })),
);
