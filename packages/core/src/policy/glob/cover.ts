import { compileGlob } from "./glob.ts";

/**
 * Whether everything that `inner` matches is matched by `outer` too. "No" may be wrong, "yes" never is: two patterns are
 * compared by the few forms that people write.
 */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner || outer === "**") return true;
  if (isLiteral(inner)) return compileGlob(outer).matches(inner);
  const folder = outer.endsWith("/**") ? outer.slice(0, -"**".length) : undefined;
  // `src/**` takes all that begins with `src/`, however it goes on.
  if (folder !== undefined && isLiteral(folder) && inner.startsWith(folder)) return true;
  const name = outer.startsWith("**/") ? outer.slice("**/".length) : undefined;
  // `**/*.md` takes a file of that name in every folder.
  return name !== undefined && !name.includes("/") && (inner === name || inner.endsWith(`/${name}`));
}

/** Whether a pattern stands for itself alone. */
export function isLiteral(pattern: string): boolean {
  return !/[*?[\\]/.test(pattern);
}
