import { joinBytes, startsWithBytes } from "./bytes.ts";

/** Which paths are asked for. */
export interface PathFilter {
  includes(path: Uint8Array): boolean;
  /** Whether there may be such a path in this folder. */
  entersFolder(path: Uint8Array): boolean;
}

const EVERYTHING: PathFilter = { includes: () => true, entersFolder: () => true };
const SLASH = Uint8Array.of(0x2f);

/** A filter for literal paths: each names a file, or a folder with all that it holds. */
export function literalPaths(paths: readonly string[] | undefined): PathFilter {
  if (!paths) return EVERYTHING;
  const wanted = paths.map((path) => {
    const name = new TextEncoder().encode(path.replace(/\/+$/, ""));
    return { name, folder: joinBytes(name, SLASH), onlyFolder: path.endsWith("/") };
  });
  const includes = (path: Uint8Array): boolean =>
    wanted.some(({ name, folder, onlyFolder }) => {
      if (startsWithBytes(path, folder)) return true;
      return !onlyFolder && path.length === name.length && startsWithBytes(path, name);
    });
  const entersFolder = (path: Uint8Array): boolean => {
    const inside = joinBytes(path, SLASH);
    return wanted.some(({ folder }) => startsWithBytes(folder, inside) || startsWithBytes(inside, folder));
  };
  return { includes, entersFolder };
}
