import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { constants, Script } from "node:vm";
import { crc32 } from "node:zlib";

/** Of the source and of the code: V8 itself looks at the length of the one, and at nothing of the other. */
const SUMS = 8;

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
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
      filename: path,
      ...(cachedData && { cachedData }),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
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

function readKept(path: string, source: Buffer): Buffer | undefined {
  return attempt(() => {
    const bytes = readFileSync(path);
    const code = bytes.subarray(SUMS);
    return bytes.readUInt32LE(0) === crc32(source) && bytes.readUInt32LE(4) === crc32(code) ? code : undefined;
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
      const sums = Buffer.alloc(SUMS);
      sums.writeUInt32LE(crc32(source), 0);
      sums.writeUInt32LE(crc32(code), 4);
      // Of two that write at once one may spoil the other's: the sums show it.
      writeFileSync(`${kept}.new`, Buffer.concat([sums, code]), { mode: 0o600 });
      renameSync(`${kept}.new`, kept);
    }
  } catch {
    // The next start compiles it again.
  }
}
