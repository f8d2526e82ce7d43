import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type CodeSplittingGroup, defineConfig, type Plugin } from "rolldown";

const PRE_PUSH = "packages/pre-push/src/bin.ts";
const COMMIT_HOOKS = {
  "pre-commit": "packages/pre-commit/src/bins/pre-commit.ts",
  "prepare-commit-msg": "packages/pre-commit/src/bins/prepare-commit-msg.ts",
  "commit-msg": "packages/pre-commit/src/bins/commit-msg.ts",
};

const PROGRAM = { bin: "packages/cli/src/bin.ts", husky: "packages/cli/src/husky.ts" };

/** What two bins or commands need lies in one chunk beside them. */
const SHARED = "shared";
const TOGETHER: CodeSplittingGroup[] = [
  // Long, and of use to few commands.
  { name: "code-pages", test: /\/messages\/pages\//, minShareCount: 2 },
  { name: SHARED, minShareCount: 2 },
];

/**
 * For hooks, which run all the time. Compiling takes some 4 ms for each 100 KB, so that what they load only when they
 * need it is put together by who needs it; each file takes time as well, so that what they begin with is one.
 */
const BY_NEED: CodeSplittingGroup[] = [
  { name: "start", tags: ["$initial"], minShareCount: 2 },
  { name: SHARED, minShareCount: 2 },
];

/** Bins that are made together: where to, from what, and the folder beside them for what they load when they need it. */
interface Bundle {
  readonly to: string;
  readonly bins: Readonly<Record<string, string>>;
  readonly chunks: string;
  readonly sharing: CodeSplittingGroup[];
}

/**
 * Bins are bundled without runtime dependencies, so that a hook starts fast and installs as one package. What a bin needs
 * now and then, such as the policy's parser, lies in chunks beside it. The program's package has the hooks too: whatever
 * installs it, also for the whole machine, links all that is needed.
 */
const bundles: readonly Bundle[] = [
  { to: "packages/pre-commit/dist", bins: COMMIT_HOOKS, chunks: "chunks", sharing: BY_NEED },
  { to: "packages/pre-push/dist", bins: { bin: PRE_PUSH }, chunks: "chunks", sharing: BY_NEED },
  { to: "packages/cli/dist", bins: PROGRAM, chunks: "chunks", sharing: TOGETHER },
  { to: "packages/cli/dist", bins: { ...COMMIT_HOOKS, "pre-push": PRE_PUSH }, chunks: "hooks", sharing: BY_NEED },
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

/**
 * node:crypto takes longer to load than most pushes take to judge, and only signatures need it; node:child_process takes
 * 2 ms, and a person's commit needs no git for the message.
 */
const LATE = ["node:crypto", "node:child_process"];

const lateModules: Plugin = {
  name: "late-modules",
  renderChunk(code) {
    let replaced = code;
    for (const module of LATE) {
      const late = `new Proxy({}, { get: (_, name) => require("${module}")[name] })`;
      replaced = replaced.replaceAll(`require("${module}")`, late);
      if (code.includes(`("${module}")`) && replaced === code) throw new Error(`the load of ${module} was not found`);
    }
    return replaced;
  },
};

/** Definitions in libraries that do nothing else, which the bundler cannot know and would keep, used or not. */
const DEFINITIONS = [
  {
    file: /js-yaml\.mjs$/,
    // cosmiconfig brings an older one, which has none of these.
    within: "defineScalarTag",
    found: /^(var \w+ = )(?=define\w+Tag\(|new Schema\(|\w+_SCHEMA\.withTags\()/gm,
    marked: "$1/* @__PURE__ */ ",
  },
  {
    // To ask whether standard output is a terminal opens it, which takes longer than most hooks work.
    file: /std-env\/dist\/index\.mjs$/,
    within: "isTTY",
    found: /!!(\w+)\.stdout\?\.isTTY/g,
    marked: "/* @__PURE__ */ (() => !!$1.stdout?.isTTY)()",
  },
];

const pureDefinitions: Plugin = {
  name: "pure-definitions",
  transform(code, id) {
    const known = DEFINITIONS.find(({ file, within }) => file.test(id) && code.includes(within));
    if (!known) return undefined;
    const marked = code.replace(known.found, known.marked);
    if (marked === code) throw new Error(`the definitions of ${id} were not found`);
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

/** Joining small chunks can make two that need each other, and then one of them runs before what it needs is there. */
const chunksInOrder: Plugin = {
  name: "chunks-in-order",
  generateBundle(_options, bundle) {
    const open = new Set<string>();
    const done = new Set<string>();
    const visit = (file: string): void => {
      const chunk = bundle[file];
      if (done.has(file) || chunk?.type !== "chunk") return;
      if (open.has(file)) throw new Error(`${file} needs itself by way of others: ${[...open].join(", ")}`);
      open.add(file);
      for (const needed of chunk.imports) visit(needed);
      open.delete(file);
      done.add(file);
    };
    for (const file of Object.keys(bundle)) visit(file);
  },
};

/** Chunks are named after what is in them; one that is not made any more must not be published. */
function withoutOldChunks(to: string, chunks: string): Plugin {
  return {
    name: "without-old-chunks",
    buildStart: () => rmSync(join(to, chunks), { recursive: true, force: true }),
  };
}

export default defineConfig(
  bundles.map(({ to, bins, chunks, sharing }) => ({
    input: bins,
    external: ["husky"],
    platform: "node" as const,
    resolve: {
      // Without the condition "node" yaml comes as an ES module, of which only what is used gets into the bundle.
      conditionNames: ["countersign-source", "import", "default"],
      // What the package names as its main file takes its parts from a function that no bundler sees through.
      alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    },
    plugins: [
      pureDefinitions,
      withoutOldChunks(to, chunks),
      commonJs,
      policySchema,
      lateModules,
      asciiOnly,
      entriesAlone,
      chunksInOrder,
    ],
    output: {
      dir: to,
      entryFileNames: "[name].js",
      // What several bins share would be named after them all.
      chunkFileNames: ({ name }: { name: string }) =>
        `${chunks}/${name.startsWith(SHARED) ? `${SHARED}-[hash]` : "[name]"}.js`,
      codeSplitting: { groups: sharing },
      format: "cjs" as const,
      comments: false,
      minify: true,
    },
  })),
);
