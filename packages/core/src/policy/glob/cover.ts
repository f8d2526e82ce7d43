import { compileGlob } from "./glob.ts";

/**
 * Whether everything that `inner` matches is matched by `outer` too. "No" may be wrong, "yes" never is: two patterns are
 * compared by the few forms that people write.
 */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner || outer === "**") return true;
  if (isLiteral(inner)) return compileGlob(outer).matches(inner);
  // `src/**` takes all that begins with `src/`, however it goes on.
  const folder = outer.slice(0, -"**".length);
  if (outer.endsWith("/**") && isLiteral(folder) && inner.startsWith(folder)) return true;
  // `**/*.md` takes a file of that name in every folder.
  if (!outer.startsWith("**/")) return false;
  const name = outer.slice("**/".length);
  // Behind a `[` the slash before the name would stand for no folder.
  return inner === name || (!name.includes("]") && inner.endsWith(`/${name}`));
}

/** Whether a pattern stands for itself alone. */
export function isLiteral(pattern: string): boolean {
  return !/[*?[\\]/.test(pattern);
}
