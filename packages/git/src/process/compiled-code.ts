import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { constants, Script } from "node:vm";

/** What runs several programs of a folder in one process loads each file once. */
const bundles = new Map<string, NodeJS.Require>();

interface Loaded {
  /** Where its code is kept. */
  readonly kept: string;
  readonly source: Buffer;
  readonly script: Script;
}

/**
 * How the files of a bundle are loaded: with what V8 compiled of them before, which is kept in a folder beside the program.
 * It is the program's own, since one that is shared could hold another's code; where it cannot be written, nothing is kept.
 *
 * `module.enableCompileCache` keeps what is compiled as a file is loaded. Most of what a hook compiles are functions that
 * run later; those are kept here too, and Node 20 has this as well.
 * @param folder absolute, where the program lies
 */
export function openBundle(folder: string): NodeJS.Require {
  const known = bundles.get(folder);
  if (known) return known;
  const ownRequire = createRequire(join(folder, "index.js"));
  if (process.env["NODE_DISABLE_COMPILE_CACHE"] || process.env["NODE_V8_COVERAGE"]) return ownRequire;
  const cache = join(folder, "compile-cache");
  const modules = new Map<string, { exports: unknown }>();
  const loaded: Loaded[] = [];
  let isNew = false;

  function load(path: string): unknown {
    const known = modules.get(path);
    if (known) return known.exports;
    const source = attempt(() => readFileSync(path));
    // Node reads it by itself, or says what is wrong.
    if (!source) return ownRequire(path);
    const kept = join(cache, `${basename(dirname(path))}-${basename(path)}-${process.version}-${process.arch}`);
    const cachedData = readKept(kept, source);
    // The build leaves ASCII alone in it.
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) {${source.toString("latin1")}\n})`,
      {
        filename: path,
        ...(cachedData && { cachedData }),
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      },
    );
    isNew ||= cachedData === undefined || script.cachedDataRejected === true;
    loaded.push({ kept, source, script });
    const module = { exports: {} };
    modules.set(path, module);
    const run: unknown = script.runInThisContext();
    if (typeof run === "function") run(module.exports, requireFrom(dirname(path)), module, path, dirname(path));
    return module.exports;
  }

  function requireFrom(from: string): NodeJS.Require {
    return Object.assign((id: string) => (id.startsWith(".") ? load(join(from, id)) : ownRequire(id)), ownRequire);
  }

  // What loads a file for the first time goes further than all that ran before: what it compiled is kept of every file.
  process.once("exit", () => {
    if (isNew) keep(cache, loaded);
  });
  const bundle = requireFrom(folder);
  bundles.set(folder, bundle);
  return bundle;
}

/**
 * The code, if it is whole and this source's: V8 itself looks at the length of the source, and at nothing of the code. A file
 * holds the source and, twice, the code: to compare them takes less than to load what computes sums.
 */
function readKept(path: string, source: Buffer): Buffer | undefined {
  return attempt(() => {
    const bytes = readFileSync(path);
    const middle = (source.length + bytes.length) / 2;
    const code = bytes.subarray(source.length, middle);
    const isWhole = code.length > 0 && code.equals(bytes.subarray(middle));
    return isWhole && bytes.subarray(0, source.length).equals(source) ? code : undefined;
  });
}

function attempt<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function keep(folder: string, files: readonly Loaded[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { kept, source, script } of files) {
      const code = script.createCachedData();
      // If two write at once, one may spoil the other's file: comparing shows it.
      writeFileSync(`${kept}.new`, Buffer.concat([source, code, code]), { mode: 0o600 });
      renameSync(`${kept}.new`, kept);
    }
  } catch {
    // The next start compiles it again.
  }
}
