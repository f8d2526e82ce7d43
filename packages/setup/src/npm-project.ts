import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { CountersignError } from "@countersign/core";
import { isFile } from "./files/file-state.ts";

/** The npm project that countersign is installed in. */
export interface NpmProject {
  /** Its folder from the root of the work tree; "" is the root. */
  readonly folder: string;
  /** What package.json says, as far as it is needed. */
  readonly manifest: {
    readonly [key: string]: unknown;
    readonly scripts?: Readonly<Record<string, unknown>>;
  };
}

/** The one at the root of the work tree, or else the nearest above `cwd`. @throws `FILE_UNREADABLE`. */
export function findNpmProject(root: string, cwd: string): NpmProject | undefined {
  const below = relative(root, cwd);
  const parts = below === "" || below.startsWith("..") ? [] : below.split(sep);
  const folders = ["", ...parts.map((_, index) => parts.slice(0, parts.length - index).join("/"))];
  const folder = folders.find((name) => isFile(join(root, name, "package.json")));
  return folder === undefined ? undefined : { folder, manifest: readManifest(join(root, folder, "package.json")) };
}

/** The one at the root of a work tree or in a folder of it, where there is one that can be read. */
export function readNpmProject(root: string, folder = ""): NpmProject | undefined {
  try {
    return { folder, manifest: readManifest(join(root, folder, "package.json")) };
  } catch {
    return undefined;
  }
}

function readManifest(path: string): NpmProject["manifest"] {
  try {
    // npm lets byte order marks pass.
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8").replace(/^\uFEFF+/, ""));
    if (typeof manifest === "object" && manifest !== null && !Array.isArray(manifest)) {
      return Object.fromEntries(Object.entries(manifest));
    }
    throw new Error("it is not a JSON object");
  } catch (cause) {
    throw new CountersignError("FILE_UNREADABLE", { file: path, reason: (cause as Error).message }, { cause });
  }
}

/** The folder of a project's bins, from the root of the work tree. */
export function binFolder(project: NpmProject | undefined): string {
  return join(project?.folder ?? "", "node_modules", ".bin");
}

/** What is declared counts, not what happens to be installed here: others clone the project too. */
export function dependsOn(project: NpmProject | undefined, name: string): boolean {
  const { dependencies, devDependencies, optionalDependencies } = project?.manifest ?? {};
  return [dependencies, devDependencies, optionalDependencies].some((field) => Object.hasOwn(Object(field), name));
}
