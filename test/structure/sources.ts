import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "../rig/suite/bins.ts";

/** A file of TypeScript in a package's `src`. */
export interface Source {
  /** From the root of the workspace. */
  readonly path: string;
  /** The folder of its package. */
  readonly folder: string;
  /** Whether it is a test or a test's fixture. */
  readonly tests: boolean;
  /** What it imports, types included: a path from the root where that is a file of the workspace, or a package's name. */
  readonly imports: readonly string[];
}

/** Every source of every package. */
export function readSources(): readonly Source[] {
  return readdirSync(join(ROOT, "packages")).flatMap((folder) => {
    const src = join("packages", folder, "src");
    if (!existsSync(join(ROOT, src))) return [];
    return readdirSync(join(ROOT, src), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readSource(folder, join(src, name)));
  });
}

const IMPORT = /(?:\bfrom|\bimport\s*\(|^import)\s*"([^"\n]+)"/gm;

function readSource(folder: string, path: string): Source {
  const text = readFileSync(join(ROOT, path), "utf8");
  const imports = [...text.matchAll(IMPORT)].map(([, name = ""]) =>
    name.startsWith(".") ? relative(ROOT, join(ROOT, dirname(path), name)) : name,
  );
  return { path, folder, tests: /\.(?:test|fixture)\.ts$/.test(path), imports };
}
