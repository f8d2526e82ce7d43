import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { defineConfig, type Plugin } from "rolldown";

/** Bins of one package, bundled without runtime dependencies, so that they start fast and install as one package. */
interface Bundle {
  readonly to: string;
  readonly bins: Readonly<Record<string, string>>;
  /** The folder beside the bins for what they share, and for what they load only when they need it. */
  readonly chunks: string;
  readonly plugins?: readonly Plugin[];
}

/** What the hooks use of node:crypto. */
const CRYPTO = ["createHash", "createPublicKey", "randomBytes", "verify"];

/** To load node:crypto takes a hook longer than to ask git something, and most pushes and commits need nothing of it. */
const cryptoWhenUsed: Plugin = {
  name: "crypto-when-used",
  resolveId: (id) => (id === "node:crypto" ? "\0node-crypto" : null),
  load(id) {
    if (id !== "\0node-crypto") return null;
    return CRYPTO.map(
      (name) => `export const ${name} = (...args) => process.getBuiltinModule("node:crypto").${name}(...args);`,
    ).join("\n");
  },
};

const COMMIT_HOOKS: Bundle = {
  to: "packages/pre-commit/dist",
  bins: {
    "pre-commit": "packages/pre-commit/src/bins/pre-commit.ts",
    "prepare-commit-msg": "packages/pre-commit/src/bins/prepare-commit-msg.ts",
    "commit-msg": "packages/pre-commit/src/bins/commit-msg.ts",
  },
  chunks: "commit-chunks",
  plugins: [cryptoWhenUsed],
};

const PRE_PUSH: Bundle = {
  to: "packages/pre-push/dist",
  bins: { "pre-push": "packages/pre-push/src/bins/pre-push.ts" },
  chunks: "push-chunks",
  plugins: [cryptoWhenUsed],
};

const PRE_RECEIVE: Bundle = {
  to: "packages/pre-receive/dist",
  bins: { bin: "packages/pre-receive/src/bins/bin.ts" },
  chunks: "receive-chunks",
  plugins: [cryptoWhenUsed],
};

/** Anyone who installs the program, also for the whole machine, gets the hooks and the gate with it: the very files of their packages. */
const othersAsBuilt: Plugin = {
  name: "others-as-built",
  writeBundle({ dir }) {
    for (const { to, bins, chunks } of [COMMIT_HOOKS, PRE_PUSH, PRE_RECEIVE]) {
      for (const bin of Object.keys(bins)) {
        cpSync(join(to, `${bin}.js`), join(String(dir), `${bin === "bin" ? basename(dirname(to)) : bin}.js`));
      }
      cpSync(join(to, chunks), join(String(dir), chunks), { recursive: true });
    }
    // `init` copies it from there into a repository.
    cpSync("packages/action/dist/gate.mjs", join(String(dir), "gate.mjs"));
  },
};

/** The schema that editors check a policy with lies where every adopter has it: in the installed program. */
const policySchema: Plugin = {
  name: "policy-schema",
  generateBundle() {
    const source = readFileSync("packages/core/schema/policy.schema.json", "utf8");
    this.emitFile({ type: "asset", fileName: "policy.schema.json", source });
  },
};

const PROGRAM: Bundle = {
  to: "packages/cli/dist",
  bins: { bin: "packages/cli/src/bin.ts", husky: "packages/cli/src/husky.ts" },
  chunks: "chunks",
  plugins: [policySchema, othersAsBuilt],
};

/** CommonJS starts faster: Node sets up no module loader for it. The package around it holds ES modules. */
const commonJs: Plugin = {
  name: "common-js-folder",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "package.json", source: '{ "type": "commonjs" }\n' });
  },
};

/** ASCII is read without looking for longer characters, and takes V8 a byte for each in place of two. */
const asciiAlone: Plugin = {
  name: "ascii-alone",
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === "chunk") chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escapeUnit);
    }
  },
};

/** What JavaScript reads as the same in a string and in a pattern, and there alone other characters stand. */
function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Loads the files of a bundle with what was compiled of them before. It cannot be in what it loads. */
const LOADER = { name: "compiled-code", source: "packages/git/src/process/compiled-code.ts" };

/** Chunks are named after what is in them; one that is not made any more must not be published. */
function withoutOldChunks(to: string): Plugin {
  return {
    name: "without-old-chunks",
    buildStart() {
      for (const name of readdirSync(to)) if (/chunks$|^hooks$/.test(name)) rmSync(join(to, name), { recursive: true });
    },
  };
}

/** How every bundle takes in what it imports. */
const COMMON = {
  platform: "node" as const,
  // What one command loads when it is asked for, another needs at once.
  checks: { ineffectiveDynamicImport: false },
  resolve: {
    // Without the condition "node" yaml comes as an ES module, of which only what is used gets into the bundle.
    conditionNames: ["countersign-source", "import", "default"],
    // What the package names as its main file takes its parts from a function that no bundler sees through.
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  },
  treeshake: {
    // To ask whether standard output is a terminal opens it, which takes longer than most hooks work; std-env asks as it loads.
    propertyReadSideEffects: false as const,
    // js-yaml's definitions, of which a policy needs few.
    manualPureFunctions: [
      "defineScalarTag",
      "defineSequenceTag",
      "defineMappingTag",
      "Schema",
      "YAML11_SCHEMA.withTags",
    ],
  },
};

/** It lies in repositories of others, whose tools look at all that ends so. */
const gateHead: Plugin = {
  name: "gate-head",
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === "chunk")
        chunk.code = `/* eslint-disable */ // The gate of countersign. Made by its build; \`countersign init\` brings a newer one.\n${chunk.code}`;
    }
  },
};

/** The gate on forges: one file, which runs wherever it is copied to. */
export const GATE = {
  input: { gate: "packages/action/src/bins/gate.ts" },
  ...COMMON,
  plugins: [gateHead],
  output: {
    dir: "packages/action/dist",
    entryFileNames: "[name].mjs",
    format: "esm" as const,
    codeSplitting: false,
    comments: false,
    minify: true,
  },
};

/** What two bins share and need at their start is one file, and what they share later another: each file takes time. */
const SHARING = [
  { name: "start", tags: ["$initial" as const], minShareCount: 2 },
  { name: "shared", minShareCount: 2 },
];

export default defineConfig([
  GATE,
  ...[COMMIT_HOOKS, PRE_PUSH, PRE_RECEIVE, PROGRAM].map(({ to, bins, chunks, plugins = [] }) => ({
    input: { ...bins, [LOADER.name]: LOADER.source },
    external: ["husky"],
    ...COMMON,
    plugins: [withoutOldChunks(to), commonJs, asciiAlone, ...plugins],
    output: {
      dir: to,
      entryFileNames: ({ name }: { name: string }) => (name === LOADER.name ? `${chunks}/[name].js` : "[name].js"),
      // What several bins share would be named after them all.
      chunkFileNames: ({ name }: { name: string }) =>
        `${chunks}/${name.startsWith("shared") ? "shared-[hash]" : "[name]"}.js`,
      codeSplitting: { groups: SHARING },
      format: "cjs" as const,
      banner: ({ isEntry, name }: { readonly isEntry: boolean; readonly name: string }) =>
        isEntry && name !== LOADER.name
          ? `require = require("./${chunks}/${LOADER.name}.js").openBundle(__dirname);`
          : "",
      comments: false,
      minify: true,
    },
  })),
]);
